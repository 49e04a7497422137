import { recordOf, recordsOf, numberOf } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { uniqueIds } from "./components.ts";
import { autoSelect, distinctValues, stringSelect } from "./selects.ts";
import { filledText, integer, list, oneOf, record, text, truth, type Check } from "./shape.ts";

const id = integer({ min: 0, max: 2 ** 32 - 1 });
const custom_id = text({ min: 1, max: LIMITS.customId });

/** A text input; alone in an action row it has its own label, inside a Label component it has none. */
function textInput(labelled: boolean): Check {
  const label = { label: filledText(LIMITS.labelText) };
  return record({
    required: { type: oneOf([4]), custom_id, style: oneOf([1, 2]), ...(labelled ? label : {}) },
    optional: {
      id,
      min_length: integer({ min: 0, max: LIMITS.textInput }),
      max_length: integer({ min: 1, max: LIMITS.textInput }),
      required: truth,
      value: text({ max: LIMITS.textInput }),
      placeholder: text({ max: LIMITS.textInputPlaceholder }),
    },
    also: (input, path, problems) => {
      if (numberOf(input["min_length"]) > numberOf(input["max_length"], LIMITS.textInput)) {
        const message = "min_length must be equal to or less than max_length.";
        problems.push({ path: [...path, "min_length"], code: "TEXT_INPUT_COMPONENT_MIN_LENGTH", message });
      }
    },
  });
}

function optionGroup(type: number, min: number, max: number): Check {
  const option = record({
    required: { label: filledText(LIMITS.optionLabel), value: text({ min: 1, max: LIMITS.optionValue }) },
    optional: { description: text({ max: LIMITS.optionDescription }), default: truth },
  });
  return record({
    required: { type: oneOf([type]), custom_id, options: list(option, { min, max }) },
    optional: {
      id,
      required: truth,
      min_values: integer({ min: 0, max }),
      max_values: integer({ min: 1, max }),
    },
    also: (group, path, problems) =>
      distinctValues(recordsOf(group["options"]), [...path, "options"], problems),
  });
}

const IN_LABEL: Readonly<Record<number, Check>> = {
  3: stringSelect,
  4: textInput(false),
  5: autoSelect(5),
  6: autoSelect(6),
  7: autoSelect(7),
  8: autoSelect(8),
  19: record({
    required: { type: oneOf([19]), custom_id },
    optional: {
      id,
      required: truth,
      min_values: integer({ min: 0, max: LIMITS.uploadFiles }),
      max_values: integer({ min: 1, max: LIMITS.uploadFiles }),
      file_types: list(text()),
    },
  }),
  21: optionGroup(21, 2, LIMITS.radioOptions),
  22: optionGroup(22, 1, LIMITS.checkboxOptions),
  23: record({ required: { type: oneOf([23]), custom_id }, optional: { id, default: truth } }),
};

const IN_MODAL: Readonly<Record<number, Check>> = {
  1: record({
    required: { type: oneOf([1]), components: list(byType({ 4: textInput(true) }), { min: 1, max: 1 }) },
    optional: { id },
  }),
  10: record({ required: { type: oneOf([10]), content: filledText(LIMITS.v2Text) }, optional: { id } }),
  18: record({
    required: { type: oneOf([18]), label: filledText(LIMITS.labelText), component: byType(IN_LABEL) },
    optional: { id, description: text({ max: LIMITS.labelDescription }) },
  }),
};

function byType(checks: Readonly<Record<number, Check>>): Check {
  return (value, path, problems) => {
    const check = checks[Number(recordOf(value)["type"])];
    if (check !== undefined) {
      check(value, path, problems);
      return;
    }
    const message = `Value of field "type" must be one of (${Object.keys(checks).join(", ")}).`;
    problems.push({ path: [...path, "type"], code: "UNION_TYPE_CHOICES", message });
  };
}

/** The `data` of a callback that opens a modal. */
export const modal: Check = record({
  required: {
    custom_id,
    title: filledText(LIMITS.modalTitle),
    components: list(byType(IN_MODAL), { min: 1, max: LIMITS.modalComponents }),
  },
  also: (value, path, problems) => uniqueIds(value["components"], [...path, "components"], problems),
});
