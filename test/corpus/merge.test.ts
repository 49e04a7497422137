import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue, mergeListings } from "../../src/corpus/merging/catalogue.ts";
import { parseArxivId } from "../../src/corpus/identifiers/paper-id.ts";
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

  it("are one paper by their DOI, however their titles are spelt", () => {
    const papers = mergeListings([
      listing({ title: "On the Dangers of Stochastic Parrots", doi: "10.1145/3442188.3445922" }),
      listing({ title: "Dangers of stochastic parrots 🦜", doi: "10.1145/3442188.3445922", listedOn: "b" }),
      listing({ title: "Another one", doi: "10.1145/3442188.3445923" }),
    ]);
    expect(papers).toMatchObject([{ listedOn: ["a", "b"] }, { title: "Another one" }]);
  });

  it("are one paper by arXiv's own DOI and its identifier", () => {
    const papers = mergeListings([
      listing({ title: "A draft", doi: "10.48550/arXiv.2306.00001" }),
      listing({ title: "The final title", arxiv: "2306.00001", doi: "10.1/x" }),
    ]);
    expect(papers).toMatchObject([{ id: "arxiv:2306.00001", doi: "10.1/x" }]);
    expect(papers[0]?.otherDois).toBeUndefined();
  });

  it("are one paper with all its DOIs where they have one arXiv id, and found by each of them", () => {
    const catalogue = createCatalogue();
    const dois = ["10.1/journal", "10.2/repository", "10.3/proceedings"];
    for (const doi of dois) catalogue.file(listing({ title: doi, arxiv: "2306.00001", doi }));
    const [paper, ...others] = catalogue.papers();
    expect(others).toEqual([]);
    expect(new Set([paper?.doi, ...(paper?.otherDois ?? [])])).toEqual(new Set(dois));
    for (const doi of dois)
      expect(catalogue.look(listing({ title: `Cited as ${doi}`, doi }))).toMatchObject({
        replaced: ["arxiv:2306.00001"],
      });
  });

  it("are one paper by the id that a service has for it", () => {
    const urls = ["https://aclanthology.org/P19-1001.pdf"];
    expect(
      mergeListings([
        listing({ title: "One", urls }),
        listing({ title: "Two", doi: "10.18653/v1/p19-1001" }),
        listing({ title: "Three", urls: ["https://openreview.net/forum?id=abc"] }),
        listing({ title: "Four", urls: ["https://openreview.net/pdf?id=abc"] }),
        listing({ title: "Five", urls: ["https://github.com/one/project"] }),
        listing({
          title: "Six",
          urls: ["https://github.com/one/project", "https://doi.org/10.5281/zenodo.1"],
        }),
        listing({ title: "Seven", urls: ["https://doi.org/10.5281/zenodo.1"] }),
      ]),
    ).toHaveLength(5);
  });

  const anyListing: fc.Arbitrary<Listing> = fc
    .record({
      title: fc.constantFrom("Pre-training", "pretraining!", "Wombats", "Marsupials", "A study"),
      arxiv: fc.option(fc.constantFrom("2306.00001", "2306.00002", "hep-th/9901001"), { nil: undefined }),
      doi: fc.option(fc.constantFrom("10.1/a", "10.1/B", "10.2/c", "10.48550/arXiv.2306.00001"), {
        nil: undefined,
      }),
      url: fc.option(fc.constantFrom("https://openreview.net/forum?id=x", "https://a.example/"), {
        nil: undefined,
      }),
      sourceKind: fc.constantFrom("arxiv", "file", "crossref"),
      listedOn: fc.constantFrom("a", "b"),
    })
    .map(({ arxiv, doi, url, ...rest }) =>
      listing({
        ...rest,
        ...(arxiv === undefined ? {} : { arxiv }),
        ...(doi === undefined ? {} : { doi }),
        ...(url === undefined ? {} : { urls: [url] }),
      }),
    );
  const listings = fc.array(anyListing, { maxLength: 12 });
  const ids = (some: readonly { id: string }[]) => some.map(({ id }) => id).toSorted();

  /** The papers of a set of listings are told by it alone: those of its arXiv ids, and one for each group without any. */
  it("are the same papers in whatever order they come", () => {
    fc.assert(
      fc.property(
        listings.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        ([some, shuffled]) => {
          expect(ids(mergeListings(shuffled))).toEqual(ids(mergeListings(some)));
        },
      ),
    );
  });

  it("change nothing when they are filed again", () => {
    fc.assert(
      fc.property(listings, (some) => {
        const papers = mergeListings(some);
        const catalogue = createCatalogue(papers);
        for (const one of some) catalogue.file(one);
        expect(ids(catalogue.papers())).toEqual(ids(papers));
      }),
    );
  });
});
