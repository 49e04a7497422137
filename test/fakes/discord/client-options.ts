import { OPTION } from "./checks/command-options.ts";
import { ClientRefusal } from "./client-refusal.ts";
import { numberOf, recordsOf, textOf, type Json } from "./json.ts";
import { channelJson, memberJson, userJson } from "./wire.ts";
import type { Picked } from "./client-commands.ts";
import type { Channel, World } from "./world.ts";

/** Option values as a person fills them in; users, channels and roles by id. */
export type OptionValues = Readonly<Record<string, string | number | boolean>>;

/** Values that the client would send: every one declared, of its type, in range, among the choices; none missing. */
export function completeOptions(picked: Picked, values: OptionValues): Json[] {
  refuseUnknown(picked, values);
  return picked.options.flatMap((declared) => {
    const name = textOf(declared["name"]);
    const value = values[name];
    if (value === undefined) {
      if (declared["required"] === true) throw new ClientRefusal(`Option "${name}" is required.`);
      return [];
    }
    const problem = valueProblem(declared, value);
    if (problem !== undefined) throw new ClientRefusal(`Option "${name}": ${problem}.`);
    return [{ name, type: declared["type"], value }];
  });
}

/** Values while a person types in `focused`: partial and not validated, which is what autocomplete gets. */
export function partialOptions(picked: Picked, values: OptionValues, focused: string): Json[] {
  refuseUnknown(picked, values);
  const typed = picked.options.find((one) => one["name"] === focused);
  if (typed?.["autocomplete"] !== true) throw new ClientRefusal(`Option "${focused}" has no autocomplete.`);
  return picked.options.flatMap((declared) => {
    const name = textOf(declared["name"]);
    const value = values[name] ?? (name === focused ? "" : undefined);
    if (value === undefined) return [];
    if (name !== focused) return [{ name, type: declared["type"], value }];
    return [{ name, type: declared["type"], value: String(value), focused: true }];
  });
}

/** The options nested in the subcommand and group they belong to. */
export function nestOptions(picked: Picked, options: readonly Json[]): readonly Json[] {
  return picked.chain.reduceRight<readonly Json[]>((inner, step) => [{ ...step, options: inner }], options);
}

/** The users, members, channels and roles that option values name, as `data.resolved` holds them. */
export function resolvedOptions(world: World, channel: Channel, options: readonly Json[]): Json | undefined {
  const users: Json = {};
  const members: Json = {};
  const channels: Json = {};
  const roles: Json = {};
  for (const { type, value } of options) {
    const id = textOf(value);
    const user = world.users.get(id);
    const place = world.channels.get(id);
    const role = channel.guild?.roles.find((one) => one.id === id);
    if (type === OPTION.user && user !== undefined) {
      users[id] = userJson(user);
      if (channel.guild !== undefined) members[id] = memberJson(user, channel.guild, false);
    } else if (type === OPTION.channel && place !== undefined) {
      channels[id] = { ...channelJson(place, world), app_permissions: String(place.botPermissions) };
    } else if (type === OPTION.role && role !== undefined) {
      roles[id] = { ...role, permissions: String(role.permissions) };
    } else if ([OPTION.user, OPTION.channel, OPTION.role].includes(numberOf(type))) {
      throw new ClientRefusal(`No such user, channel or role: ${id}.`);
    }
  }
  const filled = Object.entries({ users, members, channels, roles }).filter(
    ([, of]) => Object.keys(of).length > 0,
  );
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}

function refuseUnknown(picked: Picked, values: OptionValues): void {
  const names = picked.options.map((one) => textOf(one["name"]));
  for (const name of Object.keys(values)) {
    if (!names.includes(name)) {
      throw new ClientRefusal(`No option "${name}"; there are: ${names.join(", ") || "none"}.`);
    }
  }
}

function valueProblem(declared: Json, value: string | number | boolean): string | undefined {
  const type = numberOf(declared["type"]);
  const mistyped = typeProblem(type, value);
  if (mistyped !== undefined) return mistyped;
  const choices = recordsOf(declared["choices"]);
  if (choices.length > 0 && choices.every((choice) => choice["value"] !== value)) {
    return `${value} is none of its choices`;
  }
  if (typeof value === "string" && type === OPTION.text)
    return rangeProblem(declared, "length", value.length);
  return typeof value === "number" ? rangeProblem(declared, "value", value) : undefined;
}

function typeProblem(type: number, value: string | number | boolean): string | undefined {
  if (type === OPTION.truth) return typeof value === "boolean" ? undefined : "it is true or false";
  if (type === OPTION.integer) return Number.isInteger(value) ? undefined : "it is a whole number";
  if (type === OPTION.number) return typeof value === "number" ? undefined : "it is a number";
  if (type === OPTION.mentionable || type === OPTION.attachment)
    return `the fake has no options of type ${type}`;
  if (typeof value !== "string") return "it is text";
  return type === OPTION.text && value === "" ? "it is empty" : undefined;
}

function rangeProblem(declared: Json, what: "length" | "value", measured: number): string | undefined {
  const min = numberOf(declared[`min_${what}`], -Infinity);
  const max = numberOf(declared[`max_${what}`], what === "length" ? 6000 : Infinity);
  return measured < min || measured > max
    ? `its ${what} ${measured} is not between ${min} and ${max}`
    : undefined;
}
