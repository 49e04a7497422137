import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue, mergeListings } from "../../src/corpus/merge.ts";
import { parseArxivId } from "../../src/corpus/paper-id.ts";
import type { Listing } from "../../src/corpus/paper.ts";
import { parsePartialDate } from "../../src/corpus/partial-date.ts";

const listing = (facts: Partial<Listing> & { arxiv?: string; day?: string }): Listing => {
  const { arxiv, day, ...rest } = facts;
  const arxivId = arxiv === undefined ? undefined : parseArxivId(arxiv);
  const date = day === undefined ? undefined : parsePartialDate(day);
  return {
    title: "A Paper",
    listedOn: "a",
    ...(arxivId === undefined ? {} : { arxivId }),
    ...(date === undefined ? {} : { date }),
    ...rest,
  };
};

describe("mentions of one paper", () => {
  it("are one paper that knows what each of them knew", () => {
    const papers = mergeListings([
      listing({
        title: "TÜLU: a paper",
        abstract: "Short.",
        authors: { kind: "counted", count: 3 },
        day: "2024",
      }),
      listing({
        title: "Tulu – A Paper!",
        abstract: "Short, but longer.",
        authors: { kind: "named", names: ["Ada"] },
        day: "2024-05-02",
        comments: 2,
        listedOn: "b",
      }),
      listing({ title: "tulu a paper", organisation: { name: "X", handle: "x" }, listedOn: "a" }),
    ]);
    expect(papers).toEqual([
      {
        id: "title:tulu-a-paper",
        title: "TÜLU: a paper",
        abstract: "Short, but longer.",
        authors: { kind: "named", names: ["Ada"] },
        date: "2024-05-02",
        comments: 2,
        organisation: { name: "X", handle: "x" },
        listedOn: ["a", "b"],
        origins: [
          { kind: "file", listedOn: "a", facts: ["title", "organisation"] },
          { kind: "file", listedOn: "b", facts: ["abstract", "date", "authors", "comments"] },
        ],
      },
    ]);
  });

  it("take the arXiv id as soon as one of them has it", () => {
    const catalogue = createCatalogue();
    const first = catalogue.file(listing({}));
    const second = catalogue.file(listing({ arxiv: "2306.00001", listedOn: "b" }));
    expect(first.paper.id).toBe("title:a-paper");
    expect(second).toMatchObject({
      kind: "merged",
      replaced: ["title:a-paper"],
      paper: { id: "arxiv:2306.00001" },
    });
    expect(catalogue.file(listing({ listedOn: "c" }))).toMatchObject({
      paper: { id: "arxiv:2306.00001", listedOn: ["a", "b", "c"] },
    });
    expect(catalogue.papers()).toHaveLength(1);
  });

  it("stay two papers when they have one title but two arXiv ids", () => {
    expect(mergeListings([listing({ arxiv: "2306.00001" }), listing({ arxiv: "2306.00002" })])).toHaveLength(
      2,
    );
  });

  it("keep the later reading of the votes", () => {
    const votes = (count: number, readAt: string) => listing({ upvotes: { count, readAt } });
    const [paper] = mergeListings([
      votes(9, "2026-03-02T00:00:00.000Z"),
      votes(4, "2026-03-01T00:00:00.000Z"),
    ]);
    expect(paper?.upvotes?.count).toBe(9);
  });

  it("are as many papers in whatever order they come, and filing them again changes nothing", () => {
    const anyListing = fc
      .record({
        title: fc.constantFrom("One", "one!", "Two", "Zwei"),
        arxiv: fc.constantFrom(undefined, "2306.00001"),
        listedOn: fc.constantFrom("a", "b"),
      })
      .map(({ title, arxiv, listedOn }) =>
        listing({ title, listedOn, ...(title === "Two" && arxiv ? { arxiv } : {}) }),
      );
    fc.assert(
      fc.property(fc.array(anyListing, { maxLength: 12 }), (listings) => {
        const papers = mergeListings(listings);
        const ids = (some: { id: string }[]) => some.map(({ id }) => id).toSorted();
        expect(ids(mergeListings(listings.toReversed()))).toEqual(ids(papers));
        const catalogue = createCatalogue(papers);
        for (const one of listings) catalogue.file(one);
        expect(catalogue.papers()).toEqual(papers);
      }),
    );
  });
});
