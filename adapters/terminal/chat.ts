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
const GOODBYE = ["exit", "quit", "bye", ":q"];

const lettersOf = (word: string): string => word.split("").toSorted().join("");

/** Whether a line ends the chat: `exit`, `exit now`, `qiut` with its letters in another order. */
function endsChat(line: string): boolean {
  const word = line
    .toLowerCase()
    .replace(/^\//, "")
    .replace(/\s+now$|[!.]+$/g, "");
  return GOODBYE.some((bye) => bye[0] === word[0] && lettersOf(bye) === lettersOf(word));
}

/** Other words for the keys of a list. */
const KEY_WORDS: Readonly<Record<string, string>> = {
  more: "n",
  next: "n",
  "next page": "n",
  previous: "p",
  prev: "p",
};
const BACK = new Set(["back", "b", "list"]);

/** What a key may be chosen from: the last answer, and the last list, which stays until another takes its place. */
interface Shown {
  readonly last?: Reply;
  readonly list?: Reply;
}

const keysOf = (reply: Reply | undefined): string[] =>
  reply === undefined ? [] : runButtons(reply).map(({ key }) => key);

/** A list has pages, or hits to choose from; one paper has a few keys of its own. */
function isList(reply: Reply): boolean {
  const keys = keysOf(reply);
  const hits = keys.filter((key) => /^\d+$/.test(key));
  return hits.length > 1 || keys.some((key) => /^\d+s$/.test(key));
}

/** What a number is taken for that the last list does not have. */
function noSuchKey(key: string, keys: readonly string[]): Reply {
  const known =
    keys.length === 0 ? "Search first, then type the number of a paper." : `Now there are: ${keys.join(" ")}`;
  const summary = `There is no “${key}” to choose. ${known}`;
  return answer({ summary, tone: "mistake", cards: [textCard(summary)] });
}

/** The answer to a line: a key of the last answer or of the last list, the list itself, or a command. */
async function answerLine(bot: Bot, line: string, { last, list }: Shown): Promise<Reply> {
  const said = line.toLowerCase();
  if (BACK.has(said) && list !== undefined) return list;
  const key = KEY_WORDS[said] ?? said;
  const buttons = [last, list].flatMap((reply) => (reply === undefined ? [] : runButtons(reply)));
  const pressed = buttons.find((button) => button.key === key);
  if (pressed !== undefined) return bot.handle({ ...pressed.run, caller: CALLER });
  const looksLikeKey = /^(\d{1,3}s?|[npsb])$/.test(key) || BACK.has(said);
  return looksLikeKey
    ? noSuchKey(line, [...new Set(buttons.map((button) => button.key))])
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
  let shown: Shown = {};
  lines.on("SIGINT", () => lines.close());
  say(greeting);
  ask();
  for await (const typed of lines) {
    const line = typed.trim();
    if (endsChat(line)) break;
    if (line !== "") {
      const reply = await answerLine(bot, line, shown);
      if (keysOf(reply).length > 0)
        shown = isList(reply) ? { last: reply, list: reply } : { ...shown, last: reply };
      say(renderReply(reply, look(), true));
    }
    ask();
  }
  lines.close();
  if (interactive) output.write("\n");
}
