import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSeedPapers } from "../support/seed-index.ts";
import { makeQuestions } from "./questions.ts";
import { percentile, rounded } from "./statistics.ts";

const papers = await readSeedPapers();

describe("the questions of the benchmark", () => {
  it("are the same for the same seed, and others for another", () => {
    expect(makeQuestions(papers, 1)).toEqual(makeQuestions(papers, 1));
    expect(makeQuestions(papers, 1)).not.toEqual(makeQuestions(papers, 2));
  });

  it("are as many as stated, and none is empty", () => {
    const { searches, similar, beginnings } = makeQuestions(papers, 1);
    expect([searches.length, similar.length, beginnings.length]).toEqual([198, 100, 300]);
    expect([...searches, ...beginnings].filter((text) => text.trim() === "")).toEqual([]);
  });
});

describe("a percentile", () => {
  it("is one of the values, with the stated share of them at or below it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true }), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const found = percentile(values, share);
          expect(values).toContain(found);
          expect(values.filter((value) => value <= found).length / values.length).toBeGreaterThanOrEqual(
            share - 1e-12,
          );
        },
      ),
    );
    expect([percentile([], 0.5), percentile([3, 1, 2], 0.5), rounded(1234.5)]).toEqual([0, 2, 1230]);
  });
});
