import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Narrowing } from "../../src/search/query/edit-query.ts";
import { narrowed, widened } from "../../src/search/query/edit-query.ts";
import { parseQuery } from "../../src/search/query/parse-query.ts";

const NOW = new Date("2026-11-30T12:00:00Z");

/** What a query says, but for the operators themselves; undefined for one that says nothing. */
const read = (text: string) => (text === "" ? undefined : parseQuery(text, NOW));

describe("a query", () => {
  it("is narrowed down by its own operators, and widened again", () => {
    expect(narrowed("diffusion", "year", "2024")).toBe("since:2024 before:2025 diffusion");
    expect(narrowed('since:"3 months ago" diffusion', "year", "2024")).toBe(
      "since:2024 before:2025 diffusion",
    );
    expect(narrowed('deep "image models', "organisation", "Bell “Labs”")).toBe(
      'org:"Bell Labs" deep "image models',
    );
    expect(widened("org:nvidia diffusion org:meta", "organisation", "NVIDIA")).toBe("diffusion org:meta");
    expect(widened('source:"Hugging Face"', "source", "hugging face")).toBe("");
    expect(widened("after:june 2020 before:2021 x", "year", "2020")).toBe("x");
  });

  const piece = fc.constantFrom(
    "curriculum",
    "learning",
    '"a phrase"',
    "-survey",
    "org:nvidia",
    'source:"Hugging Face"',
    "since:2020",
    "before:2024",
    "author:bengio",
    "sort:newest",
    '"open',
    "“curly”",
    "–dash",
  );
  const by = fc.constantFrom<Narrowing>("year", "organisation", "source");
  const texts = fc.uniqueArray(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(" "));

  it("says the same after it was narrowed down and widened as when it was widened alone", () => {
    const names = fc.oneof(
      fc.constantFrom("NVIDIA", "Hugging Face", "re“fs”.bib"),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(texts, by, names, fc.integer({ min: 1990, max: 2030 }), (text, narrowing, name, year) => {
        const value = narrowing === "year" ? String(year) : name.replace(/["“”„«»]/g, "").trim();
        fc.pre(value !== "");
        const narrow = narrowed(text, narrowing, value);
        const there = parseQuery(narrow, NOW);
        expect(JSON.stringify(there)).toContain(JSON.stringify(value).slice(1, -1));
        expect(read(widened(narrow, narrowing, value))).toEqual(read(widened(text, narrowing, value)));
      }),
    );
  });
});
