import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeListings } from "../../src/corpus/merging/catalogue.ts";
import type { Listing } from "../../src/corpus/paper.ts";
import { displayName, guessNameParts, namedInParts } from "../../src/corpus/names/person-name.ts";
import { parseStored } from "../../src/library/record/stored-line.ts";

const listing = (facts: Partial<Listing>): Listing => ({ title: "A Paper", listedOn: "a.bib", ...facts });

describe("what a citation needs of a paper", () => {
  it("is kept with its origin, and of two mentions the file's is believed of its publication", () => {
    const [paper] = mergeListings([
      listing({
        sourceKind: "arxiv",
        listedOn: "arXiv",
        type: "article",
        journalRef: "J. 1 (2)",
        arxivClass: "cs.CL",
      }),
      listing({
        type: "article-journal",
        containerTitle: "Journal",
        volume: "1",
        page: "1–9",
        doi: "10.1/x",
      }),
    ]);
    expect(paper).toMatchObject({
      type: "article-journal",
      containerTitle: "Journal",
      volume: "1",
      page: "1–9",
      doi: "10.1/x",
      journalRef: "J. 1 (2)",
      arxivClass: "cs.CL",
    });
    const kinds = paper?.origins.map(({ kind, facts }) => [kind, facts.includes("containerTitle")]);
    expect(kinds).toContainEqual(["file", true]);
  });

  it("keeps names in parts where another mention of the very same names gives them", () => {
    const parts = [{ family: "Berg", particle: "van der", given: "Jan" }];
    const named = namedInParts(parts);
    if (named === undefined) throw new Error("no names");
    const printed = { kind: "named", names: named.names } as const;
    for (const mentions of [
      [listing({ authors: printed, sourceKind: "arxiv" }), listing({ authors: named })],
      [listing({ authors: named }), listing({ authors: printed, sourceKind: "arxiv" })],
    ])
      expect(mergeListings(mentions)[0]?.authors).toEqual({
        kind: "named",
        names: ["Jan van der Berg"],
        parts,
      });
  });

  it("does not prefer a list of names that ends with “and others”", () => {
    const short = namedInParts([{ family: "One", given: "A." }], true);
    const long = { kind: "named", names: ["A. One", "B. Two"] } as const;
    if (short === undefined) throw new Error("no names");
    for (const authors of [
      [short, long],
      [long, short],
    ] as const)
      expect(mergeListings(authors.map((one) => listing({ authors: one })))[0]?.authors).toEqual(long);
  });

  it("hides a name and its parts together", () => {
    const authors = namedInParts([
      { family: "One", given: "A." },
      { family: "Two", given: "B." },
    ]);
    if (authors === undefined) throw new Error("no names");
    const key = mergeListings([listing({ authors })])[0];
    expect(key?.authors).toMatchObject({ parts: [{ family: "One" }, { family: "Two" }] });
  });

  it("is refused in a stored line where it has another form, and may be absent as in older ones", () => {
    const line = (facts: object): string => JSON.stringify({ title: "x", listedOn: "f", ...facts });
    expect(parseStored(line({}))).toBeDefined();
    expect(parseStored(line({ authors: { kind: "named", names: ["A"] } }))).toBeDefined();
    for (const wrong of [
      { volume: 3 },
      { type: "song" },
      { keywords: "a" },
      { authors: { kind: "named", names: ["A"], parts: ["A"] } },
      { editors: { kind: "counted", count: 2 } },
    ])
      expect([wrong, parseStored(line(wrong))]).toEqual([wrong, undefined]);
  });
});

describe("a name of which only the print is known", () => {
  it.each([
    ["Ashish Vaswani", { given: "Ashish", family: "Vaswani" }],
    ["Jan van der Berg", { given: "Jan", particle: "van der", family: "Berg" }],
    ["Martin Luther King Jr.", { given: "Martin Luther", family: "King", suffix: "Jr." }],
    ["Plato", { literal: "Plato" }],
    ["Google Research", { literal: "Google Research" }],
    ["LIGO and Virgo Collaboration", { literal: "LIGO and Virgo Collaboration" }],
    ["Ludwig van Beethoven", { given: "Ludwig", particle: "van", family: "Beethoven" }],
  ])("%s is taken apart as BibTeX does", (name, parts) => {
    expect(guessNameParts(name)).toEqual(parts);
  });

  it("is printed from its parts as it was, whatever it is", () => {
    const word = fc.constantFrom("van", "de", "Ann", "B.", "Li", "Jr.", "Öst", "team", "III");
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        expect(displayName(guessNameParts(words.join(" ")))).toBe(words.join(" "));
      }),
    );
  });
});
