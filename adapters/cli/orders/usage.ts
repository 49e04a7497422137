import type { Command } from "../../../src/bot/command.ts";
import { programOrders } from "./orders.ts";

const table = (rows: readonly (readonly [string, string])[]): string[] => {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, does]) => `  ${name.padEnd(width)}  ${does}`);
};

/** What `paperboy --help` prints. */
export function usage(commands: readonly Command[]): string {
  return [
    "Paperboy finds research papers.",
    "",
    "  paperboy                  talk to the bot in this terminal",
    "  paperboy COMMAND [WORDS]  run one command and end",
    "",
    "Commands, here and in every chat:",
    "",
    ...table(commands.map(({ name, description }) => [name, description])),
    "",
    "Orders of the program; “paperboy ORDER --help” explains one:",
    "",
    ...table(programOrders.flatMap(({ summary }) => summary)),
    "",
    "  --json     print the answer as JSON",
    "  --limit N  papers in a list (5)",
    "  --page N   page of a list (1)",
    "  --help     explain the program, or a command",
    "  --version  print the version",
    "",
    "The exit code is 2 for wrong use and 1 for a failure or a paper that is not there.",
  ].join("\n");
}
