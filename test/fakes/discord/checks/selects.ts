import { numberOf, recordsOf, type Json } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { emoji } from "./button.ts";
import {
  filledText,
  integer,
  list,
  oneOf,
  record,
  snowflake,
  text,
  truth,
  type Check,
  type Path,
  type Problem,
} from "./shape.ts";

/** String, user, role, mentionable and channel selects: components/reference#component-object-component-types. */
export const SELECT_TYPES = [3, 5, 6, 7, 8];

const common = {
  id: integer({ min: 0, max: 2 ** 32 - 1 }),
  placeholder: text({ max: LIMITS.placeholder }),
  min_values: integer({ min: 0, max: LIMITS.selectOptions }),
  max_values: integer({ min: 1, max: LIMITS.selectOptions }),
  disabled: truth,
  // Counts only inside a modal.
  required: truth,
};

const option = record({
  required: { label: filledText(LIMITS.optionLabel), value: text({ min: 1, max: LIMITS.optionValue }) },
  optional: { description: text({ max: LIMITS.optionDescription }), emoji, default: truth },
});

/** A select over options that the app gives. */
export const stringSelect: Check = record({
  required: {
    type: oneOf([3]),
    custom_id: text({ min: 1, max: LIMITS.customId }),
    options: list(option, { min: 1, max: LIMITS.selectOptions }),
  },
  optional: common,
  also: (select, path, problems) => {
    const options = recordsOf(select["options"]);
    distinctValues(options, [...path, "options"], problems);
    bounds(select, path, problems);
    const chosen = options.filter((one) => one["default"] === true).length;
    if (chosen > numberOf(select["max_values"], 1)) {
      const message = "More options are chosen by default than may be selected";
      problems.push({
        path: [...path, "options"],
        code: "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
        message,
      });
    }
  },
});

/** A select that Discord fills: users (5), roles (6), both (7), channels (8). */
export function autoSelect(type: number): Check {
  const value = record({ required: { id: snowflake, type: oneOf(["user", "role", "channel"]) } });
  return record({
    required: { type: oneOf([type]), custom_id: text({ min: 1, max: LIMITS.customId }) },
    optional: {
      ...common,
      default_values: list(value, { max: LIMITS.selectOptions }),
      ...(type === 8 ? { channel_types: list(integer()) } : {}),
    },
    also: bounds,
  });
}

/** Adds a problem for each option whose value an earlier one has. */
export function distinctValues(options: readonly Json[], path: Path, problems: Problem[]): void {
  options.forEach((one, at) => {
    if (options.findIndex((earlier) => earlier["value"] === one["value"]) < at) {
      const message = "The specified option value is already used";
      const code = "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED";
      problems.push({ path: [...path, at], code, message });
    }
  });
}

function bounds(select: Json, path: Path, problems: Problem[]): void {
  const max = numberOf(select["max_values"], 1);
  if (numberOf(select["min_values"], 1) > max) {
    const message = `min_values must be equal to or less than ${max}.`;
    problems.push({ path: [...path, "min_values"], code: "SELECT_COMPONENT_MIN_VALUES_EXCEEDED", message });
  }
}
