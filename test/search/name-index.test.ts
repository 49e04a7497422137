import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createNameIndex } from "../../src/search/names/name-index.ts";

const index = createNameIndex([
  { name: "NVIDIA", count: 12, also: ["nvidia"] },
  { name: "Google DeepMind", count: 30 },
  { name: "Deep Cognition", count: 2 },
  { name: "Universität Tübingen", count: 1 },
  { name: "AI2", also: ["allenai"] },
]);
const first = (typed: string): string | undefined => index.complete(typed, 5)[0];

describe("an index of names", () => {
  it("finds them by a beginning, with a slip, without accents, and by their other words", () => {
    expect(first("nvi")).toBe("NVIDIA");
    expect(first("nvidai")).toBe("NVIDIA");
    expect(first("deepmind goog")).toBe("Google DeepMind");
    expect(first("tubing")).toBe("Universität Tübingen");
    expect(first("allen")).toBe("AI2");
  });

  it("has every word that was typed in what it finds", () => {
    expect(index.complete("google cognition", 5)).toEqual([]);
    expect(index.complete("xyz", 5)).toEqual([]);
  });

  it("gives the more frequent first where names fit alike, and where nothing is typed", () => {
    expect(createNameIndex([{ name: "lab one" }, { name: "lab two", count: 9 }]).complete("lab", 5)).toEqual([
      "lab two",
      "lab one",
    ]);
    expect(index.complete("", 2)).toEqual(["Google DeepMind", "NVIDIA"]);
  });

  it("never throws or gives more than was asked for, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), fc.nat(10), (typed, limit) => {
        expect(index.complete(typed, limit).length).toBeLessThanOrEqual(limit);
      }),
    );
  });
});
