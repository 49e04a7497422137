import type { Command } from "./command.ts";
import { readFreeText, readLike, REQUEST } from "./free-text.ts";
import { matchCommand } from "./match-command.ts";
import { parseLine } from "./parse-line.ts";
import type { Invocation } from "./reply.ts";

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
  if (readLike(said) === undefined && callsCommand(said, commands)) return parseLine(said, commands);
  return readFreeText(said);
}
