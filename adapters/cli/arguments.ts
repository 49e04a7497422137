import type { Command } from "../../src/bot/command.ts";
import { readLineOptions } from "../../src/bot/line/line-options.ts";
import { unknownCommand } from "../../src/bot/line/unknown-command.ts";
import { UserError } from "../../src/user-error.ts";
import type { Flags } from "./flags.ts";
import { parseFlags } from "./flags.ts";
import { commandWork } from "./orders/command-work.ts";
import type { Work } from "./orders/order.ts";
import { programOrders } from "./orders/orders.ts";
import { startWork } from "./orders/start-order.ts";
import { usage } from "./orders/usage.ts";

/** Prints one text. */
const printing = (text: (version: string) => string): Work => ({
  needs: "nothing",
  run: ({ stdout, version }) => {
    stdout.write(`${text(version)}\n`);
    return Promise.resolve(0);
  },
});

/** Options as flags, `--format ris`, or as they are typed in a chat, `format:ris`; where both are given, the flag counts. */
function commandArguments(command: Command, { values, positionals }: Flags): Record<string, string> {
  const flags = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const typed = positionals.join(" ");
  const { named, rest } = command.namesOptions ? readLineOptions(typed, command) : { named: {}, rest: typed };
  const line = Object.entries(command.options).find(([, option]) => option.takesLine)?.[0];
  if (line === undefined && rest !== "") {
    throw new UserError(`“${command.name}” takes no words, but got “${rest}”.`);
  }
  const words = line === undefined || rest === "" ? {} : { [line]: rest };
  return { ...named, ...Object.fromEntries(flags), ...words };
}

/** What a command of the bot is run with. */
function parseCommand(command: Command, words: readonly string[]): Work {
  const flags = parseFlags(words, command);
  const json = flags.values["json"] === true;
  if (flags.values["help"] === true)
    return commandWork({ command: "help", args: { command: command.name }, json });
  const { name, changes } = command;
  return commandWork({ command: name, args: commandArguments(command, flags), changes, json });
}

const asksHelp = (words: readonly string[]): boolean =>
  words.some((word) => word === "--help" || word === "-h");

/**
 * Reads the arguments after the program's name: nothing, an order of the program, or one of the bot's commands with its
 * options as flags. Throws a UserError that says what is wrong and what is allowed.
 */
export function parseOrder(argv: readonly string[], commands: readonly Command[]): Work {
  const [name, ...rest] = argv;
  if (name === undefined) return startWork;
  if (name.startsWith("-")) {
    const { values } = parseFlags(argv);
    return printing((version) => (values["version"] === true ? version : usage(commands)));
  }
  const order = programOrders.find((one) => one.name === name);
  const [second = ""] = rest;
  const explained = programOrders.find((one) => one.name === second);
  // Of a name that is a command's too the bot tells, in chat as here.
  if (
    name === "help" &&
    explained !== undefined &&
    !commands.some((one) => one.name.startsWith(`${second} `))
  )
    return printing(() => explained.usage);
  const two = commands.find((one) => one.name === `${name} ${second}`);
  if (two !== undefined) return parseCommand(two, rest.slice(1));
  if (order !== undefined) return asksHelp(rest) ? printing(() => order.usage) : order.parse(rest);
  const command = commands.find((one) => one.name === name);
  if (command !== undefined) return parseCommand(command, rest);
  throw unknownCommand(argv.join(" "), [
    ...commands.map((one) => one.name),
    ...programOrders
      .map((one) => one.name)
      .filter((one) => !commands.some((c) => c.name.startsWith(`${one} `))),
  ]);
}
