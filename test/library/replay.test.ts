import { rm } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authorKey } from "../../src/corpus/names/author-names.ts";
import type { ArxivId, Listing, Paper, SourceKind } from "../../src/corpus/paper.ts";
import { partialDate } from "../../src/corpus/partial-date.ts";
import { openLibrary } from "../../src/library/library.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const kind = fc.constantFrom<SourceKind>("arxiv", "arxiv-feed", "huggingface", "file", "page");
const time = fc.nat(8).map((day) => `2026-03-0${day + 1}T12:00:00.000Z`);
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

/** What sources say of a few papers: with and without ids, under several titles, all contradicting each other. */
const listing: fc.Arbitrary<Listing> = fc
  .record({
    title: fc.constantFrom("Wombats", "wombats!", "Pre-training wombats", "Pretraining Wombats", "Capybaras"),
    arxivId: optional(fc.constantFrom("2306.00001" as ArxivId, "2306.00002" as ArxivId)),
    doi: optional(fc.constantFrom("10.1/a", "10.2/b", "10.48550/arxiv.2306.00002")),
    abstract: optional(fc.constantFrom("Short.", "Rather long.", "Other words.")),
    date: optional(fc.constantFrom(partialDate(2026, 2, 3), partialDate(2026, 2, 4))),
    names: optional(fc.subarray(["Ann One", "Bo Two", "Cem Three"], { minLength: 1 })),
    hidden: optional(fc.constantFrom("Bo Two", "Cem Three")),
    urls: optional(
      fc.subarray(["https://a.example/", "https://b.example/", "https://openreview.net/forum?id=x"], {
        minLength: 1,
      }),
    ),
    comments: optional(fc.nat(3)),
    votes: optional(fc.record({ count: fc.nat(3), readAt: time })),
    sourceKind: kind,
    listedOn: fc.constantFrom("a", "b"),
    readAt: optional(time),
  })
  .map(({ names, hidden, votes, ...rest }) => ({
    ...rest,
    authors: names === undefined ? undefined : { kind: "named", names },
    hiddenAuthors: hidden === undefined ? undefined : [authorKey(hidden)],
    upvotes: votes,
  }))
  .map((one) => JSON.parse(JSON.stringify(one)) as Listing);

/** All that is known of each paper, and where each fact was taken from. */
async function knowledge({ index }: GrowingLibrary): Promise<Paper[]> {
  const papers: Paper[] = [];
  for await (const paper of index.papers()) papers.push(paper);
  return papers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const votes = (count: number, day: number): Listing => ({
  title: "Wombats",
  listedOn: "a",
  upvotes: { count, readAt: `2026-03-0${day}T12:00:00.000Z` },
});
const named = (...names: string[]): Pick<Listing, "authors"> => ({ authors: { kind: "named", names } });
const hiding = (name: string): Pick<Listing, "hiddenAuthors"> => ({ hiddenAuthors: [authorKey(name)] });

/** Listings that were once stored as something else than was indexed. */
const cases: Readonly<Record<string, Listing[]>> = {
  "the same votes read later, and others read in between": [votes(3, 5), votes(3, 9), votes(4, 7)],
  "names of a mention that hides them itself": [
    { title: "Wombats", listedOn: "a", ...hiding("Ann One") },
    { title: "Wombats", listedOn: "a", ...named("Bo Two"), ...hiding("Bo Two") },
  ],
  "known addresses, told again later together with something else": [
    { title: "Wombats", listedOn: "a", urls: ["https://a.example/", "https://b.example/"] },
    { ...votes(1, 2), urls: ["https://b.example/"], readAt: "2026-03-02T12:00:00.000Z" },
  ],
  "a title that two papers have, told once more without an id": [
    { title: "Wombats", arxivId: "2306.00001" as ArxivId, listedOn: "a" },
    { title: "Wombats", arxivId: "2306.00002" as ArxivId, listedOn: "a" },
    { title: "Wombats", arxivId: "2306.00001" as ArxivId, listedOn: "a", comments: 1 },
    { title: "Wombats", listedOn: "a", abstract: "Of one of them." },
  ],
};

describe("what a library has stored", () => {
  it("says the same when it is read again, from the saved index or anew, in however many parts it came", async () => {
    const pages = await temporaryFolder();
    const open = (state: string) => openLibrary({ pages, state }, collectingLog().log);
    await fc.assert(
      fc.asyncProperty(fc.array(listing, { maxLength: 12 }), fc.nat(12), async (listings, cut) => {
        const [state, other] = [await temporaryFolder(), await temporaryFolder()];
        const library = await open(state);
        await library.take(listings);
        const known = await knowledge(library);
        // Not saved: the index is made from what was stored.
        expect(await knowledge(await open(state))).toEqual(known);
        expect(await knowledge(await open(state))).toEqual(known);
        await rm(path.join(state, "papers.index"), { force: true });
        expect(await knowledge(await open(state))).toEqual(known);
        const parts = await open(other);
        await parts.take(listings.slice(0, cut));
        await parts.save();
        await parts.take(listings.slice(cut));
        expect(await knowledge(parts)).toEqual(known);
        expect(await knowledge(await open(other))).toEqual(known);
        expect(await parts.take(listings)).toMatchObject({ added: 0 });
      }),
      { numRuns: 60 },
    );
  });

  it("names nobody who hides, whatever was known before", async () => {
    const pages = await temporaryFolder();
    await fc.assert(
      fc.asyncProperty(fc.array(listing, { maxLength: 8 }), async (listings) => {
        const library = await openLibrary({ pages, state: await temporaryFolder() }, collectingLog().log);
        await library.take(listings);
        for await (const paper of library.index.papers()) {
          const names = paper.authors?.kind === "named" ? paper.authors.names : [];
          for (const name of names) expect(paper.hiddenAuthors ?? []).not.toContain(authorKey(name));
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each(Object.entries(cases))("says the same of %s", async (_name, listings) => {
    const pages = await temporaryFolder();
    const open = (state: string) => openLibrary({ pages, state }, collectingLog().log);
    const [whole, parts] = [await temporaryFolder(), await temporaryFolder()];
    const library = await open(whole);
    await library.take(listings);
    const known = await knowledge(library);
    expect(await knowledge(await open(whole))).toEqual(known);
    for (const one of listings) await (await open(parts)).take([one]);
    expect(await knowledge(await open(parts))).toEqual(known);
  });
});
