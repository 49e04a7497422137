import { recordOf, recordsOf, numberOf, type Json } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { NAME } from "./command-parts.ts";
import {
  byLocale,
  decimal,
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

/** Option types: interactions/application-commands#application-command-object-application-command-option-type. */
export const OPTION = {
  subcommand: 1,
  group: 2,
  text: 3,
  integer: 4,
  truth: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};

const VALUE_TYPES = [3, 4, 5, 6, 7, 8, 9, 10, 11];

const common = {
  name_localizations: byLocale(filledText(LIMITS.commandName)),
  description_localizations: byLocale(filledText(LIMITS.commandDescription)),
};

const named = {
  name: text({ min: 1, max: LIMITS.commandName }),
  description: filledText(LIMITS.commandDescription),
};

function choices(value: Check): Check {
  return (given, path, problems) => {
    const choice = record({
      required: { name: filledText(LIMITS.choiceName), value },
      optional: { name_localizations: byLocale(filledText(LIMITS.choiceName)) },
    });
    list(choice, { max: LIMITS.commandChoices })(given, path, problems);
    twice(recordsOf(given), "name", path, problems);
    twice(recordsOf(given), "value", path, problems);
  };
}

const length = {
  min_length: integer({ min: 0, max: LIMITS.optionTextLength }),
  max_length: integer({ min: 1, max: LIMITS.optionTextLength }),
};

function extras(type: number): Record<string, Check> {
  if (type === OPTION.text) {
    return { ...length, autocomplete: truth, choices: choices(text({ min: 1, max: LIMITS.choiceValue })) };
  }
  if (type === OPTION.integer) {
    return { min_value: integer(), max_value: integer(), autocomplete: truth, choices: choices(integer()) };
  }
  if (type === OPTION.number) {
    return { min_value: decimal, max_value: decimal, autocomplete: truth, choices: choices(decimal) };
  }
  if (type === OPTION.channel) return { channel_types: list(integer()) };
  if (type === OPTION.attachment) return { file_types: list(text()) };
  return {};
}

const valueOption: Check = (value, path, problems) => {
  const type = numberOf(recordOf(value)["type"]);
  record({
    required: { type: oneOf(VALUE_TYPES), ...named },
    optional: { ...common, required: truth, ...extras(type) },
    also: (option, at, found) => {
      optionName(option, at, found);
      if (option["autocomplete"] === true && recordsOf(option["choices"]).length > 0) {
        const message = "Autocomplete and choices cannot both be used";
        found.push({
          path: [...at, "autocomplete"],
          code: "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE",
          message,
        });
      }
      for (const what of ["length", "value"]) ordered(option, what, at, found);
    },
  })(value, path, problems);
};

const subcommand: Check = record({
  required: { type: oneOf([OPTION.subcommand]), ...named },
  optional: { ...common, options: optionsOf({ may: "values" }) },
  also: optionName,
});

const group: Check = record({
  required: { type: oneOf([OPTION.group]), ...named, options: optionsOf({ may: "subcommands" }) },
  optional: common,
  also: optionName,
});

/** The options of a slash command: either values, or subcommands and groups of them, one level deep. */
export const checkOptions: Check = (value, path, problems) => {
  const nested = recordsOf(value).some(
    (one) => one["type"] === OPTION.subcommand || one["type"] === OPTION.group,
  );
  optionsOf({ may: nested ? "both" : "values" })(value, path, problems);
};

function optionsOf({ may }: { may: "values" | "subcommands" | "both" }): Check {
  return (value, path, problems) => {
    const min = may === "subcommands" ? 1 : 0;
    list(pick(may), { min, max: LIMITS.commandOptions })(value, path, problems);
    const options = recordsOf(value);
    twice(options, "name", path, problems);
    if (may === "values") requiredFirst(options, path, problems);
  };
}

function pick(may: "values" | "subcommands" | "both"): Check {
  return (value, path, problems) => {
    const type = recordOf(value)["type"];
    if (may === "values" && type !== OPTION.subcommand && type !== OPTION.group)
      valueOption(value, path, problems);
    else if (may !== "values" && type === OPTION.subcommand) subcommand(value, path, problems);
    else if (may === "both" && type === OPTION.group) group(value, path, problems);
    else {
      const message =
        "Sub-command and sub-command group option types are mutually exclusive to all other types";
      problems.push({ path: [...path, "type"], code: "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message });
    }
  };
}

function requiredFirst(options: readonly Json[], path: Path, problems: Problem[]): void {
  options.forEach((option, at) => {
    if (option["required"] !== true || options.slice(0, at).every((one) => one["required"] === true)) return;
    const message = "Required options must be placed before non-required options";
    problems.push({ path: [...path, at], code: "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message });
  });
}

function optionName(option: Json, path: Path, problems: Problem[]): void {
  const name = option["name"];
  if (typeof name === "string" && name !== "" && (!NAME.test(name) || name !== name.toLowerCase())) {
    const at = [...path, "name"];
    problems.push({ path: at, code: "APPLICATION_COMMAND_INVALID_NAME", message: "Command name is invalid" });
  }
}

function ordered(option: Json, what: string, path: Path, problems: Problem[]): void {
  if (numberOf(option[`min_${what}`], -Infinity) > numberOf(option[`max_${what}`], Infinity)) {
    const message = `min_${what} must be equal to or less than max_${what}.`;
    problems.push({ path: [...path, `min_${what}`], code: "NUMBER_TYPE_MAX", message });
  }
}

function twice(items: readonly Json[], key: string, path: Path, problems: Problem[]): void {
  items.forEach((item, at) => {
    if (items.findIndex((earlier) => earlier[key] === item[key]) === at) return;
    const message = `Option ${key} already exists`;
    const code = `APPLICATION_COMMAND_OPTIONS_${key.toUpperCase()}_ALREADY_EXISTS`;
    problems.push({ path: [...path, at], code, message });
  });
}
