import { describe, expect, it } from "vitest";
import type { Listing } from "../../src/corpus/paper.ts";
import { openLibrary } from "../../src/library/library.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { caller, createTestBot } from "../support/seed-bot.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A hundred papers of each month of a year, of which more and more are of wombats. */
const papers = (): Listing[] =>
  Array.from({ length: 1200 }, (_none, i) => {
    const month = (i % 12) + 1;
    const about = Math.floor(i / 12) < month ? "burrowing wombats" : "quiet numbats";
    const date = `2025-${String(month).padStart(2, "0")}`;
    return { title: `On ${about}, number ${i}`, date, listedOn: "a.bib" } as unknown as Listing;
  });

async function setUp(listings = papers()) {
  const folders = { pages: await temporaryFolder(), state: await temporaryFolder() };
  const library = await openLibrary(folders, collectingLog().log);
  await library.take(listings);
  const { bot } = createTestBot(library);
  const trend = (words: string, more: Readonly<Record<string, string>> = {}) =>
    bot.handle({ command: "trend", args: { words, ...more }, caller });
  return { bot, trend };
}

describe("a trend", () => {
  it("tells how often topics come up in each month, as shares, and in a picture", async () => {
    const { trend } = await setUp();
    const reply = await trend("wombats, quiet numbats, nobody wrote this");
    expect(reply.summary).toContain("“wombats”: in 78 of 1");
    expect(reply.data).toMatchObject([
      { topic: "wombats", per: "month", total: 78 },
      { topic: "quiet numbats", total: 1122 },
      { topic: "nobody wrote this", total: 0 },
    ]);
    const [first] = reply.data as { spans: { name: string; papers: number; matching: number }[] }[];
    expect(
      first?.spans
        .filter(({ name }) => name >= "2025-02" && name <= "2025-04")
        .map(({ matching }) => matching),
    ).toEqual([2, 3, 4]);
    expect(reply.picture).toMatchObject({
      name: "trend",
      alt: expect.stringContaining("“wombats”: in 78 of"),
    });
    expect(
      reply.cards[0]?.buttons.map((button) => button.kind === "run" && button.run.args["query"]),
    ).toContain("wombats");
  });

  it("is counted by years where that is asked for, and its words may be a phrase or a condition", async () => {
    const { trend } = await setUp();
    const [phrase, apart] = (await trend('"wombats burrowing", wombats burrowing', { per: "year" })).data;
    expect([phrase?.["total"], apart?.["total"], apart?.["per"]]).toEqual([0, 78, "year"]);
  });

  it.each([
    ["a, b, c, d, e, f", "These are 6 topics; at most 5 are shown at once"],
    [" , ", "The trend of what?"],
    ["the", "“the” has no word to look for"],
    ["x".repeat(101), "has 101 characters; a topic has at most 100"],
    ["arxiv:1706.03762", "names one paper"],
  ])("of “%s” is a mistake that is told", async (words, said) => {
    const reply = await (await setUp()).trend(words);
    expect([reply.tone, reply.summary]).toEqual(["mistake", expect.stringContaining(said)]);
  });

  it("of a word that no paper has says so, and which word is near", async () => {
    const { trend } = await setUp();
    const said = JSON.stringify((await trend("wombast, numbats")).cards);
    expect(said).toContain("No paper has “wombast”. Did you mean “wombats”?");
  });

  it("is asked for in a line of a chat, unless papers have these words beside each other", async () => {
    const { bot } = await setUp();
    expect((await bot.handleLine("trend wombats per:year", caller)).data[0]).toMatchObject({
      topic: "wombats",
      per: "year",
    });
    const { bot: other } = await setUp([{ title: "Trend analysis of burrows", listedOn: "a.bib" }]);
    expect((await other.handleLine("trend analysis of burrows", caller)).data[0]).toMatchObject({
      title: "Trend analysis of burrows",
    });
  });
});
