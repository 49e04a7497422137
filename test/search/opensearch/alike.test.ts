import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../../src/project-root.ts";
import { createEmbeddedIndex } from "../../../src/search/embedded/embedded-index.ts";
import { allMatching } from "../../../src/search/matches.ts";
import { createWordTable } from "../../../src/search/meaning/word-table.ts";
import type { Facet, PaperIndex } from "../../../src/search/paper-index.ts";
import { parseQuery } from "../../../src/search/query/parse-query.ts";
import { readSeedPapers } from "../../support/seed-index.ts";
import { emptyIndex, NO_NODE, nodeUrl, testEngine } from "./node.ts";

/** Queries of all kinds: words, questions, slips, abbreviations, phrases, conditions and orders. */
const QUERIES = [
  "curriculum learning",
  "LLM reasoning",
  "how do I train a small language model with little data?",
  "can you find me papers about diffusion models",
  "attnetion transformer",
  "selfsupervised vision",
  "pre training",
  "text to image",
  "DINOv2",
  "CLIP",
  "world models 2024",
  "the of",
  "xqzvbn",
  "photogr",
  '"large language models"',
  '"fine-tuning"',
  '"fine tuning" -vision',
  '-"language model" learning',
  "learning -survey",
  "author:wang",
  "learning author:li",
  "since:2024",
  "learning before:2025",
  "sort:newest",
  "learning sort:newest",
  "models sort:discussed",
  "RLHF alignment preference optimisation",
];

/** The first page and the second: further down, papers that are only near in meaning are found by other means. */
const OFFSETS = [0, 10];

describe.skipIf(nodeUrl === undefined)(
  `answers of OpenSearch and of the embedded engine (${NO_NODE})`,
  () => {
    const engine = testEngine({ shards: 2 });
    const table = createWordTable(path.join(projectRoot(), "data", "meaning"));
    const embedded = createEmbeddedIndex(undefined, { table });
    let apart: PaperIndex;
    beforeAll(async () => {
      const papers = await readSeedPapers();
      await embedded.add(papers);
      apart = await emptyIndex(engine, table);
      await apart.add(papers);
    }, 60_000);

    /** Equal counts come in any order. */
    const inOrder = (facets: readonly Facet[] = []): readonly Facet[] =>
      facets.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));

    /** What an index answers to a query: which papers in which order, why, and how many there are. */
    const answer = async (index: PaperIndex, typed: string, offset: number) => {
      const parsed = parseQuery(typed, new Date("2026-11-30"));
      if (parsed.kind !== "search") throw new Error(typed);
      const { hits, facets, complete, ...counts } = await index.search(parsed.query, {
        offset,
        limit: 10,
        facets: 20,
      });
      const shown = hits.map(({ paper, score, ...rest }) => ({
        id: paper.id,
        score: score.toFixed(6),
        ...rest,
      }));
      return {
        ...counts,
        // Without a word all papers have all of them, those too that are left out of an order.
        ...(parsed.query.text === "" ? {} : { complete }),
        shown,
        organisations: inOrder(facets?.organisations),
        sources: inOrder(facets?.sources),
      };
    };

    it.each(QUERIES)("to “%s” are the same papers, reasons and numbers", async (typed) => {
      for (const offset of OFFSETS)
        expect(await answer(apart, typed, offset)).toEqual(await answer(embedded, typed, offset));
    });

    it("to rules are the same papers", async () => {
      for (const typed of ["learning", '"language models"', "-survey x", "transformer -vision"]) {
        const parsed = parseQuery(typed, new Date("2026-11-30"));
        if (parsed.kind !== "search") throw new Error(typed);
        const ids = async (index: PaperIndex) =>
          (await allMatching(index, parsed.query)).map(({ id }) => id).toSorted();
        expect(await ids(apart)).toEqual(await ids(embedded));
      }
    });

    it("to what is like a paper are the same papers with the same reasons", async () => {
      const ids = (
        await allMatching(embedded, {
          text: "",
          phrases: [],
          excluded: [],
          organisations: [],
          authors: [],
          sources: [],
          sort: "relevance",
        })
      ).map(({ id }) => id);
      for (const [i, id] of ids.filter((_id, at) => at % 90 === 0).entries()) {
        const request = { like: [id], unlike: i % 2 === 0 ? [] : ids.slice(5, 6) };
        const of = async (index: PaperIndex) =>
          (await index.similar(request, { offset: 0, limit: 10 })).hits.map(({ paper, shared }) => ({
            id: paper.id,
            shared,
          }));
        expect(await of(apart)).toEqual(await of(embedded));
      }
    });

    it("to beginnings of titles are the same titles", async () => {
      for (const typed of ["dino", "curric", "language mod", "attnetion", "vision trans", "large"])
        expect(await apart.suggest(typed, 5)).toEqual(await embedded.suggest(typed, 5));
    });
  },
);
