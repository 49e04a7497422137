import { rm } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authorKey } from "../../src/corpus/author-names.ts";
import type { ArxivId, Listing, Paper, SourceKind } from "../../src/corpus/paper.ts";
import { partialDate } from "../../src/corpus/partial-date.ts";
import { openLibrary } from "../../src/library/library.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const kind = fc.constantFrom<SourceKind>("arxiv", "arxiv-feed", "huggingface", "file", "page");
const time = fc.nat(9).map((day) => `2026-03-0${day + 1}T12:00:00.000Z`);
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

/** What sources say of a few papers: with and without ids, under several titles, all contradicting each other. */
const listing: fc.Arbitrary<Listing> = fc
  .record({
    title: fc.constantFrom("Wombats", "wombats!", "Pre-training wombats", "Pretraining Wombats", "Capybaras"),
    arxivId: optional(fc.constantFrom("2306.00001" as ArxivId, "2306.00002" as ArxivId)),
    abstract: optional(fc.constantFrom("Short.", "Rather long.", "Other words.")),
    date: optional(fc.constantFrom(partialDate(2026, 2, 3), partialDate(2026, 2, 4))),
    names: optional(fc.subarray(["Ann One", "Bo Two", "Cem Three"], { minLength: 1 })),
    hidden: optional(fc.constantFrom("Bo Two")),
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

/** What is known of each paper; not by which reading the same count of votes was told, which is not kept. */
async function knowledge({ index }: GrowingLibrary): Promise<object[]> {
  const papers: Paper[] = [];
  for await (const paper of index.papers()) papers.push(paper);
  return papers
    .map(({ upvotes, origins: _origins, listedOn, ...rest }) => ({
      ...rest,
      votes: upvotes?.count,
      listedOn: listedOn.toSorted(),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

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
          if (paper.hiddenAuthors === undefined) continue;
          expect(paper.authors?.kind === "named" ? paper.authors.names : []).not.toContain("Bo Two");
        }
      }),
      { numRuns: 60 },
    );
  });
});
