import type { FileHandle } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import type { Listing, Paper, PaperId } from "../../corpus/paper.ts";
import { asPaper } from "../record/removed.ts";
import { extentOf, openStored, pickMarked, readStored, storedFile } from "../record/stored-file.ts";
import type { StoredExtent } from "../record/stored-file.ts";
import type { RemovedPaper, StoredLine } from "../record/stored-line.ts";
import type { EmbeddedIndex } from "../../search/embedded/embedded-index.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import type { Turns, Work } from "../../turns.ts";
import { createTurns } from "../../turns.ts";
import { readPieces } from "../../files/read-pieces.ts";
import type { IngestPlan } from "./ingest.ts";
import type { Progress, ProgressParts } from "./progress.ts";

/** What merges papers; loaded when some come, since most starts of the program take in none. */
export const loadMerging = () => import("./ingest.ts");

/** What a library was opened from, and what goes on changing. */
export interface IntakeParts extends ProgressParts {
  readonly index: PaperIndex & Pick<EmbeddedIndex, "isDamaged">;
  /** What the bundled pages say. */
  readonly pageListings: () => Promise<readonly Listing[]>;
  /** Counts what taking in papers costs. */
  readonly work: Work;
}

/**
 * Steps that a stored byte takes to be read and parsed, a line to be merged, that a paper takes to be compared, and to
 * get another id, to be taken out of long lists, and each of its characters.
 */
const COST = { stored: 20, replayed: 80_000, compared: 20_000, renamed: 500_000, character: 400 } as const;

/** Brings a plan into the index. A paper that gets another id is under one of the two at every moment. */
export async function applyPlan(
  index: PaperIndex,
  { papers, outdated }: IngestPlan,
  turns = createTurns(),
): Promise<void> {
  const { sizeOf } = await loadMerging();
  for (const paper of papers) {
    const old = outdated.get(paper.id);
    if (old === undefined) continue;
    // Begun together, so that no question comes between them.
    await Promise.all([index.add([paper]), index.remove(old)]);
    turns.spend(COST.renamed + COST.character * sizeOf(paper));
    await turns.pause();
  }
  await index.add(papers.filter(({ id }) => !outdated.has(id)));
}

/** Takes out of the index what papers that were removed have left there. */
export async function applyRemoved(
  index: PaperIndex,
  removed: readonly RemovedPaper[],
  turns = createTurns(),
): Promise<void> {
  const { remainsOf, sizeOf } = await loadMerging();
  for (const one of removed) {
    const papers = await remainsOf(index, one);
    await index.remove(papers.map(({ id }) => id));
    for (const paper of papers) turns.spend(COST.renamed + COST.character * sizeOf(paper));
    await turns.pause();
  }
}

/** Brings lines of the record into the index, in their order. */
async function applyLines(
  { index, removed }: IntakeParts,
  lines: readonly StoredLine[],
  turns: Turns,
): Promise<void> {
  const { planIngest } = await loadMerging();
  let waiting: Listing[] = [];
  const apply = async (): Promise<void> => {
    const listings = waiting;
    waiting = [];
    if (listings.length > 0) await applyPlan(index, await planIngest(index, listings, turns), turns);
  };
  for (const line of lines) {
    removed.note(line);
    if (line.kind === "listing") waiting.push(line.listing);
    if (line.kind !== "removed") continue;
    await apply();
    await applyRemoved(index, [line.paper], turns);
  }
  await apply();
}

/** Reads an open file on from what was read. */
async function readOn(parts: IntakeParts, progress: Progress, handle: FileHandle): Promise<void> {
  const turns = createTurns(parts.work);
  for await (const { items, problems, bytes } of readStored(
    handle,
    storedFile(parts.state),
    progress.seen(),
  )) {
    turns.spend(COST.stored * bytes.length);
    await turns.pause();
    progress.tell(problems);
    await applyLines(parts, items, turns);
    await progress.note(bytes);
  }
}

/** Whether a file was compacted from just what was read. */
async function isCompactedFrom(handle: FileHandle, progress: Progress): Promise<boolean> {
  let isSame = false;
  const pick = pickMarked((line) => {
    if (line.kind === "compacted" && progress.isAt(line)) isSame = true;
  });
  const { size } = await handle.stat();
  for await (const piece of readPieces(handle, { start: 0, end: size }, PIECE_BYTES)) pick(piece);
  return isSame;
}

