import { ClientRefusal, optionsOf, type Control } from "./controls.ts";
import { recordOf, recordsOf, textOf, type Json } from "./json.ts";

/** `state.values`: by block id, then by action id. */
export type StateValues = Record<string, Record<string, Json>>;

/** What someone filled in: by label, block id, action id or `block/action`. */
export type FilledIn = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The state of all controls with what was filled in, checked as Slack's clients do. */
export function stateOf(controls: readonly Control[], filled: FilledIn): StateValues {
  const left = new Set(Object.keys(filled));
  const values: StateValues = {};
  for (const control of controls) {
    const { element, blockId } = control;
    if (["button", "overflow", "workflow_button", "icon_button"].includes(textOf(element["type"]))) continue;
    const names = namesOf(control);
    const name = names.find((one) => filled[one] !== undefined);
    for (const one of names) left.delete(one);
    const state = elementState(control, name === undefined ? undefined : filled[name]);
    values[blockId] = { ...values[blockId], [textOf(element["action_id"])]: state };
  }
  if (left.size > 0) throw new ClientRefusal(`There is no input for ${[...left].join(", ")}`);
  return values;
}

function namesOf({ block, element, blockId }: Control): string[] {
  const action = textOf(element["action_id"]);
  return [textOf(recordOf(block["label"])["text"]), blockId, action, `${blockId}/${action}`];
}

/** Refuses to submit what Slack's clients hold back: empty required inputs, texts too short or too long. */
export function checkFilled(controls: readonly Control[], values: StateValues): void {
  for (const { block, element, blockId } of controls) {
    if (block["type"] !== "input" || block["optional"] === true) continue;
    const { type: _, ...state } = values[blockId]?.[textOf(element["action_id"])] ?? {};
    const empty = Object.values(state).every(
      (one) => one === null || (Array.isArray(one) && one.length === 0),
    );
    if (empty) throw new ClientRefusal(`"${textOf(recordOf(block["label"])["text"])}" must be filled in`);
  }
}

/** The key under which each kind of control has its value: reference/interaction-payloads/view-interactions. */
const VALUE_KEYS: Readonly<Record<string, string>> = {
  datepicker: "selected_date",
  timepicker: "selected_time",
  datetimepicker: "selected_date_time",
  users_select: "selected_user",
  conversations_select: "selected_conversation",
  channels_select: "selected_channel",
  multi_users_select: "selected_users",
  multi_conversations_select: "selected_conversations",
  multi_channels_select: "selected_channels",
  static_select: "selected_option",
  external_select: "selected_option",
  radio_buttons: "selected_option",
  overflow: "selected_option",
  multi_static_select: "selected_options",
  multi_external_select: "selected_options",
  checkboxes: "selected_options",
};

function elementState({ element }: Control, given: string | readonly string[] | undefined): Json {
  const type = textOf(element["type"]);
  const key = VALUE_KEYS[type] ?? "value";
  if (key === "value") return { type, value: typedValue(element, given) };
  if (key === "selected_option" || key === "selected_options")
    return { type, [key]: selected(element, key, given) };
  const initial = element[key.replace("selected", "initial")];
  const value = given ?? initial;
  if (key.endsWith("s")) return { type, [key]: value === undefined ? [] : [value].flat() };
  return { type, [key]: value ?? null };
}

function typedValue(element: Json, given: string | readonly string[] | undefined): string | null {
  if (given !== undefined && typeof given !== "string") throw new ClientRefusal("A text is needed here");
  const text = given ?? textOf(element["initial_value"]);
  const { min_length: min, max_length: max } = element;
  const bounds = [typeof min === "number" ? min : 0, typeof max === "number" ? max : 3000] as const;
  if (text !== "" && (text.length < bounds[0] || text.length > bounds[1])) {
    throw new ClientRefusal(`"${text.slice(0, 40)}" is not between ${bounds[0]} and ${bounds[1]} characters`);
  }
  return text === "" ? null : text;
}

function selected(element: Json, key: string, given: string | readonly string[] | undefined): unknown {
  if (given === undefined) {
    return key === "selected_options"
      ? recordsOf(element["initial_options"])
      : (element["initial_option"] ?? null);
  }
  const options = [given].flat().map((name) => {
    const known = optionsOf(element);
    const found = known.find(
      (one) => one["value"] === name || textOf(recordOf(one["text"])["text"]) === name,
    );
    if (found !== undefined) return found;
    throw new ClientRefusal(
      `"${name}" is not offered; there are ${known.map((one) => textOf(one["value"])).join(", ")}`,
    );
  });
  return key === "selected_options" ? options : options[0];
}
