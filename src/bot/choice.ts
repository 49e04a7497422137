import { UserError } from "../user-error.ts";
import type { Caller } from "./command.ts";
import type { Memory } from "./conversation.ts";
import { REMEMBERED_HOURS } from "./conversation.ts";
import type { Invocation, Reply } from "./reply.ts";
import { runButtons } from "./reply.ts";

/** What a word chooses of what was answered before. */
type Choice =
  | { readonly kind: "run"; readonly run: Invocation }
  | { readonly kind: "list"; readonly reply: Reply }
  | { readonly kind: "back" }
  /** It chooses nothing that there is; `keys` are those that there are. */
  | { readonly kind: "none"; readonly said: string; readonly keys: readonly string[] };

const MORE =
  /^(?:(?:show |give )?(?:me )?(?:some )?(?:more|next)(?: (?:page|results?|papers?|hits?|ones?|of (?:these|them|those)))?)$/;
const ANOTHER = /^(?:another(?: one)?|one more)$/;
const PREVIOUS = /^(?:(?:the )?prev(?:ious)?(?: page)?)$/;
const BACK = /^(?:(?:go )?back|b)$/;
const LIST = /^(?:(?:back to )?(?:the )?list)$/;
const NUMBER = /^(?:(?:the )?(?:paper|number|no|hit)\.? ?|#)?(\d{1,3})(s?)\.?$/;
const ORDINALS = ["first", "second", "third", "fourth", "fifth"];
const ORDINAL = new RegExp(`^(?:the )?(${ORDINALS.join("|")})(?: (?:one|paper|hit))?$`);
/** "show 2", "similar to 2". */
const VERB = /^(?:(show|open|details(?: of)?)|(similar(?: to)?|(?:more )?like)) (?:me )?#?(\d{1,3})$/;

/** The key that a word stands for: `n` for "more", `2` for "the second one"; undefined where it stands for none. */
function keyOfWords(said: string): string | undefined {
  if (/^[nps]$/.test(said)) return said;
  if (MORE.test(said) || ANOTHER.test(said)) return "n";
  if (PREVIOUS.test(said)) return "p";
  const [, number, similar = ""] = NUMBER.exec(said) ?? [];
  if (number !== undefined) return `${Number(number)}${similar}`;
  const ordinal = ORDINAL.exec(said)?.[1];
  return ordinal === undefined ? undefined : String(ORDINALS.indexOf(ordinal) + 1);
}

/** What to run for "show 2" and the like: a command with the paper that the list has under the number. */
function readVerb(said: string, runs: ReadonlyMap<string, Invocation>): Invocation | undefined {
  const [, show, similar, number] = VERB.exec(said) ?? [];
  const run = number === undefined ? undefined : runs.get(number);
  const paper = run?.args["paper"] ?? run?.args["papers"];
  if (paper === undefined) return undefined;
  if (show !== undefined) return { command: "show", args: { paper } };
  return similar === undefined ? undefined : { command: "similar", args: { papers: paper } };
}

/** What the keys of the last list and the last answer stand for. */
export function keysOf({ answers, list }: ReturnType<Memory["recall"]>): ReadonlyMap<string, Invocation> {
  const replies = [list, answers.at(-1)].filter((one) => one !== undefined);
  return new Map(replies.flatMap(runButtons).map(({ key, run }) => [key, run]));
}

/**
 * What a line chooses of the last answer or the last list: a key, "more", "back", "show 2". Undefined for a line that
 * chooses nothing, which is read as any other.
 */
export function readChoice(line: string, recalled: ReturnType<Memory["recall"]>): Choice | undefined {
  const { list } = recalled;
  const said = line
    .trim()
    .toLowerCase()
    .replace(/^\//, "")
    .replace(/(?:[\s,]+please)?[\s!.?]*$/, "");
  if (BACK.test(said)) return { kind: "back" };
  if (LIST.test(said) && list !== undefined) return { kind: "list", reply: list };
  const runs = keysOf(recalled);
  const verb = readVerb(said, runs);
  if (verb !== undefined) return { kind: "run", run: verb };
  const key = keyOfWords(said);
  const run = runs.get(key ?? said);
  if (run !== undefined) return { kind: "run", run };
  return key === undefined && !LIST.test(said)
    ? undefined
    : { kind: "none", said: line.trim(), keys: [...runs.keys()] };
}

const NOTHING_BEFORE = `There is no answer before this one to go back to. (Answers are remembered for ${REMEMBERED_HOURS} hours, and until the bot is started anew.)`;

/** What is said where a word chooses nothing that there is. */
function noChoice(said: string, keys: readonly string[]): UserError {
  const here = `There is no “${said}” to choose.`;
  return new UserError(
    keys.length > 0
      ? `${here} Now there are: ${keys.join(" ")}`
      : `${here} Search first, then type the number of a paper. (A list is remembered for ${REMEMBERED_HOURS} hours, and until the bot is started anew.)`,
  );
}

/** The reply that a choice asks for; `run` carries out what a key stands for. */
export async function takeChoice(
  choice: Choice,
  memory: Memory,
  caller: Caller,
  run: (chosen: Invocation) => Promise<Reply>,
): Promise<Reply> {
  switch (choice.kind) {
    case "run":
      return run(choice.run);
    case "list":
      memory.note(caller, choice.reply);
      return choice.reply;
    case "back": {
      const before = memory.goBack(caller);
      if (before === undefined) throw new UserError(NOTHING_BEFORE);
      return before;
    }
    case "none":
      throw noChoice(choice.said, choice.keys);
  }
}
