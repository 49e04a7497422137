import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Bot } from "../../src/bot/bot.ts";
import type { Caller } from "../../src/bot/command.ts";
import { fitReply } from "./fit.ts";
import type { Look } from "./render.ts";
import { renderText } from "./render.ts";

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
    .replace(/(?:,?\s+(?:now|please))?[!.]*$/, "");
  return GOODBYE.some((bye) => bye[0] === word[0] && lettersOf(bye) === lettersOf(word));
}

/** The answer to a line; of a list that is too long for the window, as many hits as fit. */
async function answerIn(bot: Bot, line: string, look: Look): Promise<string> {
  let fitted = fitReply(await bot.handleLine(line, CALLER), look);
  // Each turn asks for fewer hits than the one before, and one hit is shown whatever its length.
  while (fitted.shorter !== undefined)
    fitted = fitReply(await bot.handle({ ...fitted.shorter, caller: CALLER, instead: true }), look);
  return fitted.text;
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
  lines.on("SIGINT", () => lines.close());
  say(interactive ? renderText(greeting, look()) : greeting);
  ask();
  for await (const typed of lines) {
    const line = typed.trim();
    if (endsChat(line)) break;
    if (line !== "") {
      say(await answerIn(bot, line, look()));
    }
    ask();
  }
  lines.close();
  if (interactive) output.write("\n");
}
