import { allMatching } from "../../src/search/matches.ts";
import fc from "fast-check";
import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { Paper, PaperId } from "../../src/corpus/paper.ts";
import { openLibrary } from "../../src/library/library.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { noIndexWork } from "../../src/search/embedded/pace.ts";
import { MAX_UNKNOWN } from "../../src/search/embedded/query/unknown-word.ts";
import { SLICE } from "../../src/turns.ts";
import { TEXT_BUDGET } from "../../src/search/embedded/ranking/sift.ts";
import { MAX_CONDITIONS, MAX_QUERY_LENGTH, parseQuery } from "../../src/search/query/parse-query.ts";
import type { Hit } from "../../src/search/paper-index.ts";
import type { SearchQuery } from "../../src/search/query/search-query.ts";
import { findWords, withoutUrls } from "../../src/search/text/words.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { caller, createTestBot, replyText } from "../support/seed-bot.ts";
import { readSeedPapers } from "../support/seed-index.ts";
import { pagesFolder } from "../support/seed-pages.ts";

const papers = await readSeedPapers();
const work = noIndexWork();
const index = createEmbeddedIndex(undefined, { work });
await index.add(papers);
const now = new Date("2026-11-21T12:00:00Z");

const asked = (await readFile(new URL("../relevance/seed/queries.jsonl", import.meta.url), "utf8"))
  .trim()
  .split("\n")
  .map((line) => (JSON.parse(line) as { text?: string }).text ?? "")
  .filter((text) => text !== "");

const read = (text: string): { query: SearchQuery; leftOut: readonly string[] } => {
  const parsed = parseQuery(text, now);
  if (parsed.kind !== "search") throw new Error(`${text} is a reference`);
  return { query: parsed.query, leftOut: parsed.leftOut ?? [] };
};

const word = fc.constantFrom(
  ..."model models learning data the of pre-training state-of-the-art GPT-4 it's neural network zqxvk".split(
    " ",
  ),
);
const words = fc.array(word, { minLength: 1, maxLength: 5 }).map((list) => list.join(" "));
const part = fc.oneof(
  word,
  words.map((text) => `"${text}"`),
  words.map((text) => `-"${text}"`),
  word.map((text) => `-${text}`),
  word.map((text) => `author:${text}`),
  word.map((text) => `org:${text}`),
);
const written = fc.array(part, { minLength: 1, maxLength: 200 }).map((parts) => parts.join(" "));
const repeated = fc
  .tuple(part, fc.integer({ min: 1, max: 300 }))
  .map(([one, times]) => Array.from({ length: times }, () => one).join(" "));
/** The words of the papers, those that most papers have first. */
const vocabulary = (() => {
  const frequencies = new Map<string, number>();
  for (const { title, abstract = "" } of papers)
    for (const one of new Set(`${title} ${abstract}`.toLowerCase().match(/\p{L}{3,}/gu)))
      frequencies.set(one, (frequencies.get(one) ?? 0) + 1);
  return [...frequencies].toSorted(([, a], [, b]) => b - a).map(([one]) => one);
})();
const misspell = (text: string): string => `${text.slice(0, 3)}q${text.slice(4)}`;
/** Long lists of what costs most: common words, beginnings that stand for many words, and misspelt words. */
const dear = fc
  .tuple(
    fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text.slice(0, 3),
      misspell,
    ),
    fc.nat(vocabulary.length - 1),
    fc.constantFrom(" ", " -", " author:"),
  )
  .map(([form, start, between]) => [...new Set(vocabulary.slice(start).map(form))].join(between));
/** What people ask, and what the query language allows, mixed. */
const generated = fc
  .oneof(
    written,
    repeated,
    dear,
    fc.tuple(fc.constantFrom(...asked), written).map((two) => two.join(" ")),
  )
  .map((text) => text.slice(0, MAX_QUERY_LENGTH));

/**
 * What 50 ms stand for at 20,000 papers: 30 ms for texts (`TEXT_BUDGET`), and 20 for lists, that is 120 entries for each
 * paper at 8 ns, or for looking up 8 words and choosing the sentences of a page of hits. Measured on two cores of an Intel
 * Xeon with Node 20.20.2, November 2026.
 */
