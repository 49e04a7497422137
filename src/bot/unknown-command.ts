import { distance } from "fastest-levenshtein";
import { UserError } from "../user-error.ts";

/** One letter in so many of a command's name may be another, missing or too many where it is guessed at. */
const LETTERS_A_SLIP = 3;

/** Characters of what was typed that a message repeats. */
const NAME_SHOWN = 40;
const LINE_SHOWN = 100;

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** “Did you mean …?”, where a command is named nearly like this. */
function didYouMean(typed: string, names: readonly string[]): string | undefined {
  const [nearest] = names
    .map((name) => ({ name, letters: distance(typed.toLowerCase(), name) }))
    .filter(
      ({ name, letters }) => letters <= Math.floor(Math.min(typed.length, name.length) / LETTERS_A_SLIP),
    )
    .toSorted((a, b) => a.letters - b.letters);
  return nearest === undefined ? undefined : `Did you mean “${nearest.name}”? “help” lists all commands.`;
}

/** Whether a word is a command's name mistyped, or the first word of a group of commands. */
export function looksLikeCommand(typed: string, names: readonly string[]): boolean {
  return didYouMean(typed, names) !== undefined || groupOf(typed, names) !== undefined;
}

/** “digest start, digest list …”, where the word begins the names of a group of commands. */
function groupOf(typed: string, names: readonly string[]): string | undefined {
  const members = names.filter((name) => name.startsWith(`${typed.toLowerCase()} `));
  return members.length === 0 ? undefined : members.join(", ");
}

/**
 * The error for a command that does not exist: names the nearest one, or how to search for the whole `line`, whose
 * first word the command is, and to get help.
 */
export function unknownCommand(typed: string, names: readonly string[], line = typed): UserError {
  const group = groupOf(typed, names);
  if (group !== undefined)
    return new UserError(`“${typed}” goes with a second word: ${group}. “help ${typed}” explains them.`);
  const search = `To search for it, type: search ${cut(line, LINE_SHOWN)}.`;
  const guess = didYouMean(typed, names);
  const hint =
    guess === undefined
      ? `${search} The commands are ${names.join(", ")}.`
      : line === typed
        ? guess
        : `${guess} ${search}`;
  return new UserError(`There is no command “${cut(typed, NAME_SHOWN)}”. ${hint}`);
}

/** The error for help about something that is no command. */
export function nothingToExplain(typed: string, names: readonly string[]): UserError {
  const hint = didYouMean(typed, names) ?? `The commands are ${names.join(", ")}.`;
  return new UserError(`There is no command “${cut(typed, NAME_SHOWN)}” to explain. ${hint}`);
}
