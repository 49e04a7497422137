import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { makePayload } from "../../adapters/discord/drawing/payload.ts";
import { makeMessage } from "../../adapters/slack/drawing/payload.ts";
import type { ArxivId, Listing } from "../../src/corpus/paper.ts";
import type { PartialDate } from "../../src/corpus/partial-date.ts";
import type { Reply } from "../../src/bot/reply.ts";
import { recordsOf } from "../fakes/discord/json.ts";
import { caller, createSeedBot, replyText } from "../support/seed-bot.ts";
import { openTestStore } from "../support/test-store.ts";
import type { Part } from "./parts.ts";
import { phoneLines } from "./parts.ts";
import { readDiscord } from "./read-discord.ts";
import { readSlack } from "./read-slack.ts";

/** Lines of a phone's screen. */
const SCREEN = 38;

/** The judged queries that are typed as words. */
async function judgedQueries(): Promise<string[]> {
  const file = await readFile(new URL("../relevance/seed/queries.jsonl", import.meta.url), "utf8");
  return file
    .trim()
    .split("\n")
    .flatMap((line) => (JSON.parse(line) as { text?: string }).text ?? []);
}

/** What both platforms draw of a reply, once it went through JSON. */
async function drawnBy(reply: Reply): Promise<Record<"discord" | "slack", Part[]>> {
  const { buttons } = await openTestStore();
  const showing = { share: { command: "search", args: { query: reply.summary } } };
  const sent = (value: unknown) => recordsOf(JSON.parse(JSON.stringify(value)));
  return {
    discord: readDiscord(sent((await makePayload(reply, buttons, showing)).components)),
    slack: readSlack(sent((await makeMessage(reply, buttons, showing)).blocks)),
  };
}

describe("a list of five on a phone", () => {
  it("takes two screens at the most for every judged query, and says nothing of what is not known", async () => {
    const { bot } = await createSeedBot();
    const queries = await judgedQueries();
    const tooLong: string[] = [];
    for (const query of queries) {
      const reply = await bot.handle({ command: "search", args: { query }, caller });
      expect(replyText(reply)).not.toMatch(/not stated|\bId:|\btitle:/);
      for (const [platform, parts] of Object.entries(await drawnBy(reply))) {
        const lines = phoneLines(parts);
        if (lines > 2 * SCREEN) tooLong.push(`${platform}: ${lines} lines for ${query}`);
      }
    }
    expect(queries.length).toBeGreaterThan(30);
    expect(tooLong).toEqual([]);
  });
});

/** Papers of which all is known. */
const known = Array.from({ length: 5 }, (_, i): Listing => ({
  title: `Curriculum Learning of Wombats ${i}: How the Order of Examples Shapes What They Keep`,
  arxivId: `2507.1000${i}` as ArxivId,
  date: "2025-07-20" as PartialDate,
  abstract: `${"We say a good deal before we come to it, and ".repeat(6)}then a curriculum orders what wombats learn, ${"which is explained at length ".repeat(6)}.`,
  authors: { kind: "named", names: ["Anna Oberhuber", "B Two", "C Three", "D Four"] },
  organisation: { name: "University of Woolloomooloo" },
  comments: 12,
  upvotes: { count: 120, readAt: "2026-03-06T12:00:00.000Z" },
  listedOn: "a file",
}));

describe("a list of papers of which all is known", () => {
  it("leads each hit with year, organisation and first author, and takes two screens at the most", async () => {
    const { bot, library } = await createSeedBot();
    await library.take(known);
    for (const [more, line] of [
      ["", /^2025 · University of Woolloomooloo · Anna Oberhuber and 3 others$/],
      [" sort:discussed", /^20 July 2025 · .* and 3 others · 12 comments · 120 votes$/],
    ] as const) {
      const query = `curriculum wombats zebra${more}`;
      const reply = await bot.handle({ command: "search", args: { query }, caller });
      const hits = reply.cards.filter(({ heading }) => heading?.[1]?.text.includes("Wombats"));
      expect(hits).toHaveLength(5);
      for (const { blocks } of hits) {
        const [facts, snippet] = blocks.map((block) => (block.kind === "prose" ? block.text : []));
        expect(facts?.map(({ text }) => text).join("")).toMatch(line);
        expect(snippet).toContainEqual({ kind: "strong", text: "wombats" });
      }
      const drawn = await drawnBy(reply);
      expect(Math.max(phoneLines(drawn.discord), phoneLines(drawn.slack))).toBeLessThanOrEqual(2 * SCREEN);
    }
  });
});

describe("lines on a phone", () => {
  const text = (words: string, beside?: string): Part => ({
    kind: "text",
    lines: [{ size: "body", pieces: [{ text: words, looks: [] }] }],
    ...(beside === undefined ? {} : { beside }),
  });

  it.each<[Part, number]>([
    [text("word ".repeat(8).trim()), 1],
    [text("word ".repeat(9).trim()), 2],
    [text("word ".repeat(6).trim(), "Details"), 2],
    [text("w".repeat(81)), 3],
    [text("short", "Details"), 2],
    [{ kind: "menu", label: "Similar" }, 2],
  ])("are counted by words, fewer beside a button", (part, lines) => {
    expect(phoneLines([part])).toBe(lines);
  });
});