/** Read at once where nothing is parsed. */
const PIECE_BYTES = 256 * 1024;

/** Reads an open file from its beginning, and then counts from there; `use` has the lines, some at a time. */
async function readAnew(
  parts: IntakeParts,
  handle: FileHandle,
  use: (lines: readonly StoredLine[], turns: Turns) => Promise<void>,
): Promise<Parameters<Progress["restart"]>> {
  const turns = createTurns(parts.work);
  const hash = parts.startHash();
  let seen = 0;
  parts.removed.reset();
  const extent = await extentOf(handle);
  for await (const { items, bytes } of readStored(handle, storedFile(parts.state))) {
    await use(items, turns);
    turns.spend(COST.stored * bytes.length);
    await turns.pause();
    hash.update(bytes);
    seen += bytes.length;
  }
  return [extent, { hash, seen }];
}

/** Goes on in a compacted file behind what is known; its beginning says nothing new. */
async function goOn(parts: IntakeParts, progress: Progress, handle: FileHandle): Promise<void> {
  let isKnown = true;
  const read = await readAnew(parts, handle, async (lines, turns) => {
    const end = isKnown ? lines.findIndex((line) => line.kind === "compacted" && progress.isAt(line)) : 0;
    const known = end < 0 ? lines : lines.slice(0, end);
    for (const line of known) parts.removed.note(line);
    if (end >= 0) isKnown = false;
    await applyLines(parts, lines.slice(known.length), turns);
  });
  progress.restart(...read);
}

/** Makes the index hold what the pages and an open file say, however they came about. */
async function readWhole(parts: IntakeParts, progress: Progress, handle: FileHandle): Promise<void> {
  const { createCatalogue } = await import("../../corpus/merging/catalogue.ts");
  const catalogue = createCatalogue();
  for (const listing of await parts.pageListings()) catalogue.file(listing);
  const read = await readAnew(parts, handle, async (lines, turns) => {
    for (const line of lines) {
      parts.removed.note(line);
      if (line.kind === "listing") catalogue.file(line.listing);
      if (line.kind === "removed") catalogue.drop(catalogue.same(asPaper(line.paper)).map(({ id }) => id));
      turns.spend(COST.replayed);
      await turns.pause();
    }
  });
  const papers = new Map(catalogue.papers().map((paper) => [paper.id, paper]));
  await bringTo(parts.index, papers, createTurns(parts.work));
  progress.restart(...read);
}

/** Makes the index hold just these papers. */
async function bringTo(index: PaperIndex, papers: Map<PaperId, Paper>, turns: Turns): Promise<void> {
  const gone: PaperId[] = [];
  for await (const paper of index.papers()) {
    const wanted = papers.get(paper.id);
    if (wanted === undefined) gone.push(paper.id);
    else if (isDeepStrictEqual(wanted, paper)) papers.delete(paper.id);
    turns.spend(COST.compared);
    await turns.pause();
  }
  for (const id of gone) {
    await index.remove([id]);
    turns.spend(COST.renamed);
    await turns.pause();
  }
  await index.add(papers.values());
}

/** Takes in what other programs stored or removed; false where their file is not the one that was read. */
export async function catchUp(parts: IntakeParts, progress: Progress): Promise<boolean> {
  const { state, log } = parts;
  const handle = await openStored(state);
  try {
    const extent: StoredExtent = handle === undefined ? { bytes: 0 } : await extentOf(handle);
    if (progress.continues(extent)) {
      if (handle !== undefined && extent.bytes !== progress.seen()) await readOn(parts, progress, handle);
      return true;
    }
    if (handle === undefined || extent.generation === undefined) {
      log.warn(`${storedFile(state)} is not the file it was; start Paperboy again to read it whole`);
      return false;
    }
    if (await isCompactedFrom(handle, progress)) await goOn(parts, progress, handle);
    else await readWhole(parts, progress, handle);
    return true;
  } finally {
    await handle?.close();
  }
}
