import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreFolder } from "./judged-set.ts";
import { measure } from "./metrics.ts";

const seed = fileURLToPath(new URL("seed/", import.meta.url));

/**
 * nDCG@10 that the default configuration must reach on the bundled judgements. A change that loses a point here has
 * made answers worse.
 */
const FLOOR: Readonly<Record<string, number>> = {
  topic: 0.85,
  question: 0.62,
  variant: 0.75,
  typo: 0.84,
  acronym: 0.88,
  paraphrase: 0.3,
  known: 0.95,
  noisy: 0.75,
  similar: 0.7,
};

/** The mean over all queries but those of the kind "similar". */
const SEARCH_FLOOR = 0.79;

/** The same for the second set, of which most searches have none of the words of the papers they mean. */
const FLOOR_2: Readonly<Record<string, number>> = {
  paraphrase: 0.2,
  question: 0.59,
  topic: 0.62,
  similar: 0.77,
};

describe("ranking on the seed judgements", () => {
  it("by meaning too stays above its floor where the words are others", async () => {
    const scores = await scoreFolder(fileURLToPath(new URL("seed2/", import.meta.url)));
    const reached = new Map(scores.map(({ kind, ndcg10 }) => [kind, ndcg10]));
    const below = Object.entries(FLOOR_2).filter(([kind, floor]) => !((reached.get(kind) ?? 0) >= floor));
    expect(below.map(([kind, floor]) => `${kind}: ${reached.get(kind)} is below ${floor}`)).toEqual([]);
    expect(scores[0]?.queries).toBe(57);
  });

  it("stays above its floor for every kind of query", async () => {
    const scores = await scoreFolder(seed);
    const reached = Object.fromEntries(scores.map(({ kind, ndcg10 }) => [kind, ndcg10]));
    const below = Object.entries(FLOOR).filter(([kind, floor]) => !((reached[kind] ?? 0) >= floor));
    expect(below.map(([kind, floor]) => `${kind}: ${reached[kind]} is below ${floor}`)).toEqual([]);
    const searches = scores.filter(({ kind }) => kind !== "all" && kind !== "similar");
    const queries = searches.reduce((sum, one) => sum + one.queries, 0);
    expect(searches.reduce((sum, one) => sum + one.ndcg10 * one.queries, 0) / queries).toBeGreaterThanOrEqual(
      SEARCH_FLOOR,
    );
    expect(queries).toBe(36);
  });
});

describe("the measures", () => {
  it("are those of a list that is worked out by hand", () => {
    const judged = new Map([
      ["a", 3],
      ["b", 1],
      ["c", 0],
    ]);
    const { ndcg10, recall10, recall100, mrr10 } = measure(["c", "b", "a"], judged);
    expect(ndcg10).toBeCloseTo((1 / Math.log2(3) + 7 / 2) / (7 + 1 / Math.log2(3)), 12);
    expect([recall10, recall100, mrr10]).toEqual([1, 1, 0.5]);
    expect(measure(["x"], judged)).toEqual({ ndcg10: 0, recall10: 0, recall100: 0, mrr10: 0 });
  });

  it("lie between 0 and 1, and are 1 for the ideal order only", () => {
    const judged = fc.uniqueArray(fc.record({ id: fc.string(), grade: fc.nat(3) }), {
      selector: ({ id }) => id,
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(judged, (documents) => {
        const judgements = new Map(documents.map(({ id, grade }) => [id, grade]));
        const ideal = documents.toSorted((a, b) => b.grade - a.grade).map(({ id }) => id);
        const best = measure(ideal, judgements).ndcg10;
        expect(best === 0 || Math.abs(best - 1) < 1e-12).toBe(true);
        expect(
          measure(
            documents.map(({ id }) => id),
            judgements,
          ).ndcg10,
        ).toBeLessThanOrEqual(best + 1e-12);
      }),
    );
  });
});
