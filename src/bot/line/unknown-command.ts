import { UserError } from "../../user-error.ts";
import { isOneSlip } from "./slip.ts";

/** Characters of what was typed that a message repeats. */
const NAME_SHOWN = 40;
const LINE_SHOWN = 100;

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

const search = (line: string): string => `To search for it, type: search ${cut(line, LINE_SHOWN)}.`;

/** A command whose name somebody may have meant, and what follows it. */
interface Guess {
  readonly name: string;
  readonly rest: string;
}

/** `digest`, for all commands whose names begin with it. */
const groupsOf = (names: readonly string[]): string[] => [
  ...new Set(names.flatMap((name) => /^(\S+) /.exec(name)?.[1] ?? [])),
];

/** The command, or the group of commands, whose name a line begins with but for one slip; undefined where none is near. */
export function nearestCommand(line: string, names: readonly string[]): Guess | undefined {
  const words = line.trim().split(/\s+/);
  return [...names, ...groupsOf(names)]
    .toSorted((a, b) => b.split(" ").length - a.split(" ").length)
    .map((name) => {
      const { length } = name.split(" ");
      return {
        name,
        typed: words.slice(0, length).join(" ").toLowerCase(),
        rest: words.slice(length).join(" "),
      };
    })
    .find(({ name, typed }) => isOneSlip(typed, name));
}

/** “Did you mean …?”, where a command is named nearly like this. */
function didYouMean(line: string, names: readonly string[]): string | undefined {
  const nearest = nearestCommand(line, names);
  return nearest === undefined ? undefined : `Did you mean “${nearest.name}”? “help” lists all commands.`;
}

/** “digest start, digest list …”, where the word begins the names of a group of commands. */
function groupOf(typed: string, names: readonly string[]): string | undefined {
  const members = names.filter((name) => name.startsWith(`${typed.toLowerCase()} `));
  return members.length === 0 ? undefined : members.join(", ");
}

/** Whether a word is the first of a group of commands. */
export function isGroup(typed: string, names: readonly string[]): boolean {
  return groupOf(typed, names) !== undefined;
}

/** Groups of commands whose name begins topics as well: “list decoding”, “forget gates”. */
const TOPIC_WORDS: readonly string[] = ["list", "my", "forget"];

/** Whether the first word of a group of commands may begin a topic. */
export const isTopicWord = (typed: string): boolean => TOPIC_WORDS.includes(typed.toLowerCase());

/**
 * The error for a `line` that calls no command there is: names the nearest one, or how to search for the whole line and
 * to get help.
 */
export function unknownCommand(line: string, names: readonly string[]): UserError {
  const [typed = line] = line.split(/\s+/, 1);
  const several = typed !== line;
  const guess = didYouMean(line, names);
  const group = groupOf(typed, names);
  if (group !== undefined && guess === undefined) {
    const goes = `“${typed}” goes with a second word: ${group}. “help ${typed}” explains them.`;
    return new UserError(several ? `${goes} ${search(line)}` : goes);
  }
  const hint = [
    ...(guess === undefined ? [] : [guess]),
    ...(guess === undefined || several ? [search(line)] : []),
    ...(guess === undefined ? [`The commands are ${names.join(", ")}.`] : []),
  ];
  const name = group === undefined ? typed : line.split(/\s+/, 2).join(" ");
  return new UserError(`There is no command “${cut(name, NAME_SHOWN)}”. ${hint.join(" ")}`);
}

/** The error for words behind a command that takes none. */
export function takesNoWords(name: string, line: string): UserError {
  return new UserError(`“${name}” takes no words. ${search(line)}`);
}

/** The error for help about something that is no command. */
export function nothingToExplain(typed: string, names: readonly string[]): UserError {
  const hint = didYouMean(typed, names) ?? `${search(typed)} The commands are ${names.join(", ")}.`;
  return new UserError(`There is no command “${cut(typed, NAME_SHOWN)}” to explain. ${hint}`);
}
