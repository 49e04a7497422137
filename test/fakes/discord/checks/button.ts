import { recordOf, type Json } from "../json.ts";
import { LIMITS } from "../limits.ts";
import {
  address,
  filledText,
  integer,
  oneOf,
  record,
  snowflake,
  text,
  truth,
  type Check,
  type Path,
  type Problem,
} from "./shape.ts";

/** A custom or plain emoji on a button or an option. */
export const emoji: Check = record({ optional: { id: snowflake, name: text(), animated: truth } });

/** What opens with a link button: components/reference#button. */
const LINK_SCHEMES = ["http", "https", "discord"];
const LINK_STYLE = 5;
const PREMIUM_STYLE = 6;

const fields = record({
  required: { type: oneOf([2]), style: oneOf([1, 2, 3, 4, LINK_STYLE, PREMIUM_STYLE]) },
  optional: {
    id: integer({ min: 0, max: 2 ** 32 - 1 }),
    label: text({ max: LIMITS.buttonLabel }),
    emoji,
    custom_id: text({ min: 1, max: LIMITS.customId }),
    url: address(LINK_SCHEMES, LIMITS.buttonUrl),
    sku_id: snowflake,
    disabled: truth,
  },
});

/** A button, with exactly the one of `custom_id`, `url` and `sku_id` that its style calls for, and something to show. */
export const checkButton: Check = (value, path, problems) => {
  fields(value, path, problems);
  const button = recordOf(value);
  const style = button["style"];
  if (style === PREMIUM_STYLE) {
    demand(button, path, problems, { has: "sku_id", lacks: ["custom_id", "url", "label", "emoji"] });
    return;
  }
  if (style === LINK_STYLE) demand(button, path, problems, { has: "url", lacks: ["custom_id", "sku_id"] });
  else demand(button, path, problems, { has: "custom_id", lacks: ["url", "sku_id"] });
  if (isAbsent(button["emoji"])) {
    const shown: Problem[] = [];
    filledText(LIMITS.buttonLabel)(button["label"] ?? "", [...path, "label"], shown);
    if (shown.some(({ code }) => code === "BASE_TYPE_REQUIRED")) {
      const message = "A label or an emoji is required";
      problems.push({ path: [...path, "label"], code: "BUTTON_COMPONENT_INVALID_LABEL", message });
    }
  }
};

function demand(
  button: Json,
  path: Path,
  problems: Problem[],
  { has, lacks }: { has: string; lacks: readonly string[] },
): void {
  if (isAbsent(button[has])) {
    const message = `A ${has.replace("_", " ")} is required`;
    problems.push({ path: [...path, has], code: `BUTTON_COMPONENT_${has.toUpperCase()}_REQUIRED`, message });
  }
  for (const key of lacks) {
    if (isAbsent(button[key])) continue;
    const message = `A ${has.replace("_", " ")} and ${key.replace("_", " ")} cannot both be specified`;
    problems.push({ path: [...path, key], code: `BUTTON_COMPONENT_INVALID_${key.toUpperCase()}`, message });
  }
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
