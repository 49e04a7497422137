import { allMatching } from "../../src/search/matches.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseQuery } from "../../src/search/query/parse-query.ts";
import { wordsQuery } from "../../src/search/query/search-query.ts";
import { createSeedIndex } from "../support/seed-index.ts";

const index = await createSeedIndex();
const now = new Date("2026-11-21T12:00:00Z");

describe("all papers that match a query", () => {
  it("are those of a search that have all the words, and as many", async () => {
    const piece = fc.constantFrom(
      "curriculum",
      "learning",
      "language",
      "models",
      "vision",
      "-survey",
      "RL",
      "robt",
      "after:2023",
      '"pre training"',
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(piece, { minLength: 1, maxLength: 4 }), async (pieces) => {
        const parsed = parseQuery(["data", ...pieces].join(" "), now);
        if (parsed.kind !== "search") return;
        const found = await index.search(parsed.query, { offset: 0, limit: 600 });
        const complete = found.hits
          .filter(({ missing }) => missing.length === 0)
          .map(({ paper }) => paper.id);
        const matching = await allMatching(index, parsed.query);
        expect(matching.map(({ id }) => id).toSorted()).toEqual(complete.toSorted());
        expect(matching.every(({ score }) => score > 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("are all papers where a query has no words, less those that its conditions leave out, with score 0", async () => {
    const all = await allMatching(index, wordsQuery(""));
    expect(all.length).toBe(await index.size());
    expect(all.every(({ score }) => score === 0)).toBe(true);
    const dated = await allMatching(index, { ...wordsQuery(""), excluded: ["survey"] });
    expect(dated.length).toBeLessThan(all.length);
    expect(dated.length).toBeGreaterThan(0);
  });
});
