import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeListings } from "../../src/corpus/merging/catalogue.ts";
import { FACTS } from "../../src/corpus/merging/merge.ts";
import type { Listing, Paper, SourceKind } from "../../src/corpus/paper.ts";
import { SOURCE_KINDS } from "../../src/corpus/paper.ts";
import type { PartialDate } from "../../src/corpus/partial-date.ts";
import { additionOf, lackingAt } from "../../src/library/fetching/lacking.ts";

const text = fc.constantFrom("One", "Another text", "A third and longer text");
const facts = fc.record(
  {
    abstract: text,
    date: fc.constantFrom("2017", "2017-06", "2017-06-12", "2018-01-02") as fc.Arbitrary<PartialDate>,
    authors: fc.constantFrom<NonNullable<Paper["authors"]>>(
      { kind: "counted", count: 3 },
      { kind: "named", names: ["Ann One"] },
      { kind: "named", names: ["A. One", "Bo Two"] },
    ),
    type: fc.constantFrom("article" as const, "article-journal" as const, "paper-conference" as const),
    containerTitle: text,
    publisher: text,
    doi: fc.constantFrom("10.1/a", "10.1/b"),
    license: text,
    status: fc.constantFrom<NonNullable<Paper["status"]>>(
      { kind: "withdrawn", words: "Withdrawn by its authors" },
      { kind: "retracted", words: "Retracted by its journal" },
    ),
  },
  { requiredKeys: [] },
);
const listing = (sourceKind: SourceKind, said: Partial<Listing>, day: number): Listing => ({
  title: "Attention Is All You Need",
  listedOn: sourceKind,
  sourceKind,
  readAt: `2026-03-0${day}T12:00:00.000Z`,
  ...said,
});
const one = (...listings: Listing[]): Paper => {
  const [paper, ...others] = mergeListings(listings);
  expect(others).toEqual([]);
  return paper ?? expect.fail();
};

describe("completing a paper", () => {
  it("changes nothing that is known but authors of whom only the number is, and a standing that is worse", () => {
    fc.assert(
      fc.property(facts, facts, fc.constantFrom(...SOURCE_KINDS), (known, record, kind) => {
        const mine = listing(kind, known, 1);
        const paper = one(mine);
        const addition = additionOf(paper, listing("crossref", record, 2));
        const after = addition.kind === "adds" ? one(mine, addition.listing) : paper;
        const free = new Set<string>(["status", ...(paper.authors?.kind === "counted" ? ["authors"] : [])]);
        for (const fact of FACTS.filter((name) => !free.has(name) && paper[name] !== undefined))
          expect([fact, after[fact]]).toEqual([fact, paper[fact]]);
        for (const fact of FACTS)
          expect([fact, after[fact] ?? record[fact as keyof typeof record]]).toEqual([fact, after[fact]]);
        const retracted = [known, record].some(({ status }) => status?.kind === "retracted");
        expect(after.status?.kind === "retracted").toBe(retracted);
        const again = additionOf(after, listing("crossref", record, 3));
        expect(again.kind).toBe("nothing");
      }),
    );
  });

  it.each([
    ["Attention is all you need: a longer name", "adds"],
    ["Attention Is What You Need", "adds"],
    ["U-Net: Convolutional Networks", "another"],
    ["You", "adds"],
  ])("takes %s for the same paper or for another: %s", (title, kind) => {
    const paper = one(listing("file", {}, 1));
    expect(additionOf(paper, { ...listing("crossref", { abstract: "New" }, 2), title }).kind).toBe(kind);
  });
});

describe("what a service may know of a paper", () => {
  it("is its date where only its identifier says the month", () => {
    const known = {
      arxivId: "1706.03762" as NonNullable<Listing["arxivId"]>,
      abstract: "A",
      arxivClass: "cs.CL",
    };
    const paper = one(listing("file", { ...known, authors: { kind: "named", names: ["Ann One"] } }, 1));
    expect(paper.date).toBe("2017-06");
    expect(lackingAt("arxiv", paper)).toBe("1706.03762");
    const record = listing("arxiv", { date: "2017-06-12" as PartialDate }, 2);
    expect(additionOf(paper, record)).toMatchObject({ kind: "adds", facts: ["date"] });
  });

  it("is asked for by the id that it has", () => {
    const byTitle = one(listing("file", {}, 1));
    const byDoi = one(listing("file", { urls: ["https://doi.org/10.1145/1.1"] }, 1));
    const services = ["arxiv", "crossref", "datacite", "openalex", "semantic-scholar"] as const;
    expect(services.map((service) => lackingAt(service, byTitle))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(services.map((service) => lackingAt(service, byDoi))).toEqual([
      undefined,
      "10.1145/1.1",
      "10.1145/1.1",
      "10.1145/1.1",
      "DOI:10.1145/1.1",
    ]);
  });
});
