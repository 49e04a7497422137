import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { segmentSentences } from "../../src/search/text/sentences.ts";
import { findWords, MAX_WORD } from "../../src/search/text/words.ts";
import { readSeedPapers } from "../support/seed-index.ts";

const abstracts = (await readSeedPapers()).map(({ abstract = "" }) => abstract);
const characters = fc.constantFrom(...Array.from("aZ0 .!?,;:-_'\"()[]\n\r\t\f\u0000\u001f%$/Be.. "));
const made = fc.array(characters, { maxLength: 40 }).map((list) => list.join(""));
const any = fc.oneof(made, fc.constantFrom(...abstracts), fc.string({ unit: "binary-ascii" }), fc.string());

const WORD = /[\p{L}\p{N}\p{M}]+(?:[-_'’‐‑][\p{L}\p{N}\p{M}]+)*/gu;

describe("a text of ASCII, which is read by hand", () => {
  it("has the words that the rule for all texts finds in it", () => {
    fc.assert(
      fc.property(any, (text) => {
        const expected = Array.from(text.matchAll(WORD), ([raw]) => raw).filter(
          (raw) => raw.length <= MAX_WORD,
        );
        const found = [...findWords(text)];
        expect(found.map(({ raw }) => raw)).toEqual(expected);
        for (const { raw, start, end } of found) expect(text.slice(start, end)).toBe(raw);
      }),
      { numRuns: 2000 },
    );
  });

  it("has the sentences that Unicode's rules find in it", () => {
    const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
    fc.assert(
      fc.property(any, (text) => {
        expect(segmentSentences(text)).toEqual(Array.from(segmenter.segment(text), ({ segment }) => segment));
      }),
      { numRuns: 5000 },
    );
  });
});
