import type { Command } from "./command.ts";
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
  const [, first = "", rest = ""] = /^\/?(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  if (first === "") return { command: "help", args: {} };
  const command = commands.find(({ name }) => name === first.toLowerCase());
  if (command === undefined)
    throw unknownCommand(
      first,
      commands.map(({ name }) => name),
      text.replace(/^\//, "").replace(/\s+/g, " "),
    );
  const lineOption = Object.entries(command.options).find(([, option]) => option.takesLine);
  return {
    command: command.name,
    args: lineOption === undefined || rest.trim() === "" ? {} : { [lineOption[0]]: rest.trim() },
  };
}
