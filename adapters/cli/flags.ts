import { parseArgs } from "node:util";
import type { Command } from "../../src/bot/command.ts";
import { UserError } from "../../src/user-error.ts";

/** Flags every order may have. */
const COMMON = {
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

/** Flags that were typed, by their names, and the words beside them. */
export interface Flags {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** Flags of one order beside the common ones: those that take a text, and those that are there or not. */
export type FlagTypes = Readonly<Record<string, { readonly type: "string" | "boolean" }>>;

/** `-survey` is a word to exclude, not a flag: a minus sign takes the hyphen's place, which queries read alike. */
function keepExclusion(arg: string): string {
  return /^-[^-]/.test(arg) && arg !== "-h" ? `\u2212${arg.slice(1)}` : arg;
}

/** Whether a command takes words, of which one with a hyphen in front is not a flag. */
const takesWords = (command: Command | undefined): boolean =>
  Object.values(command?.options ?? {}).some(({ takesLine }) => takesLine);

/**
 * Reads flags: the common ones, the options of a command of the bot, and those of `more`. Throws a UserError with the flags
 * that there are.
 */
export function parseFlags(args: readonly string[], command?: Command, more: FlagTypes = {}): Flags {
  const options = [...Object.keys(command?.options ?? {}), ...Object.keys(more)];
  const texts = Object.fromEntries(options.map((name) => [name, { type: "string" } as const]));
  try {
    const { values, positionals } = parseArgs({
      args: takesWords(command) ? args.map(keepExclusion) : [...args],
      options: { ...texts, ...more, ...COMMON },
      allowPositionals: true,
    });
    return { values, positionals };
  } catch (error) {
    const said = error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error);
    const flags = [...options, ...Object.keys(COMMON)].map((name) => `--${name}`).join(", ");
    throw new UserError(`${said}. The flags are ${flags}.`);
  }
}