const ENTRIES_A_PAPER = 120;
/** The papers, each so many times. */
const copiesOf = (times: number): Paper[] =>
  papers.flatMap((paper) =>
    Array.from({ length: times }, (_, n) => ({ ...paper, id: `${paper.id}-${n}` as PaperId })),
  );

describe("the cost of a query", () => {
  it("is what 50 ms can stand for at 20,000 papers, for what people ask and for whatever else can be typed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...asked), generated, async (real, other) => {
        for (const text of [real, other]) {
          if (text.trim() === "" || parseQuery(text, now).kind !== "search") continue;
          Object.assign(work, noIndexWork());
          await index.search(read(text).query, { offset: 0, limit: 5 });
          expect(work.texts).toBeLessThanOrEqual(papers.length);
          expect(work.reading).toBeLessThanOrEqual(TEXT_BUDGET);
          expect(work.lookups).toBeLessThanOrEqual(MAX_UNKNOWN);
          expect(work.postings).toBeLessThanOrEqual(papers.length * ENTRIES_A_PAPER);
          expect(work.longest).toBeLessThan(2 * SLICE);
        }
      }),
    );
  });

  it("does not grow with a condition that is said again", async () => {
    const cost = async (text: string) => {
      Object.assign(work, noIndexWork());
      await index.search(read(text).query, { offset: 0, limit: 5 });
      return { ...work };
    };
    const once = await cost('"model" -"large model"');
    expect(once.texts).toBeGreaterThan(0);
    expect(await cost(Array.from({ length: 60 }, () => '"model" -"Large Model"').join(" "))).toEqual(once);
  });

  it("looks up equal words once and eight of those that no paper has, and says how many more there were", async () => {
    const cost = async (text: string) => {
      Object.assign(work, noIndexWork());
      const { corrections, unknown, notCompared } = await index.search(read(text).query, {
        offset: 0,
        limit: 5,
      });
      return { lookups: work.lookups, told: corrections.length + unknown.length, notCompared };
    };
    expect(await cost("lerning ".repeat(100))).toEqual({ lookups: 1, told: 1, notCompared: 0 });
    const nonsense = Array.from({ length: 12 }, (_, i) => `zq${"bcdfghjklmnp"[i] ?? ""}xvk`).join(" ");
    expect(await cost(nonsense)).toEqual({ lookups: 8, told: 12, notCompared: 4 });
    const library = await openLibrary(
      { pages: pagesFolder, state: "/dev/null/nowhere" },
      collectingLog().log,
    );
    const { bot } = createTestBot({ ...library, index });
    const reply = await bot.handleLine(`search learning ${nonsense}`, caller);
    expect(replyText(reply)).toContain("The last 4 words of these were not compared with similar ones.");
  });

  it("reads no text where a phrase has a word that no paper has, nor those of papers without its words", async () => {
    Object.assign(work, noIndexWork());
    await index.search(read('"model zqxvkj"').query, { offset: 0, limit: 5 });
    expect(work.texts).toBe(0);
    await index.search(read('model "tiny language models"').query, { offset: 0, limit: 5 });
    expect(work.texts).toBeLessThan(papers.length / 4);
  });

  it("lets other work have its turn while texts are read", async () => {
    const many = createEmbeddedIndex();
    await many.add(copiesOf(8));
    let turns = 0;
    const count = (): void => {
      turns++;
      again = setImmediate(count);
    };
    let again = setImmediate(count);
    await many.search(read('"the"').query, { offset: 0, limit: 5 });
    await allMatching(many, read('-"of the"').query);
    clearImmediate(again);
    expect(turns).toBeGreaterThan(2);
  });
});

