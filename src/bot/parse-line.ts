import type { Command } from "./command.ts";
import { readLineOptions } from "./line-options.ts";
import { matchCommand } from "./match-command.ts";
import type { Invocation } from "./reply.ts";
import { unknownCommand } from "./unknown-command.ts";

/** What is typed before a command where one is needed: `/paper search …`, `paper search …`. */
const ADDRESS = /^\/?paper(?=\s|$)\s*/i;

/**
 * Reads a line of text as a call: `/paper search curriculum learning`, with or without `/paper`. An empty line is a
 * call for help. Throws a UserError that names the nearest command where there is no such one.
 */
export function parseLine(line: string, commands: readonly Command[]): Invocation {
  const text = line.trim().replace(ADDRESS, "");
  if (text === "" || text === "/") return { command: "help", args: {} };
  const matched = matchCommand(text, commands);
  if (matched === undefined) {
    const [first = text] = text.replace(/^\//, "").split(/\s+/, 1);
    throw unknownCommand(
      first,
      commands.map(({ name }) => name),
      text.replace(/^\//, "").replace(/\s+/g, " "),
    );
  }
  const { command } = matched;
  const { named, rest } = command.namesOptions
    ? readLineOptions(matched.rest, command)
    : { named: {}, rest: matched.rest };
  const lineOption = Object.entries(command.options).find(([, option]) => option.takesLine);
  return {
    command: command.name,
    args: lineOption === undefined || rest === "" ? named : { ...named, [lineOption[0]]: rest },
  };
}
