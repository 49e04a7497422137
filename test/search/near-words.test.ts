import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createNearWords, editDistance } from "../../src/search/embedded/terms/near-words.ts";

/** The edits between two words by their definition (Levenshtein). */
function edits(a: string, b: string): number {
  if (a === "" || b === "") return Math.max(a.length, b.length);
  const [x, y] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return edits(x, y);
  return 1 + Math.min(edits(x, b), edits(a, y), edits(x, y));
}

const letters = fc.constantFrom("a", "b", "c", "z", "0", "é", "ß", "漢");
const word = fc.array(letters, { minLength: 1, maxLength: 7 }).map((list) => list.join(""));
const words = fc.uniqueArray(word, { maxLength: 40 });

describe("words near a misspelt one", () => {
  it("are all those with the fewest edits, and none with more than are allowed", () => {
    fc.assert(
      fc.property(words, word, fc.integer({ min: 1, max: 2 }), (list, asked, allowed) => {
        const near = createNearWords((number) => list[number] ?? "");
        list.forEach(near.add);
        const distances = list.map((one) => edits(one, asked));
        const smallest = Math.min(...distances);
        const expected = smallest > allowed ? [] : list.filter((_, i) => distances[i] === smallest);
        const found = near.nearest(asked, allowed);
        expect(found.map((one) => list[one.word] ?? "").toSorted()).toEqual(expected.toSorted());
        for (const { distance } of found) expect(distance).toBe(smallest);
      }),
      { numRuns: 300 },
    );
  });

  it("are compared by the edits of their definition, as far as these are allowed", () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 7 }), (a, b, allowed) => {
        expect(Math.min(editDistance(a, b, allowed), allowed + 1)).toBe(Math.min(edits(a, b), allowed + 1));
      }),
    );
  });
});

describe("words that begin with some letters", () => {
  it("are all that do", () => {
    fc.assert(
      fc.property(words, word, (list, start) => {
        fc.pre(start.length >= 2);
        const near = createNearWords((number) => list[number] ?? "");
        list.forEach(near.add);
        expect(near.beginning(start).map((number) => list[number])).toEqual(
          list.filter((one) => one.startsWith(start)),
        );
      }),
    );
  });
});
