import type { Command } from "./command.ts";
import { isSaidFreely, readFreeText } from "./free-text.ts";
import { readLineOptions } from "./line-options.ts";
import { matchCommand } from "./match-command.ts";
import type { Invocation } from "./reply.ts";
import { looksLikeCommand, unknownCommand } from "./unknown-command.ts";

/** What is typed before a command where one is needed: `/paper search …`, `paper search …`. */
const ADDRESS = /^\/?paper(?=\s|$)\s*/i;

const HELP_FLAG = /^(?:--help|-h)$/i;

/** A line that calls no command by its name: a mistyped command, or what people say in their own words. */
function readUnmatched(text: string, commands: readonly Command[]): Invocation {
  const names = commands.map(({ name }) => name);
  const said = text.replace(/^\//, "");
  const [first = said] = said.split(/\s+/, 1);
  if (!isSaidFreely(said) && (text.startsWith("/") || looksLikeCommand(first, names)))
    throw unknownCommand(first, names, said.replace(/\s+/g, " "));
  return readFreeText(said);
}

/**
 * Reads a line of text as a call: `/paper search curriculum learning`, with or without `/paper`. An empty line is a
 * call for help, and so is a greeting; free text is a search, and a link or an id a look-up. Throws a UserError that names
 * the nearest command where a word is nearly one, and where a slash says that a command was meant.
 */
export function parseLine(line: string, commands: readonly Command[]): Invocation {
  const text = line.trim().replace(ADDRESS, "");
  if (text === "" || text === "/") return { command: "help", args: {} };
  const matched = matchCommand(text, commands);
  if (matched === undefined) return readUnmatched(text, commands);
  const { command } = matched;
  if (HELP_FLAG.test(matched.rest)) return { command: "help", args: { command: command.name } };
  const { named, rest } = command.namesOptions
    ? readLineOptions(matched.rest, command)
    : { named: {}, rest: matched.rest };
  const lineOption = Object.entries(command.options).find(([, option]) => option.takesLine);
  return {
    command: command.name,
    args: lineOption === undefined || rest === "" ? named : { ...named, [lineOption[0]]: rest },
  };
}
