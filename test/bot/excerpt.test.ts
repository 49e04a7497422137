import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpt } from "../../src/bot/cards/excerpt.ts";
import type { Range, Snippet } from "../../src/search/paper-index.ts";

/** A text whose words in capitals are marked. */
function marked(text: string): Snippet {
  return {
    text,
    marks: Array.from(text.matchAll(/\p{Lu}+/gu), ({ index, 0: word }): Range => [
      index,
      index + word.length,
    ]),
  };
}

const shown = (snippet: Snippet, length: number): string =>
  excerpt(snippet, length)
    .map(({ kind, text }) => (kind === "strong" ? `*${text}*` : text))
    .join("");

describe("an excerpt", () => {
  it("is the whole of a short text", () => {
    expect(shown(marked("we train MODELS here"), 20)).toBe("we train *MODELS* here");
  });

  it("is the part with the most of the marked words, not with the first of them", () => {
    const text = `one MODEL ${"of this and that kind ".repeat(8)}learns by a CURRICULUM for VISION and more, as was said`;
    expect(shown(marked(text), 70)).toBe(
      "… and that kind learns by a *CURRICULUM* for *VISION* and more, as was said",
    );
    expect(shown(marked(text), 40)).toBe("… learns by a *CURRICULUM* for *VISION* and …");
  });

  it("counts a word that is said again once", () => {
    const text = `DATA and DATA and DATA ${"of this and that kind ".repeat(8)}some DATA for TESTS`;
    expect(shown(marked(text), 40)).toMatch(/\*DATA\* for \*TESTS\*$/);
  });

  it("is a part of the text, no longer than allowed, with its marks where they were, and cuts no character", () => {
    const word = fc.oneof(
      fc.constantFrom("a", "of", "MARK", "WORDS", "learning", "𝔘𝔫𝔦", "漢字漢字漢字"),
      fc.string({ unit: "grapheme", minLength: 1 }),
    );
    const texts = fc.array(word, { minLength: 1, maxLength: 60 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(texts, fc.integer({ min: 40, max: 160 }), (text, length) => {
        const snippet = marked(text);
        const spans = excerpt(snippet, length);
        const inside = spans
          .map((span) => span.text)
          .join("")
          .replace(/^… (?=.)/su, "")
          .replace(/(?<=.) …$/su, "");
        const part = text.length <= length ? text : inside;
        expect(text).toContain(part);
        expect(part.length).toBeLessThanOrEqual(length);
        expect(Buffer.from(part).toString()).toBe(part);
        const strong = spans.filter(({ kind }) => kind === "strong");
        expect(strong.every((span) => /^\p{Lu}+$/u.test(span.text))).toBe(true);
        expect(strong.length > 0).toBe(snippet.marks.length > 0);
      }),
    );
  });
});
