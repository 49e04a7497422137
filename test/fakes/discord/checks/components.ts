import { recordOf, recordsOf, textOf, type Json } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { checkButton } from "./button.ts";
import { SELECT_TYPES, autoSelect, stringSelect } from "./selects.ts";
import {
  address,
  filledText,
  integer,
  list,
  oneOf,
  record,
  text,
  truth,
  type Check,
  type Path,
  type Problem,
} from "./shape.ts";

const id = integer({ min: 0, max: 2 ** 32 - 1 });
const media = record({ required: { url: address(["http", "https", "attachment"]) } });
const caption = { description: text({ max: LIMITS.mediaDescription }), spoiler: truth };

/** The components that only a message with IS_COMPONENTS_V2 may hold: components/reference. */
const V2_TYPES = new Set([9, 10, 11, 12, 13, 14, 17]);

const IN_LEGACY_MESSAGE = [1];
const IN_V2_MESSAGE = [1, 9, 10, 12, 13, 14, 17];
const IN_CONTAINER = [1, 9, 10, 12, 13, 14];
const IN_ROW = [2, ...SELECT_TYPES];

const actionRow = record({
  required: { type: oneOf([1]), components: list(child(IN_ROW), { min: 1, max: LIMITS.rowButtons }) },
  optional: { id },
  also: (row, path, problems) => {
    const inside = recordsOf(row["components"]);
    if (inside.length > 1 && inside.some((one) => one["type"] !== 2)) {
      const message = "The specified component exceeds the maximum width";
      problems.push({ path: [...path, "components", 1], code: "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message });
    }
  },
});

const textDisplay = record({
  required: { type: oneOf([10]), content: filledText(LIMITS.v2Text) },
  optional: { id },
});

const CHECKS: Readonly<Record<number, Check>> = {
  1: actionRow,
  2: checkButton,
  3: stringSelect,
  5: autoSelect(5),
  6: autoSelect(6),
  7: autoSelect(7),
  8: autoSelect(8),
  9: record({
    required: {
      type: oneOf([9]),
      components: list(child([10]), { min: 1, max: LIMITS.sectionTexts }),
      accessory: child([2, 11]),
    },
    optional: { id },
  }),
  10: textDisplay,
  11: record({ required: { type: oneOf([11]), media }, optional: { id, ...caption } }),
  12: record({
    required: {
      type: oneOf([12]),
      items: list(record({ required: { media }, optional: caption }), { min: 1, max: LIMITS.galleryItems }),
    },
    optional: { id },
  }),
  13: record({
    required: { type: oneOf([13]), file: record({ required: { url: address(["attachment"]) } }) },
    optional: { id, spoiler: truth, name: text(), size: integer() },
  }),
  14: record({ required: { type: oneOf([14]) }, optional: { id, divider: truth, spacing: oneOf([1, 2]) } }),
  17: record({
    required: { type: oneOf([17]), components: list(child(IN_CONTAINER), { min: 1 }) },
    optional: { id, accent_color: integer({ min: 0, max: 0xffffff }), spoiler: truth },
  }),
};

/** One component, which must be of a type that may stand where it stands. */
function child(types: readonly number[]): Check {
  return (value, path, problems) => {
    const type = recordOf(value)["type"];
    if (typeof type !== "number" || !types.includes(type)) {
      const message = `Value of field "type" must be one of (${types.join(", ")}).`;
      problems.push({ path: [...path, "type"], code: "UNION_TYPE_CHOICES", message });
    } else CHECKS[type]?.(value, path, problems);
  };
}

/** The components of a message, `v2` telling whether it has the flag IS_COMPONENTS_V2. */
export function components(v2: boolean): Check {
  return (value, path, problems) => {
    if (v2) list(child(IN_V2_MESSAGE), { min: 1 })(value, path, problems);
    else list(child(IN_LEGACY_MESSAGE), { max: LIMITS.legacyRows })(value, path, problems);
    const all = flatten(recordsOf(value), path);
    checkUnique(all, problems);
    if (v2) checkTotals(all, path, problems);
  };
}

interface Placed {
  readonly component: Json;
  readonly path: Path;
}

function flatten(list_: readonly Json[], path: Path): Placed[] {
  return list_.flatMap((component, at) => placed(component, [...path, at]));
}

function placed(component: Json, path: Path): Placed[] {
  const accessory = component["accessory"];
  return [
    { component, path },
    ...flatten(recordsOf(component["components"]), [...path, "components"]),
    ...(accessory === undefined ? [] : placed(recordOf(accessory), [...path, "accessory"])),
    ...(component["component"] === undefined
      ? []
      : placed(recordOf(component["component"]), [...path, "component"])),
  ];
}

/** Every component of a tree, parents first. */
export function allComponents(tree: readonly Json[]): Json[] {
  return flatten(tree, []).map(({ component }) => component);
}

/** What the text displays of a tree say, in order. */
export function displayTexts(tree: readonly Json[]): string[] {
  return allComponents(tree)
    .filter((component) => component["type"] === 10)
    .map((component) => textOf(component["content"]));
}

/** Whether a tree holds a component that needs IS_COMPONENTS_V2. */
export function needsV2(tree: readonly Json[]): boolean {
  return allComponents(tree).some((component) => V2_TYPES.has(Number(component["type"])));
}

/** Adds a problem for each custom id and each explicit component id that stands twice. */
function checkUnique(all: readonly Placed[], problems: Problem[]): void {
  const seen = new Set<unknown>();
  for (const { component, path } of all) {
    for (const key of ["custom_id", "id"]) {
      const value = component[key];
      if (value === undefined || value === 0) continue;
      if (seen.has(`${key} ${JSON.stringify(value)}`)) {
        const code = key === "id" ? "COMPONENT_ID_DUPLICATED" : "COMPONENT_CUSTOM_ID_DUPLICATED";
        const message = `Component ${key.replace("_", " ")} cannot be duplicated`;
        problems.push({ path: [...path, key], code, message });
      }
      seen.add(`${key} ${JSON.stringify(value)}`);
    }
  }
}

/** The unique ids of a list of top-level components. */
export function uniqueIds(list_: unknown, path: Path, problems: Problem[]): void {
  checkUnique(flatten(recordsOf(list_), path), problems);
}

function checkTotals(all: readonly Placed[], path: Path, problems: Problem[]): void {
  if (all.length > LIMITS.v2Components) {
    const message = `The maximum number of components is ${LIMITS.v2Components}, nested ones included.`;
    problems.push({ path, code: "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message });
  }
  const texts = displayTexts(
    all.filter(({ component }) => component["type"] === 10).map((one) => one.component),
  );
  const length = texts.reduce((sum, one) => sum + one.length, 0);
  if (length > LIMITS.v2Text) {
    const message = `The displayable text of all components exceeds the maximum size of ${LIMITS.v2Text}`;
    problems.push({ path, code: "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message });
  }
}
