import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Bot } from "../../src/bot/bot.ts";
import type { Caller } from "../../src/bot/command.ts";
import type { Reply } from "../../src/bot/reply.ts";
import { answer, textCard } from "../../src/bot/reply.ts";
import type { Look } from "./render.ts";
import { renderReply, runButtons } from "./render.ts";

/** Where a chat reads and writes. */
export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
  /** Whether a person types: then there is a prompt, a line editor and its history. */
  readonly interactive: boolean;
  /** Asked before each answer, since windows change their size. */
  readonly look: () => Look;
}

const CALLER: Caller = { platform: "terminal", user: "local" };
const PROMPT = "› ";
const GOODBYE = new Set(["exit", "quit", "bye", ":q"]);

/** What a number is taken for that the last list does not have. */
function noSuchKey(key: string, keys: readonly string[]): Reply {
  const known =
    keys.length === 0 ? "Search first, then type the number of a paper." : `Now there are: ${keys.join(" ")}`;
  const summary = `There is no “${key}” to choose. ${known}`;
  return answer({ summary, tone: "mistake", cards: [textCard(summary)] });
}

/** The answer to a line: a key of the last reply, or a command. */
async function answerLine(bot: Bot, line: string, last: Reply | undefined): Promise<Reply> {
  const key = line.toLowerCase();
  const buttons = last === undefined ? [] : runButtons(last);
  const pressed = buttons.find((button) => button.key === key);
  if (pressed !== undefined) return bot.handle({ ...pressed.run, caller: CALLER });
  const looksLikeKey = /^(\d{1,4}s?|[npsb])$/.test(key);
  return looksLikeKey
    ? noSuchKey(
        key,
        buttons.map((button) => button.key),
      )
    : bot.handleLine(line, CALLER);
}

/**
 * Talks with the person at the terminal until `exit`, Ctrl-C, Ctrl-D or the end of the input. Lines are answered
 * one after the other, in their order; a mistake leaves the keys of the last list in force.
 */
export async function chat(
  bot: Bot,
  greeting: string,
  { input, output, interactive, look }: Streams,
): Promise<void> {
  const lines = createInterface({ input, output, terminal: interactive, prompt: PROMPT, historySize: 500 });
  const say = (text: string): void => void output.write(`${text}\n\n`);
  const ask = (): void => {
    if (interactive) lines.prompt();
  };
  let last: Reply | undefined;
  lines.on("SIGINT", () => lines.close());
  say(greeting);
  ask();
  for await (const typed of lines) {
    const line = typed.trim();
    if (GOODBYE.has(line.toLowerCase().replace(/^\//, ""))) break;
    if (line !== "") {
      const reply = await answerLine(bot, line, last);
      if (runButtons(reply).length > 0) last = reply;
      say(renderReply(reply, look(), true));
    }
    ask();
  }
  lines.close();
  if (interactive) output.write("\n");
}
