import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authorKey } from "../../src/corpus/names/author-names.ts";
import { createCatalogue, mergeListings } from "../../src/corpus/merging/catalogue.ts";
import type { ArxivId, Listing, Paper, SourceKind } from "../../src/corpus/paper.ts";
import { originsByFact } from "../../src/corpus/origin.ts";
import { partialDate } from "../../src/corpus/partial-date.ts";

const arxivId = "2306.00001" as ArxivId;
const said = (sourceKind: SourceKind, day: number, facts: Partial<Listing> = {}): Listing => ({
  title: "A Paper",
  arxivId,
  listedOn: sourceKind,
  sourceKind,
  readAt: `2026-03-0${day}T12:00:00.000Z`,
  ...facts,
});
const one = (...listings: Listing[]): Paper => {
  const [paper, ...others] = mergeListings(listings);
  expect(others).toEqual([]);
  return paper ?? expect.fail();
};
const named = (...names: string[]): Pick<Listing, "authors"> => ({ authors: { kind: "named", names } });
const on = (day: number) => {
  const date = partialDate(2026, 2, day);
  return date === undefined ? {} : { date };
};

describe("two sources that contradict each other", () => {
  it("are believed in the order that is stated for each fact, whichever came first or last", () => {
    const feed = said("arxiv-feed", 4, { ...on(27), ...named("A. One"), abstract: "Of the feed." });
    const query = said("arxiv", 1, { ...on(26), ...named("Ann One", "Bo Two"), abstract: "Of the query." });
    const hub = said("huggingface", 3, {
      ...on(25),
      ...named("Ann One"),
      abstract: "Of the hub, which is the longest of all.",
      comments: 3,
    });
    const file = said("file", 5, { ...on(24), abstract: "Of a file.", comments: 9 });
    const expected = {
      date: "2026-02-26",
      abstract: "Of the query.",
      comments: 3,
      ...named("Ann One", "Bo Two"),
    };
    fc.assert(
      fc.property(fc.shuffledSubarray([feed, query, hub, file], { minLength: 4 }), (order) => {
        expect(one(...order)).toMatchObject(expected);
      }),
    );
    expect(one(feed, hub).date).toBe("2026-02-25");
    expect(one(feed, hub).abstract).toBe("Of the feed.");
  });

  it("are both believed before the month that an identifier says, in whatever order they come", () => {
    const dateless = said("arxiv", 5);
    const year = said("page", 1, { date: "2019" as Paper["date"] & string });
    const unidentified: Listing = { title: "A Paper", listedOn: "b", sourceKind: "file" };
    expect(one(dateless)).toMatchObject({ date: "2023-06" });
    expect(originsByFact(one(dateless, unidentified)).get("date")).toEqual({
      kind: "identifier",
      listedOn: "its identifier",
    });
    fc.assert(
      fc.property(fc.shuffledSubarray([dateless, year, unidentified], { minLength: 3 }), (order) => {
        const paper = one(...order);
        expect(paper.date).toBe("2019");
        expect(originsByFact(paper).get("date")?.kind).toBe("page");
      }),
    );
  });

  it("are believed by what says more before who says it", () => {
    const year = said("arxiv", 5, { date: "2026" as Paper["date"] & string });
    expect(one(year, said("page", 1, on(3))).date).toBe("2026-02-03");
    const counted = said("arxiv", 5, { authors: { kind: "counted", count: 40 } });
    expect(one(counted, said("page", 1, named("Ann One"))).authors).toEqual(named("Ann One").authors);
  });

  it("are both told: of each fact it is known whose it is, and when it was read", () => {
    const paper = one(
      said("page", 1, { comments: 2, abstract: "Of a page." }),
      said("arxiv", 2, { abstract: "Of arXiv.", ...on(26) }),
      said("huggingface", 3, { comments: 4, upvotes: { count: 7, readAt: "2026-03-03T12:00:00.000Z" } }),
    );
    const origins = originsByFact(paper);
    const whose = Object.fromEntries(
      [...origins].map(([fact, { kind, readAt }]) => [fact, `${kind} ${readAt?.slice(8, 10)}`]),
    );
    expect(whose).toEqual({
      title: "arxiv 02",
      arxivId: "arxiv 02",
      abstract: "arxiv 02",
      date: "arxiv 02",
      comments: "huggingface 03",
      upvotes: "huggingface 03",
    });
  });

  it("bear each other out by saying the same, so that a third one counts for less", () => {
    const [page, arxiv] = [said("page", 1, on(26)), said("arxiv", 2, on(26))];
    expect(originsByFact(one(page, arxiv)).get("date")).toMatchObject({ kind: "arxiv" });
    expect(one(page, arxiv, said("huggingface", 3, on(20))).date).toBe("2026-02-26");
    expect(originsByFact(one(arxiv, said("arxiv", 5, on(26)))).get("date")).toMatchObject({
      readAt: "2026-03-02T12:00:00.000Z",
    });
  });
});

describe("versions of a paper", () => {
  const first = said("arxiv", 1, { title: "Early Name", abstract: "A longer abstract, once." });
  const second = said("arxiv", 2, { title: "Final Name", abstract: "Shorter." });

  it("are one paper with the title and abstract of the later reading, found under the old title too", () => {
    const paper = one(first, second);
    expect(paper).toMatchObject({ title: "Final Name", abstract: "Shorter.", otherTitles: ["Early Name"] });
    expect(one(second, first)).toMatchObject({ title: "Final Name", otherTitles: ["Early Name"] });
    const byTitle: Listing = { title: "Early name!", listedOn: "page", sourceKind: "page", comments: 1 };
    expect(one(first, second, byTitle)).toMatchObject({ title: "Final Name", comments: 1 });
  });

  it("become one with a paper that was known by the other title alone", () => {
    const catalogue = createCatalogue();
    catalogue.file({ title: "Final Name", listedOn: "page", sourceKind: "page", comments: 1 });
    catalogue.file(first);
    expect(catalogue.papers()).toHaveLength(2);
    expect(catalogue.file(second)).toMatchObject({
      kind: "merged",
      replaced: ["arxiv:2306.00001", "title:final-name"],
      paper: { id: "arxiv:2306.00001", comments: 1 },
    });
    expect(catalogue.papers()).toHaveLength(1);
  });
});

describe("authors who hide their names", () => {
  const hub = said("huggingface", 2, { ...named("Ann One"), hiddenAuthors: [authorKey("Bo Two")] });
  const arxiv = said("arxiv", 3, named("Ann One", "Bo Twö"));

  it("stay hidden whoever names them, before or after", () => {
    for (const paper of [one(hub, arxiv), one(arxiv, hub)])
      expect(paper.authors).toEqual(named("Ann One").authors);
    expect(JSON.stringify(one(hub, arxiv))).not.toContain("Bo");
  });

  it("stay hidden when another source hides somebody else", () => {
    const file = said("file", 4, { hiddenAuthors: [authorKey("Ann One")] });
    for (const paper of [one(hub, file, arxiv), one(file, arxiv, hub), one(arxiv, hub, file)])
      expect(paper.authors).toMatchObject({ kind: "counted" });
  });

  it("are counted where nobody else is left", () => {
    const alone = said("huggingface", 2, { hiddenAuthors: [authorKey("Bo Two")] });
    expect(one(said("arxiv", 1, named("Bo Two")), alone).authors).toEqual({ kind: "counted", count: 1 });
  });
});
