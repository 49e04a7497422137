import type { Command } from "./command.ts";
import { matchCommand } from "./match-command.ts";
import { parseLine } from "./parse-line.ts";
import type { Invocation } from "./reply.ts";

/** "papers like X?", "anything similar to X". */
const LIKE =
  /^(?:(?:can|could) you\s+)?(?:(?:please\s+)?(?:find|show|give)(?:\s+me)?\s+)?(?:(?:some|any|more|other)?\s*(?:papers?|articles?|work|something|anything)\s+)?(?:like|similar (?:papers |work )?to|related to|close to)\s+(.+)$/i;
/** "what is new on X", "what's new in X", "latest papers about X". */
const NEW =
  /^(?:what(?:['’]s| is) new (?:on|in|about|with)|(?:the )?(?:newest|latest|recent|new) (?:papers|work|articles)? ?(?:on|in|about|for))\s+(.+)$/i;

/** "show me …", "help me …": how a sentence begins that is no call of `show` or `help`. */
const REQUEST = /^(?:please\s+)?(?:show|help)\s+me(?:\s+|$)/i;

const tidy = (text: string): string =>
  text
    .trim()
    .replace(/[?!.]+$/, "")
    .trim();

/** Whether a text calls a command; one that takes no words is not called by the first word of a topic. */
function callsCommand(text: string, commands: readonly Command[]): boolean {
  const matched = matchCommand(text.replace(/^\/?paper\s+/i, ""), commands);
  if (matched === undefined) return false;
  const { command, rest } = matched;
  return rest === "" || Object.values(command.options).some(({ takesLine }) => takesLine);
}

/**
 * Reads what somebody says to the bot in a sentence: a command, "papers like FastDINOv2?", "what is new on
 * curriculum learning", or a topic. Nothing said is a call for help. Never throws.
 */
export function parseMention(text: string, commands: readonly Command[]): Invocation {
  const said = text.trim().replace(REQUEST, "");
  if (said === "") return { command: "help", args: {} };
  const like = LIKE.exec(tidy(said))?.[1];
  if (like !== undefined) return { command: "similar", args: { papers: tidy(like) } };
  if (callsCommand(said, commands)) return parseLine(said, commands);
  const topic = NEW.exec(tidy(said))?.[1];
  if (topic !== undefined) return { command: "search", args: { query: tidy(topic), sort: "newest" } };
  return { command: "search", args: { query: tidy(said) } };
}
