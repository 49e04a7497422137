import { isRecord, recordOf, recordsOf, textOf, type Json } from "./json.ts";

/** A test did something that Slack's own clients do not let people do. */
export class ClientRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ClientRefusal";
  }
}

/** Something to press or to choose from, with the block it stands in. */
export interface Control {
  readonly blockId: string;
  readonly block: Json;
  readonly element: Json;
}

/** Everything interactive in blocks, in order; blocks without an id are numbered as Slack does. */
export function controlsOf(blocks: readonly Json[]): Control[] {
  return blocks.flatMap((block, at) => {
    const blockId = textOf(block["block_id"]) || `b${at}`;
    const inside = [
      ...recordsOf(block["elements"]),
      ...[block["accessory"], block["element"]].filter(isRecord),
      ...recordsOf(block["actions"]),
    ];
    const feedback = inside.flatMap((one) =>
      [one["positive_button"], one["negative_button"]].filter(isRecord),
    );
    return [...inside, ...feedback]
      .filter((element) => !["image", "mrkdwn", "plain_text"].includes(textOf(element["type"])))
      .map((element, index) => {
        const actionId = textOf(element["action_id"]) || `a${index}`;
        return { blockId, block, element: { ...element, action_id: actionId } };
      });
  });
}

/** The text on a button or the placeholder of a menu. */
function caption({ element }: Control): string {
  return textOf(recordOf(element["text"] ?? element["placeholder"])["text"]);
}

/** The one button with a text or action id; what there is instead is told where there is none or more. */
export function findButton(blocks: readonly Json[], wanted: string): Control {
  const buttons = controlsOf(blocks).filter(({ element }) => /button/.test(textOf(element["type"])));
  const found = buttons.filter((one) => caption(one) === wanted || one.element["action_id"] === wanted);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    const shown = buttons.map((one) => `"${caption(one)}" (${textOf(one.element["action_id"])})`);
    throw new ClientRefusal(
      `${found.length} buttons are "${wanted}"; there are ${shown.join(", ") || "none"}`,
    );
  }
  return first;
}

/** A menu, and the options in it that were named by text or value. */
export interface Choice {
  readonly control: Control;
  readonly options: readonly Json[];
}

/** The one menu that has all the options; `action` decides where several have. */
export function findChoice(blocks: readonly Json[], wanted: readonly string[], action?: string): Choice {
  const menus = controlsOf(blocks).filter(
    ({ element }) => action === undefined || element["action_id"] === action,
  );
  const choices = menus.flatMap((control) => {
    const known = optionsOf(control.element);
    const options = wanted.map((name) =>
      known.find((option) => option["value"] === name || textOf(recordOf(option["text"])["text"]) === name),
    );
    return options.every(isRecord) ? [{ control, options: options.filter(isRecord) }] : [];
  });
  const [first] = choices;
  if (first === undefined || choices.length > 1) {
    const all = menus.flatMap(({ element }) => optionsOf(element));
    const shown = all.map((option) => `"${textOf(recordOf(option["text"])["text"])}"`);
    throw new ClientRefusal(
      `${choices.length} menus offer "${wanted.join('", "')}"; offered: ${shown.join(", ")}`,
    );
  }
  return first;
}

/** The options of a menu, those in groups too. */
export function optionsOf(element: Json): Json[] {
  const groups = recordsOf(element["option_groups"]);
  return [...recordsOf(element["options"]), ...groups.flatMap((group) => recordsOf(group["options"]))];
}