describe("a query whose phrases ask for more texts than are read for one answer", () => {
  const cost = noIndexWork();
  const large = createEmbeddedIndex(undefined, { work: cost });
  const common = ["of", "the", "a", "to", "in", "and"];
  /** Exclusions that no text has, of words that are in all of them. */
  const absent = common
    .flatMap((one) => common.map((other) => `-"${one} ${one} ${other} ${other}"`))
    .slice(0, MAX_CONDITIONS);
  const ids = (hits: readonly Hit[]) => hits.map(({ paper }) => paper.id);
  beforeAll(() => large.add(copiesOf(4)));

  it("reads those that come first in the answer, and counts the others", async () => {
    for (const rest of ["learning", "learning sort:newest", "sort:discussed learning models"]) {
      const plain = await large.search(read(rest).query, { offset: 0, limit: 100 });
      Object.assign(cost, noIndexWork());
      const found = await large.search(read(`${rest} ${absent.join(" ")}`).query, { offset: 0, limit: 100 });
      expect(ids(found.hits)).toEqual(ids(plain.hits));
      // More than the 200 papers that feedback ranks anew.
      expect(cost.texts).toBeGreaterThan(200);
      expect(found.unread).toBeGreaterThan(0);
      // The last text may be longer than what was left for it.
      expect(cost.reading).toBeLessThan(TEXT_BUDGET * 1.02);
      expect(cost.postings).toBeLessThan((await large.size()) * ENTRIES_A_PAPER);
      expect(cost.longest).toBeLessThan(2 * SLICE);
    }
  });

  it("shows no paper that has what it excludes, though not all were read", async () => {
    const excluded = [...absent.slice(1), '-"of the"'];
    const { hits, unread } = await large.search(read(`learning ${excluded.join(" ")}`).query, {
      offset: 0,
      limit: 100,
    });
    expect(unread).toBeGreaterThan(0);
    expect(hits.length).toBeGreaterThan(0);
    for (const { paper } of hits)
      expect(`${paper.title} | ${paper.abstract ?? ""}`.toLowerCase()).not.toMatch(/\bof the\b/);
  });

  it("counts as many papers found and not read as there are without its phrases", async () => {
    const plain = await large.search(read("learning").query, { offset: 0, limit: 1 });
    const { total, unread } = await large.search(read(`learning ${absent.join(" ")}`).query, {
      offset: 0,
      limit: 1,
    });
    expect(total + unread).toBe(plain.total);
  });

  it("is answered with the number of papers that were not read", async () => {
    const library = await openLibrary(
      { pages: pagesFolder, state: "/dev/null/nowhere" },
      collectingLog().log,
    );
    const { bot } = createTestBot({ ...library, index: large });
    const reply = await bot.handleLine(`search learning ${absent.join(" ")}`, caller);
    expect(replyText(reply)).toMatch(/so common that \d+ more papers that may match were not read\./);
  });

  it("reads all of them for a rule, which would be wrong in silence otherwise", async () => {
    const text = '-"of of the the"';
    const all = await allMatching(large, { ...read(`x ${text}`).query, text: "" });
    expect(all).toHaveLength(await large.size());
  });
});

describe("a phrase", () => {
  it("finds every paper in whose abstract its words stand together", async () => {
    const place = fc.tuple(fc.constantFrom(...papers), fc.nat(), fc.integer({ min: 1, max: 4 }));
    await fc.assert(
      fc.asyncProperty(place, async ([paper, start, length]) => {
        const abstract = withoutUrls(paper.abstract ?? "");
        const found = [...findWords(abstract)];
        fc.pre(found.length > length);
        const at = start % (found.length - length);
        const phrase = abstract.slice(found[at]?.start, found[at + length - 1]?.end);
        fc.pre(!/["“”„«»]/.test(phrase));
        const matches = await allMatching(index, { ...read("x").query, text: "", phrases: [phrase] });
        expect(matches.map((match) => match.id)).toContain(paper.id);
      }),
    );
  });
});

describe("a query of more conditions than one may have", () => {
  it("keeps the first of them and says which were left out", () => {
    const conditions = Array.from({ length: MAX_CONDITIONS + 2 }, (_, i) => `-"word ${i}"`);
    const { query, leftOut } = read(`learning ${conditions.join(" ")}`);
    expect(query.excluded).toHaveLength(MAX_CONDITIONS);
    expect(leftOut).toEqual(conditions.slice(MAX_CONDITIONS));
  });
});
