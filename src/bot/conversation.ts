import type { Caller } from "./command.ts";
import type { Invocation, Reply } from "./reply.ts";
import { runButtons } from "./reply.ts";

/** Conversations that are remembered at once, and answers of each: some megabytes at most. */
const CONVERSATIONS = 300;
const ANSWERS = 10;

/** Hours after which a conversation is forgotten: a working day. */
export const REMEMBERED_HOURS = 12;

/** What was answered to one person in one place. */
interface Conversation {
  /** The last answers, the latest at the end. */
  readonly answers: readonly Reply[];
  /** The last list, which stays until another takes its place. */
  readonly list?: Reply;
  readonly at: Date;
}

/** What is remembered of what was answered, in this process alone and for some hours. */
export interface Memory {
  readonly recall: (caller: Caller) => Pick<Conversation, "answers" | "list">;
  readonly note: (caller: Caller, reply: Reply) => void;
  /** Takes the last answer away and gives the one before it; undefined, and nothing taken, where there is none. */
  readonly goBack: (caller: Caller) => Reply | undefined;
}

const keyOf = ({ platform, user, place }: Caller): string =>
  JSON.stringify([platform, place?.server ?? "", place?.channel ?? "", user]);

/** A list has pages, or hits to choose from; one paper has a few keys of its own. */
function isList(reply: Reply): boolean {
  const keys = runButtons(reply).map(({ key }) => key);
  return keys.filter((key) => /^\d+$/.test(key)).length > 1 || keys.some((key) => /^\d+s$/.test(key));
}

/** Remembers the last answers to everybody; the conversation that rested longest is forgotten first. */
export function createMemory(now: () => Date): Memory {
  const conversations = new Map<string, Conversation>();
  const recall = (caller: Caller): Conversation => {
    const known = conversations.get(keyOf(caller));
    const oldest = now().getTime() - REMEMBERED_HOURS * 60 * 60 * 1000;
    return known === undefined || known.at.getTime() < oldest ? { answers: [], at: now() } : known;
  };
  const keep = (caller: Caller, answers: readonly Reply[], list: Reply | undefined): void => {
    conversations.delete(keyOf(caller));
    const kept = answers.slice(-ANSWERS);
    conversations.set(keyOf(caller), { answers: kept, at: now(), ...(list === undefined ? {} : { list }) });
    const [longest] = conversations.keys();
    if (conversations.size > CONVERSATIONS && longest !== undefined) conversations.delete(longest);
  };
  return {
    recall,
    note(caller, reply) {
      const { answers, list } = recall(caller);
      // Abstracts are not kept, only that there are papers to share.
      const noted = { ...reply, data: reply.data.map(({ id }) => ({ id })) };
      keep(caller, [...answers, noted], isList(noted) ? noted : list);
    },
    goBack(caller) {
      const { answers, list } = recall(caller);
      const before = answers.at(-2);
      if (before !== undefined) keep(caller, answers.slice(0, -1), isList(before) ? before : list);
      return before;
    },
  };
}

/** What a word chooses of what was answered before. */
export type Choice =
  | { readonly kind: "run"; readonly run: Invocation }
  | { readonly kind: "list"; readonly reply: Reply }
  | { readonly kind: "back" }
  /** It chooses nothing that there is; `keys` are those that there are. */
  | { readonly kind: "none"; readonly keys: readonly string[] };

const MORE =
  /^(?:(?:show |give )?(?:me )?(?:some )?(?:more|next)(?: (?:page|results?|papers?|hits?|ones?|of (?:these|them|those)))?)$/;
const PREVIOUS = /^(?:(?:the )?prev(?:ious)?(?: page)?)$/;
const BACK = /^(?:(?:go )?back|b)$/;
const LIST = /^(?:(?:back to )?(?:the )?list)$/;
const NUMBER = /^(?:(?:the )?(?:paper|number|no|hit)\.? ?|#)?(\d{1,3})(s?)\.?$/;
const ORDINALS = ["first", "second", "third", "fourth", "fifth"];
const ORDINAL = new RegExp(`^(?:the )?(${ORDINALS.join("|")})(?: (?:one|paper|hit))?$`);
/** "show 2", "similar to 2", "cite 2". */
const VERB = /^(?:(show|open|details(?: of)?)|(similar(?: to)?|(?:more )?like)|(cite)) (?:me )?#?(\d{1,3})$/;

/** The key that a word stands for: `n` for "more", `2` for "the second one"; undefined where it stands for none. */
function keyOfWords(said: string): string | undefined {
  if (/^[nps]$/.test(said)) return said;
  if (MORE.test(said)) return "n";
  if (PREVIOUS.test(said)) return "p";
  const [, number, similar = ""] = NUMBER.exec(said) ?? [];
  if (number !== undefined) return `${Number(number)}${similar}`;
  const ordinal = ORDINAL.exec(said)?.[1];
  return ordinal === undefined ? undefined : String(ORDINALS.indexOf(ordinal) + 1);
}

/** What to run for "cite 2" and the like: a command with the paper that the list has under the number. */
function readVerb(said: string, runs: ReadonlyMap<string, Invocation>): Invocation | undefined {
  const [, show, similar, cite, number] = VERB.exec(said) ?? [];
  const run = number === undefined ? undefined : runs.get(number);
  const paper = run?.args["paper"] ?? run?.args["papers"];
  if (paper === undefined) return undefined;
  if (show !== undefined) return { command: "show", args: { paper } };
  if (similar !== undefined) return { command: "similar", args: { papers: paper } };
  return cite === undefined ? undefined : { command: "cite", args: { paper } };
}

/**
 * What a line chooses of the last answer or the last list: a key, "more", "back", "cite 2". Undefined for a line that
 * chooses nothing, which is read as any other.
 */
export function readChoice(
  line: string,
  { answers, list }: ReturnType<Memory["recall"]>,
): Choice | undefined {
  const said = line
    .trim()
    .toLowerCase()
    .replace(/^\//, "")
    .replace(/(?:[\s,]+please)?[\s!.?]*$/, "");
  if (BACK.test(said)) return { kind: "back" };
  if (LIST.test(said) && list !== undefined) return { kind: "list", reply: list };
  const last = answers.at(-1);
  const runs = new Map(
    [list, last]
      .flatMap((one) => (one === undefined ? [] : runButtons(one)))
      .map(({ key, run }) => [key, run]),
  );
  const verb = readVerb(said, runs);
  if (verb !== undefined) return { kind: "run", run: verb };
  const key = keyOfWords(said);
  const run = runs.get(key ?? said);
  if (run !== undefined) return { kind: "run", run };
  return key === undefined && !LIST.test(said) ? undefined : { kind: "none", keys: [...runs.keys()] };
}
