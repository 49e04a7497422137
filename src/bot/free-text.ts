import type { Invocation } from "./reply.ts";

/** What people say before they ask for anything: a call for help. */
const GREETING =
  /^(?:hi|hiya|hey|hello|hallo|good (?:morning|afternoon|evening|day)|thanks?(?: you)?|thx|what can you do|how does this work|commands|menu|\?+)(?:\s+(?:there|all|paperboy|bot))?[\s!.?]*$/i;
/** Verbs that ask for a search. */
const FIND = /^(?:please\s+)?(?:find|look up|look for|lookup|query)\s+(?:me\s+)?(\S[\s\S]*)$/i;
/** "papers like X?", "anything similar to X". */
const LIKE =
  /^(?:(?:can|could) you\s+)?(?:(?:please\s+)?(?:find|show|give)(?:\s+me)?\s+)?(?:(?:some|any|more|other)?\s*(?:papers?|articles?|work|something|anything)\s+)?(?:like|similar (?:papers |work )?to|related to|close to)\s+(.+)$/i;
/** "what is new on X", "what's new in X", "latest papers about X". */
const NEW =
  /^(?:what(?:['’]s| is) new (?:on|in|about|with)|(?:the )?(?:newest|latest|recent|new) (?:papers|work|articles)? ?(?:on|in|about|for))\s+(.+)$/i;

/** "show me …", "help me …": how a sentence begins that is no call of `show` or `help`. */
export const REQUEST = /^(?:please\s+)?(?:show|help)\s+me(?:\s+|$)/i;

const tidy = (text: string): string =>
  text
    .trim()
    .replace(/[?!.]+$/, "")
    .trim();

/** What follows "papers like"; undefined in other sentences. */
export function readLike(said: string): string | undefined {
  const like = LIKE.exec(tidy(said))?.[1];
  return like === undefined ? undefined : tidy(like);
}

/** Whether a text greets, or asks for a search in words of its own: it is no command mistyped then. */
export function isSaidFreely(said: string): boolean {
  return GREETING.test(said) || FIND.test(said) || readLike(said) !== undefined || NEW.test(tidy(said));
}

/**
 * Reads a sentence that calls no command: a greeting asks for help, "papers like X?" for what is similar, "what is new on
 * X" for the newest, and all else is looked for. Never throws.
 */
export function readFreeText(text: string): Invocation {
  const said = text.trim().replace(REQUEST, "");
  if (said === "" || GREETING.test(said)) return { command: "help", args: {} };
  const like = readLike(said);
  if (like !== undefined) return { command: "similar", args: { papers: like } };
  const topic = NEW.exec(tidy(said))?.[1];
  if (topic !== undefined) return { command: "search", args: { query: tidy(topic), sort: "newest" } };
  return { command: "search", args: { query: tidy(FIND.exec(said)?.[1] ?? said) } };
}
