import { beforeAll, describe, expect, it } from "vitest";
import type { Paper, PaperId } from "../../src/corpus/paper.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { noIndexWork } from "../../src/search/embedded/pace.ts";
import { SLICE } from "../../src/turns.ts";
import { readSeedPapers } from "../support/seed-index.ts";

const COPIES = 12;
/** Words that count of a text. */
const COUNTED = 16;

const work = noIndexWork();
const index = createEmbeddedIndex(undefined, { work });
let papers: Paper[] = [];
let titleWords: string[] = [];

beforeAll(async () => {
  const seeds = await readSeedPapers();
  papers = Array.from({ length: COPIES }, (_, copy) =>
    seeds.map((paper) => ({
      ...paper,
      abstract: "About it.",
      id: `${paper.id}-${copy}` as PaperId,
      title: `${paper.title} ${copy}`,
    })),
  ).flat();
  await index.add(papers);
  titleWords = [...new Set(seeds.flatMap(({ title }) => title.toLowerCase().match(/\p{L}{4,}/gu) ?? []))];
  await index.suggest("begin", 25);
});

const misspell = (word: string): string => `${word.slice(0, 2)}q${word.slice(3)}`;
/** Texts of one character up to thousands of words: common ones, beginnings of many, and misspelt ones. */
const texts = (): string[] =>
  [titleWords, titleWords.map((word) => word.slice(0, 3)), titleWords.map(misspell)].flatMap((words) =>
    [1, 2, 5, 40, 3000].map((count) => words.slice(0, count).join(" ")),
  );

describe("completing what somebody types", () => {
  it("costs so much at most, however long the text, and lets other work have its turn", async () => {
    for (const text of [...texts(), "learning ".repeat(500), "a", "q".repeat(5000)]) {
      Object.assign(work, noIndexWork());
      await index.suggest(text, 25);
      expect(work.lookups).toBeLessThanOrEqual(COUNTED);
      // For each word that counts, every title once in a list and once in a sum.
      expect(work.postings).toBeLessThan(COUNTED * papers.length * 30);
      expect(work.longest).toBeLessThan(2 * SLICE);
    }
  });

  it("goes by the last words of a long text", async () => {
    const last = titleWords.slice(20, 20 + COUNTED).join(" ");
    const long = `${titleWords.slice(100, 140).join(" ")} ${last}`;
    expect(await index.suggest(long, 25)).toEqual(await index.suggest(last, 25));
  });
});
