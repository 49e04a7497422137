import { recordOf, recordsOf, textOf, type Json } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { checkOptions } from "./command-options.ts";
import { NAME, commandSize } from "./command-parts.ts";
import {
  byLocale,
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

/** Application command types: interactions/application-commands. */
export const COMMAND = { slash: 1, user: 2, message: 3, entryPoint: 4 };

/** How many commands of each type an app may have, globally and again in each guild. */
export const COMMANDS_OF_TYPE: Readonly<Record<number, number>> = {
  [COMMAND.slash]: LIMITS.slashCommands,
  [COMMAND.user]: LIMITS.contextCommands,
  [COMMAND.message]: LIMITS.contextCommands,
  [COMMAND.entryPoint]: LIMITS.entryPointCommands,
};

const permissionBits: Check = (value, path, problems) => {
  if (typeof value !== "string" || !/^\d+$/.test(value)) {
    problems.push({ path, code: "NUMBER_TYPE_COERCE", message: "Value is not a bit set written as digits." });
  }
};

const shared = {
  type: oneOf([1, 2, 3, 4]),
  name_localizations: byLocale(filledText(LIMITS.commandName)),
  default_member_permissions: permissionBits,
  dm_permission: truth,
  default_permission: truth,
  nsfw: truth,
  integration_types: list(oneOf([0, 1]), { min: 1 }),
  contexts: list(oneOf([0, 1, 2])),
};

const slash = record({
  required: {
    name: text({ min: 1, max: LIMITS.commandName }),
    description: filledText(LIMITS.commandDescription),
  },
  optional: {
    ...shared,
    id: text(),
    description_localizations: byLocale(filledText(LIMITS.commandDescription)),
    options: checkOptions,
  },
});

const contextMenu = record({
  required: { name: filledText(LIMITS.commandName), type: oneOf([2, 3]) },
  optional: { ...shared, id: text(), description: oneOf([""]), options: list(integer(), { max: 0 }) },
});

const entryPoint = record({
  required: { name: filledText(LIMITS.commandName), type: oneOf([4]), handler: oneOf([1, 2]) },
  optional: { ...shared, id: text(), description: text({ max: LIMITS.commandDescription }) },
});

/** One application command as an app declares it. */
export const command: Check = (value, path, problems) => {
  const body = recordOf(value);
  const type = body["type"] ?? COMMAND.slash;
  if (type === COMMAND.entryPoint) entryPoint(value, path, problems);
  else if (type === COMMAND.slash) {
    slash(value, path, problems);
    slashName(body["name"], [...path, "name"], problems);
  } else contextMenu(value, path, problems);
  for (const key of ["integration_types", "contexts"]) unique(body[key], [...path, key], problems);
  const size = commandSize(body);
  if (size > LIMITS.commandSize) {
    const message = `Command exceeds maximum size (${LIMITS.commandSize})`;
    problems.push({ path, code: "APPLICATION_COMMAND_TOO_LARGE", message });
  }
};

/** A bulk overwrite: every command, and no name twice among those of one type. */
export const commands: Check = (value, path, problems) => {
  list(command)(value, path, problems);
  const seen = new Set<string>();
  recordsOf(value).forEach((one, at) => {
    const key = `${JSON.stringify(one["type"] ?? 1)} ${textOf(one["name"])}`;
    if (seen.has(key)) {
      const message = "Application command names must be unique";
      problems.push({ path: [...path, at], code: "APPLICATION_COMMANDS_DUPLICATE_NAME", message });
    }
    seen.add(key);
  });
};

/** The type of which a list holds more commands than an app may have, if there is one. */
export function overfullType(list_: readonly Json[]): number | undefined {
  for (const [type, limit] of Object.entries(COMMANDS_OF_TYPE)) {
    const count = list_.filter((one) => Number(one["type"] ?? COMMAND.slash) === Number(type)).length;
    if (count > limit) return Number(type);
  }
  return undefined;
}

function slashName(name: unknown, path: Path, problems: Problem[]): void {
  if (typeof name === "string" && name !== "" && (!NAME.test(name) || name !== name.toLowerCase())) {
    problems.push({ path, code: "APPLICATION_COMMAND_INVALID_NAME", message: "Command name is invalid" });
  }
}

function unique(value: unknown, path: Path, problems: Problem[]): void {
  if (Array.isArray(value) && new Set(value).size < value.length) {
    problems.push({
      path,
      code: "SET_TYPE_ALREADY_CONTAINS_VALUE",
      message: "The set already contains a value",
    });
  }
}
