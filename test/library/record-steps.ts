import fc from "fast-check";
import type { ArxivId, Listing, Paper } from "../../src/corpus/paper.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";

const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

/** What sources say of a few papers, with names in common. */
const listing: fc.Arbitrary<Listing> = fc
  .record({
    title: fc.constantFrom("Wombats", "wombats!", "Pre-training wombats", "Capybaras", "Otters"),
    arxivId: optional(fc.constantFrom("2306.00001" as ArxivId, "2306.00002" as ArxivId)),
    doi: optional(fc.constantFrom("10.1/a", "10.2/b")),
    abstract: optional(fc.constantFrom("Short.", "Rather long.")),
    urls: optional(
      fc.subarray(["https://a.example/", "https://openreview.net/forum?id=x"], { minLength: 1 }),
    ),
    comments: optional(fc.nat(3)),
    votes: optional(fc.record({ count: fc.nat(3), day: fc.nat(8) })),
    sourceKind: fc.constantFrom("arxiv" as const, "huggingface" as const, "file" as const),
    listedOn: fc.constantFrom("a", "b"),
    day: fc.nat(8),
  })
  .map(({ votes, day, ...rest }) => ({
    ...rest,
    readAt: `2026-03-0${day + 1}T12:00:00.000Z`,
    upvotes: votes && { count: votes.count, readAt: `2026-03-0${votes.day + 1}T12:00:00.000Z` },
  }))
  .map((one) => JSON.parse(JSON.stringify(one)) as Listing);

/** What one of some programs does to the record that they share. */
type Step = { readonly program: number } & (
  | { readonly kind: "take"; readonly listings: readonly Listing[]; readonly byHand: boolean }
  /** The paper of that number among those that the program has. */
  | { readonly kind: "remove"; readonly paper: number }
  | { readonly kind: "follow" | "save" | "start" | "compact" }
);

const program = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      program,
      kind: fc.constant("take" as const),
      listings: fc.array(listing, { minLength: 1, maxLength: 4 }),
      byHand: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ program, kind: fc.constant("remove" as const), paper: fc.nat(4) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      program,
      kind: fc.constantFrom("follow" as const, "save" as const, "start" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ program, kind: fc.constant("compact" as const) }) },
);
export const allSteps = fc.array(step, { maxLength: 16 });

/** All that is known of each paper, and where each fact was taken from. */
export async function knowledge({ index }: GrowingLibrary): Promise<Paper[]> {
  const papers: Paper[] = [];
  for await (const paper of index.papers()) papers.push(paper);
  return papers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Carries the steps out, one after the other, by three programs; gives their libraries. */
export async function carryOut(
  steps: readonly Step[],
  open: () => Promise<GrowingLibrary>,
): Promise<readonly GrowingLibrary[]> {
  const libraries = [await open(), await open(), await open()];
  for (const one of steps) {
    const library = libraries[one.program] ?? (await open());
    if (one.kind === "take") await library.take(one.listings, { byHand: one.byHand });
    else if (one.kind === "remove") {
      const papers = await knowledge(library);
      const paper = papers[one.paper % Math.max(1, papers.length)];
      if (paper !== undefined) await library.remove([paper.id]);
    } else if (one.kind === "start") libraries[one.program] = await open();
    else if (one.kind === "compact") await library.compact(0);
    else await library[one.kind]();
  }
  return libraries;
}
