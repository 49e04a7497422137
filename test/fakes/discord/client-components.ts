import { allComponents } from "./checks/components.ts";
import { ClientRefusal } from "./client-refusal.ts";
import { numberOf, recordOf, recordsOf, textOf, stringsOf, type Json } from "./json.ts";
import type { Message, User, World } from "./world.ts";

/** What a person puts into a modal, by custom id: text, chosen values, or a tick. */
export type ModalValues = Readonly<Record<string, string | readonly string[] | boolean>>;

/** The enabled component with this custom id on a message that the person sees; refuses everything else. */
export function usableComponent(
  message: Message,
  user: User,
  customId: string,
  types: readonly number[],
): Json {
  if (message.deleted) throw new ClientRefusal("The message is deleted.");
  if (message.onlyFor !== undefined && message.onlyFor !== user) {
    throw new ClientRefusal(`${user.name} does not see this message.`);
  }
  const all = allComponents(message.components);
  const found = all.find((one) => one["custom_id"] === customId);
  if (found === undefined) {
    const ids = all.flatMap((one) => (typeof one["custom_id"] === "string" ? [one["custom_id"]] : []));
    throw new ClientRefusal(
      `Nothing on the message has the custom id "${customId}"; there are: ${ids.join(", ")}.`,
    );
  }
  if (!types.includes(numberOf(found["type"]))) {
    throw new ClientRefusal(`"${customId}" is a component of type ${numberOf(found["type"])}.`);
  }
  if (found["disabled"] === true) throw new ClientRefusal(`"${customId}" is disabled.`);
  return found;
}

/** Refuses values that a select does not offer, or too few or too many of them. */
export function checkSelection(world: World, select: Json, values: readonly string[]): void {
  const min = numberOf(select["min_values"], 1);
  const max = numberOf(select["max_values"], 1);
  if (values.length < min || values.length > max) {
    throw new ClientRefusal(`Between ${min} and ${max} values can be selected, not ${values.length}.`);
  }
  const options = recordsOf(select["options"]).map((one) => textOf(one["value"]));
  for (const value of values) {
    const offered = select["type"] === 3 ? options.includes(value) : isKnownId(world, value);
    if (!offered) throw new ClientRefusal(`"${value}" is not offered; there are: ${options.join(", ")}.`);
  }
}

function isKnownId(world: World, id: string): boolean {
  const roles = [...world.guilds.values()].flatMap((guild) => guild.roles);
  return world.users.has(id) || world.channels.has(id) || roles.some((role) => role.id === id);
}

/** The components of a modal submission: what the person put in, or left as the app had filled it. */
export function filledModal(world: World, modal: Json, values: ModalValues): Json[] {
  const tops = recordsOf(modal["components"]);
  const inputs = allComponents(tops).filter((one) => typeof one["custom_id"] === "string");
  for (const customId of Object.keys(values)) {
    if (inputs.some((one) => one["custom_id"] === customId)) continue;
    const ids = inputs.map((one) => textOf(one["custom_id"])).join(", ");
    throw new ClientRefusal(`The modal has no input "${customId}"; there are: ${ids}.`);
  }
  return tops.map((top, at) => {
    const id = at * 2 + 1;
    if (top["type"] === 10) return { type: 10, id };
    if (top["type"] === 1) {
      const input = recordsOf(top["components"])[0] ?? {};
      return { type: 1, id, components: [filled(world, input, values, id + 1)] };
    }
    return { type: top["type"], id, component: filled(world, recordOf(top["component"]), values, id + 1) };
  });
}

function filled(world: World, input: Json, values: ModalValues, id: number): Json {
  const customId = textOf(input["custom_id"]);
  const base = { type: input["type"], id, custom_id: customId };
  const given = values[customId];
  switch (input["type"]) {
    case 4:
      return { ...base, value: typedText(input, given) };
    case 21:
      return { ...base, value: chosen(world, input, given)[0] ?? null };
    case 23:
      return { ...base, value: given === undefined ? input["default"] === true : given === true };
    case 19:
      throw new ClientRefusal("The fake uploads no files in modals.");
    default:
      return { ...base, values: chosen(world, input, given) };
  }
}

function typedText(input: Json, given: ModalValues[string] | undefined): string {
  const value = given ?? textOf(input["value"]);
  const customId = textOf(input["custom_id"]);
  if (typeof value !== "string") throw new ClientRefusal(`"${customId}" takes text.`);
  if (value === "" && input["required"] !== false) throw new ClientRefusal(`"${customId}" is required.`);
  const min = value === "" ? 0 : numberOf(input["min_length"]);
  if (value.length < min || value.length > numberOf(input["max_length"], 4000)) {
    throw new ClientRefusal(`"${customId}" is too short or too long at ${value.length} characters.`);
  }
  return value;
}

function chosen(world: World, input: Json, given: ModalValues[string] | undefined): string[] {
  const defaults = recordsOf(input["options"]).filter((one) => one["default"] === true);
  const values =
    given === undefined
      ? defaults.map((one) => textOf(one["value"]))
      : typeof given === "string"
        ? [given]
        : stringsOf(given);
  if (values.length === 0 && input["required"] === false) return [];
  const most = input["type"] === 22 ? recordsOf(input["options"]).length : 1;
  const bounds = { ...input, max_values: numberOf(input["max_values"], most) };
  checkSelection(
    world,
    { ...bounds, type: recordsOf(input["options"]).length > 0 ? 3 : input["type"] },
    values,
  );
  return values;
}
