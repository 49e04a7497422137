import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { titlePaperId } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { textOfLine } from "../../src/search/embedded/papers/line-text.ts";

/** Texts that look like the JSON in which they stand. */
const piece = fc.constantFrom(
  '"',
  "\\",
  ',"title":"',
  ',"abstract":"',
  "}",
  "\n",
  "é",
  "𝛼",
  "a word",
  "\u0001",
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
const paper = fc
  .record({ title: text, abstract: fc.option(text), words: text, name: text, container: fc.option(text) })
  .map(({ title, abstract, words, name, container }): Paper => ({
    id: titlePaperId(title),
    title,
    ...(container === null ? {} : { containerTitle: container }),
    authors: { kind: "named", names: [name, ',"abstract":"none"'] },
    status: { kind: "withdrawn", words },
    ...(abstract === null ? {} : { abstract }),
    listedOn: [words],
    origins: [{ kind: "file", listedOn: words, facts: ["title", "abstract"] }],
  }));

describe("the line of a paper", () => {
  it("has the title and the abstract of the paper, whatever stands in them and beside them", () => {
    fc.assert(
      fc.property(paper, (one) => {
        const { title, abstract } = textOfLine(`${JSON.stringify(one)}\n`);
        expect(title).toBe(one.title);
        expect(abstract).toBe(one.abstract);
      }),
      { numRuns: 500 },
    );
  });
});
