import { describe, expect, it } from "vitest";
import type { Bot } from "../../src/bot/bot.ts";
import type { Block, Reply } from "../../src/bot/reply.ts";
import { createSeedBot } from "../support/seed-bot.ts";

/** What a person sees of an answer: its words without markup, the addresses of its links, what can be pressed. */
export interface Seen {
  readonly words: string;
  readonly links: readonly string[];
  readonly buttons: readonly string[];
}

/** Somebody who talks to the bot on a platform. */
export interface Conversation {
  readonly command: (command: string, args: Readonly<Record<string, string>>) => Promise<Seen>;
  readonly mention: (text: string) => Promise<Seen>;
  readonly shortcut: (messageText: string) => Promise<Seen>;
}

/** Text by its letters and digits alone: platforms differ in how they print signs and where lines break. */
function lettersOf(text: string): string {
  return text.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "");
}

function blockTexts(block: Block): string[] {
  switch (block.kind) {
    case "prose":
      return [block.text.map(({ text }) => text).join("")];
    case "facts":
      return block.facts.map(({ label, value }) => `${label}: ${value.map(({ text }) => text).join("")}`);
    case "list":
      return block.items.map((item) => item.map(({ text }) => text).join(""));
    case "code":
      return [block.text];
    case "rule":
      return [];
  }
}

/** Every line of a reply, as letters and digits. */
function linesOf(reply: Reply): string[] {
  return reply.cards
    .flatMap(({ heading = [], blocks }) => [
      heading.map(({ text }) => text).join(""),
      ...blocks.flatMap(blockTexts),
    ])
    .map(lettersOf)
    .filter((line) => line !== "");
}

function linksOf(reply: Reply): string[] {
  const headings = reply.cards.flatMap(({ heading = [] }) => heading);
  return headings.flatMap((span) => (span.kind === "link" ? [span.url] : []));
}

function expectSeen(reply: Reply, seen: Seen): void {
  const words = lettersOf(seen.words);
  expect(linesOf(reply).filter((line) => !words.includes(line))).toEqual([]);
  expect(linksOf(reply).filter((url) => !seen.links.includes(url))).toEqual([]);
  const listed = reply.cards.filter(({ heading }) => heading !== undefined).length > 1;
  const labels = reply.cards.flatMap(({ heading, buttons }) =>
    listed && heading !== undefined ? buttons.slice(0, 1) : buttons,
  );
  expect(labels.map(({ label }) => label).filter((label) => !seen.buttons.includes(label))).toEqual([]);
}

const CALLS: readonly [command: string, args: Readonly<Record<string, string>>][] = [
  ["search", { query: "curriculum learning" }],
  ["search", { query: "pretraining after:2024", sort: "newest" }],
  ["search", { query: "nonexistentword" }],
  ["search", { query: "vision", after: "soonish" }],
  ["similar", { papers: "FastDINOv2" }],
  ["show", { paper: "FastDINOv2" }],
  ["show", { paper: "https://arxiv.org/abs/9999.00001" }],
  ["cite", { paper: "FastDINOv2" }],
  ["random", {}],
  ["about", {}],
  ["help", {}],
  ["help", { command: "search" }],
  ["digest list", {}],
  ["digest preview", { topics: "dinov2" }],
];

/** What every platform holds: the same calls give the same content, whoever shows it. */
export function platformContract(name: string, open: () => Promise<Conversation>): void {
  const asker = { platform: "contract", user: "someone", place: { platform: "contract", channel: "c" } };
  const expected = async (ask: (bot: Bot) => Promise<Reply>): Promise<Reply> =>
    ask((await createSeedBot()).bot);

  describe(`what ${name} shows`, () => {
    it.each(CALLS)("is all that the bot answers to %s %o", async (command, args) => {
      const reply = await expected((bot) => bot.handle({ command, args, caller: asker }));
      expectSeen(reply, await (await open()).command(command, args));
    });

    it("is all that the bot answers to a mention", async () => {
      const text = "papers like FastDINOv2?";
      expectSeen(await expected((bot) => bot.handleLine(text, asker)), await (await open()).mention(text));
    });

    it("is all that the bot answers about a message", async () => {
      const text =
        "Look at “Tiny language models” and at FastDINOv2: Frequency Based Curriculum Learning Improves Robustness and Training Speed";
      expectSeen(
        await expected((bot) => bot.handleMessage(text, asker)),
        await (await open()).shortcut(text),
      );
    });
  });
}
