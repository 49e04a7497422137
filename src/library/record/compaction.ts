import { isDeepStrictEqual } from "node:util";
import { createCatalogue } from "../../corpus/merging/catalogue.ts";
import type { Listing, Paper, PaperId } from "../../corpus/paper.ts";
import type { Turns } from "../../turns.ts";
import { asPaper } from "./removed.ts";
import type { StoredLine } from "./stored-line.ts";

/** A line of the record as it is written, and what it says; absent where it is damaged. */
export interface RecordLine {
  readonly text: string;
  readonly line?: StoredLine;
}

/** What pages and lines make, and which lines each paper is made of: those of pages are below 0. */
interface Replay {
  readonly papers: ReadonlyMap<PaperId, Paper>;
  readonly parts: ReadonlyMap<PaperId, readonly number[]>;
}

/** A listing with its number. */
type Numbered = readonly [number: number, listing: Listing];

/** Steps of a line that is filed. */
const FILED = 100_000;

/** Lines of one paper among which those that say nothing more are looked for one by one; it takes as many trials. */
const TRIED = 40;

/** What pages and lines make of the papers, in their order. `has` says which lines count. */
async function replay(
  pages: readonly Listing[],
  lines: readonly RecordLine[],
  has: (number: number) => boolean,
  turns: Turns,
): Promise<Replay> {
  const catalogue = createCatalogue();
  const parts = new Map<PaperId, number[]>();
  const file = (number: number, listing: Listing): void => {
    const filed = catalogue.file(listing);
    const before = filed.kind === "new" ? [] : filed.replaced;
    const all = [...before.flatMap((id) => parts.get(id) ?? []), number];
    for (const id of before) parts.delete(id);
    parts.set(filed.paper.id, all);
  };
  pages.forEach((listing, i) => file(-1 - i, listing));
  for (const [i, { line }] of lines.entries()) {
    if (line?.kind === "listing" && has(i)) file(i, line.listing);
    if (line?.kind === "removed") {
      const gone = catalogue.same(asPaper(line.paper)).map(({ id }) => id);
      catalogue.drop(gone);
      for (const id of gone) parts.delete(id);
    }
    turns.spend(FILED);
    await turns.pause();
  }
  return { papers: new Map(catalogue.papers().map((paper) => [paper.id, paper])), parts };
}

/** Whether listings make just this paper. */
function make(paper: Paper, listings: readonly Numbered[]): boolean {
  const catalogue = createCatalogue();
  for (const [, listing] of listings) catalogue.file(listing);
  const [made, another] = catalogue.papers();
  return another === undefined && isDeepStrictEqual(made, paper);
}

/** What lines of one paper that take each other's place have in common: their source, and which facts they state. */
const kindOf = (listing: Listing): string =>
  [listing.sourceKind, listing.listedOn, ...Object.keys(listing).toSorted()].join("\0");

/**
 * Of the listings of a paper those that make it without the others: of each kind the last, where that is enough, such as the
 * votes of the last day; else all but those without which it is the same.
 */
function needed(paper: Paper, listings: readonly Numbered[]): readonly Numbered[] {
  const fixed = ([number]: Numbered): boolean => number < 0;
  const last = new Map(listings.map((one) => [kindOf(one[1]), one]));
  const short = listings.filter((one) => fixed(one) || last.get(kindOf(one[1])) === one);
  if (short.length < listings.length && make(paper, short)) return short;
  if (listings.length > TRIED) return listings;
  let kept = listings;
  for (const one of listings) {
    const fewer = kept.filter((other) => other !== one);
    if (!fixed(one) && make(paper, fewer)) kept = fewer;
  }
  return kept;
}

/** The papers that two replays do not have alike. */
function differing(a: Replay, b: Replay): PaperId[] {
  const ids = new Set([...a.papers.keys(), ...b.papers.keys()]);
  return [...ids].filter((id) => !isDeepStrictEqual(a.papers.get(id), b.papers.get(id)));
}

/**
 * The lines of a record without those that later ones have superseded: mentions of papers that were removed since, and
 * mentions without which every paper has the same facts of the same origins. What is left is replayed and compared with the
 * whole; papers that would differ keep all their lines. Damaged lines, and those that say what was removed, are kept.
 */
export async function compactLines(
  pages: readonly Listing[],
  lines: readonly RecordLine[],
  turns: Turns,
): Promise<readonly RecordLine[]> {
  const whole = await replay(pages, lines, () => true, turns);
  const listingOf = (number: number): Listing | undefined => {
    const line = lines[number]?.line;
    return number < 0 ? pages[-1 - number] : line?.kind === "listing" ? line.listing : undefined;
  };
  const kept = new Set<number>();
  for (const [id, numbers] of whole.parts) {
    const paper = whole.papers.get(id);
    const listings = numbers.flatMap((number): Numbered[] => {
      const listing = listingOf(number);
      return listing === undefined ? [] : [[number, listing]];
    });
    const few = paper === undefined || listings.length < 2 ? listings : needed(paper, listings);
    for (const [number] of few) kept.add(number);
    turns.spend(FILED * listings.length);
    await turns.pause();
  }
  const left = await replay(pages, lines, (number) => kept.has(number), turns);
  const unlike = differing(whole, left);
  for (const id of unlike)
    for (const number of [...(whole.parts.get(id) ?? []), ...(left.parts.get(id) ?? [])]) kept.add(number);
  const isSound =
    unlike.length === 0 ||
    differing(whole, await replay(pages, lines, (number) => kept.has(number), turns)).length === 0;
  if (!isSound) return lines;
  return lines.filter(({ line }, i) => {
    if (line?.kind === "format" || line?.kind === "compacted") return false;
    return line?.kind !== "listing" || kept.has(i);
  });
}
