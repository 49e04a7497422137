import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { rankPlainly } from "./plain-ranking.ts";

/** Words with stems of their own, of which no two make a third. */
const WORDS =
  "graph neural vision robot speech protein quantum galaxy market prison garden violin copper desert winter planet".split(
    " ",
  );
/** Common words are drawn more often, as in texts. */
const word = fc.nat(WORDS.length * WORDS.length - 1).map((n) => WORDS[Math.floor(Math.sqrt(n))] ?? "graph");
const text = (most: number) =>
  fc.array(word, { minLength: 1, maxLength: most }).map((words) => words.join(" "));
const paper = fc
  .record({ title: text(5), abstract: fc.option(text(30)), withdrawn: fc.nat(19).map((n) => n === 0) })
  .map(({ title, abstract, withdrawn }) => ({
    title,
    ...(abstract === null ? {} : { abstract }),
    ...(withdrawn ? { status: { kind: "withdrawn", words: "withdrawn" } as const } : {}),
  }));
const corpus = fc.array(paper, { minLength: 1, maxLength: 60 }).map((papers) =>
  papers.map((one, i): Paper => ({
    ...one,
    id: titlePaperId(`paper number ${i}`),
    listedOn: ["test"],
    origins: [],
  })),
);
/** Hundreds of papers, more than feedback scores anew. */
const large = fc.tuple(corpus, fc.integer({ min: 250, max: 400 })).map(([papers, size]) =>
  Array.from({ length: size }, (_, i): Paper => {
    const one = papers[i % papers.length] as Paper;
    return {
      ...one,
      abstract: `${one.abstract ?? ""} ${WORDS[(i * 7) % 16]}`,
      id: titlePaperId(`copy number ${i}`),
    };
  }),
);

/** Scores with their papers, the best first; where the order of sums could decide, by id. */
const told = (hits: readonly { readonly paper: Paper; readonly score: number }[]): string[] =>
  hits
    .map(({ paper: { id }, score }) => ({ id, score: score.toFixed(6) }))
    .toSorted((a, b) => Number(b.score) - Number(a.score) || (a.id < b.id ? -1 : 1))
    .map(({ id, score }) => `${score} ${id}`);

async function compare(papers: readonly Paper[], query: string): Promise<void> {
  const texts = papers.map(({ title, abstract = "" }) => `${title} ${abstract}`).join(" ");
  // What stands for a word that no paper has is another matter.
  fc.pre(query.split(" ").every((one) => texts.includes(one)));
  const index = createEmbeddedIndex();
  await index.add(papers);
  const expected = rankPlainly(papers, query);
  const { total, hits } = await index.search(wordsQuery(query), { offset: 0, limit: 1000 });
  expect(total).toBe(expected.length);
  expect(told(hits)).toEqual(told(expected));
}

describe("the ranking of an index", () => {
  it("is that of a plain one, which scores every paper for every word", async () => {
    await fc.assert(fc.asyncProperty(corpus, text(6), compare), { numRuns: 150 });
  });

  it("is that of a plain one where more papers are found than feedback scores anew", async () => {
    await fc.assert(fc.asyncProperty(large, text(5), compare), { numRuns: 15 });
  });
});
