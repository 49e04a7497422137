import { findReferences, nameOf, parseReference } from "../../corpus/identifiers/reference.ts";
import type { Invocation } from "../reply.ts";

/** What people say before they ask for anything: a call for help. */
const GREETING =
  /^(?:hi|hiya|hey|yo|hello|hallo|good (?:morning|afternoon|evening|day)|thanks?(?: you| a lot| so much)?|thx|(?:what|who) are you|what is this|what can (?:you|i) do|how does this work|how do (?:you|i use (?:this|you|it)) ?(?:work)?|commands|menu|usage|\?+)(?:[\s,]+(?:there|all|everyone|team|paperboy|bot))?[\s!.?]*$/i;
/** Verbs that ask for a search. */
const FIND =
  /^(?:please\s+)?(?:find|look up|look for|looking for|lookup|query|search(?: me)? for)\s+(?:me\s+)?(\S[\s\S]*)$/i;
/** "papers like X?", "anything similar to X". */
const LIKE =
  /^(?:(?:can|could) you\s+)?(?:(?:please\s+)?(?:find|show|give)(?:\s+me)?\s+)?(?:(?:some|any|more|other)?\s*(?:papers?|articles?|work|something|anything)\s+)?(?:like|similar (?:papers |work )?to|related to|close to)\s+(.+)$/i;
/** "what is new on X", "what's new in X", "latest papers about X". */
const NEW =
  /^(?:what(?:['’]s| is) new (?:on|in|about|with)|(?:the )?(?:newest|latest|recent|new) (?:papers|work|articles)? ?(?:on|in|about|for))\s+(.+)$/i;
/** "what is new?", "latest papers". */
const NEWEST =
  /^(?:what(?:['’]s| is) new|(?:the )?(?:newest|latest)(?: (?:papers|work|articles))?|(?:the )?(?:recent|new) (?:papers|work|articles)|news)$/i;
/** "most discussed", "trending papers". */
const DISCUSSED =
  /^(?:the )?(?:most (?:discussed|commented|popular)|top|trending|popular)(?: (?:papers|work|articles))?$/i;
/** "papers by Bengio". */
const BY =
  /^(?:(?:some|any|all) )?(?:papers|articles|work) (?:written )?by ([\p{L}'’.-]+(?: [\p{L}'’.-]+)?)$/iu;
/** "subscribe", "set up a daily digest". */
const SUBSCRIBE =
  /^(?:(?:un)?subscribe|(?:set ?up|start|create|configure|add) (?:a |the |my )?(?:daily |weekly )?digest)$/i;
/** "bibtex FastDINOv2", "abstract of FastDINOv2": what is asked of a paper, where one has that name. */
const OF_PAPER =
  /^(?:(bibtex|citation|reference)|abstract|pdf|summary|details|read|open|explain|summari[sz]e)(?: (?:of|for))?\s+(.+)$/i;
/** "a random paper", "surprise me". */
const ANY =
  /^(?:(?:show|give|find)(?: me)? )?(?:(?:a|any|some|one|another) random|random|any) (?:paper|article|one)(?: please)?$|^surprise me$/i;
const SELF = /^about (?:you|yourself|paperboy|this(?: bot| program)?|the bot)$/i;

/** "show me …", "give me …": how a sentence begins that is no call of `show`. */
const REQUEST =
  /^(?:please\s+|(?:can|could) you\s+(?:please\s+)?)?(?:show|give|get|tell)\s+me(?:\s+about)?(?:\s+|$)/i;
/** "help me with …", where that is no command. */
const ABOUT = String.raw`(?:with|on|about|(?:to )?(?:find|search|understand|learn))`;
const HELP_WITH = new RegExp(String.raw`^(?:please\s+)?help\s+(?:me(?:\s+${ABOUT})?|${ABOUT})(?:\s+|$)`, "i");

const tidy = (text: string): string =>
  text
    .trim()
    .replace(/[?!.]+$/, "")
    .trim();

/** What follows "show me" or "help me with", where a text begins so. */
export function readRequest(said: string, opening: "show" | "help"): string | undefined {
  const pattern = opening === "show" ? REQUEST : HELP_WITH;
  return pattern.test(said) ? said.replace(pattern, "") : undefined;
}

/**
 * Reads a sentence that asks for one thing alone, whatever command its first word may be: a greeting asks for help,
 * "papers like X?" for what is similar, "what is new on X" for the newest. Undefined for other text.
 */
export function readSentence(said: string): Invocation | undefined {
  const text = tidy(said);
  const greeted = said.trim().replace(/^(?:hi|hey|hello)(?: there)?[\s,!.]+(?=what|how|who|help|can)/i, "");
  if (GREETING.test(greeted) || (greeted !== said.trim() && /^help$/i.test(tidy(greeted))))
    return { command: "help", args: {} };
  if (SUBSCRIBE.test(text)) return { command: "help", args: { command: "digest" } };
  if (DISCUSSED.test(text)) return { command: "search", args: { query: "sort:discussed" } };
  const author = BY.exec(text)?.[1];
  if (author !== undefined) return { command: "search", args: { query: `author:"${author}"` } };
  if (ANY.test(text)) return { command: "random", args: {} };
  if (SELF.test(text)) return { command: "about", args: {} };
  if (NEWEST.test(text)) return { command: "search", args: { query: "sort:newest" } };
  const like = LIKE.exec(text)?.[1];
  if (like !== undefined) return { command: "similar", args: { papers: tidy(like) } };
  const topic = NEW.exec(text)?.[1];
  return topic === undefined
    ? undefined
    : { command: "search", args: { query: tidy(topic), sort: "newest" } };
}

/** The one paper that a sentence has a link to: "what about https://arxiv.org/abs/…?". */
function linkedIn(said: string): string | undefined {
  if (!/https?:\/\//i.test(said) || parseReference(said) !== undefined) return undefined;
  const [reference, ...others] = findReferences(said);
  return reference === undefined || others.length > 0 ? undefined : nameOf(reference);
}

/** What a sentence asks of one paper, if what it names is a paper: "bibtex FastDINOv2", "abstract of FastDINOv2". */
export function readOfPaper(said: string): { readonly command: string; readonly paper: string } | undefined {
  const [, cite, paper] = OF_PAPER.exec(tidy(said)) ?? [];
  return paper === undefined ? undefined : { command: cite === undefined ? "show" : "cite", paper };
}

/** The search for what somebody says in words of their own; nothing said is a call for help. */
export function searchFor(said: string): Invocation {
  const linked = linkedIn(said);
  if (linked !== undefined) return { command: "show", args: { paper: linked } };
  const query = tidy(FIND.exec(said.trim())?.[1] ?? said);
  return query === "" ? { command: "help", args: {} } : { command: "search", args: { query } };
}
