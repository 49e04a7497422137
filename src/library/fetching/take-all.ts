import type { Listing } from "../../corpus/paper.ts";
import type { SourceItem } from "../../sources/source.ts";
import type { FileReports } from "../intake/file-reports.ts";
import type { GrowingLibrary } from "../library.ts";
import type { IngestReport } from "../intake/report.ts";
import { createTally } from "../intake/report.ts";
import { createTurns } from "../../turns.ts";

/** Papers that are stored and indexed together; others get their turn in between. */
const BATCH = 500;

/** Steps of reading a paper out of a file: some 100 µs. */
const READ_STEPS = 100_000;

/** What may be said of a reading while it goes on. */
export interface TakeRequest {
  /** Ends it; what was read until then is stored. */
  readonly signal: AbortSignal;
  /** Told after every batch how many papers were read. */
  readonly progress?: (papers: number) => void;
  /** Where files are told apart. */
  readonly files?: FileReports;
  /** That a person names these papers: those that were removed come back. */
  readonly byHand?: boolean;
}

/**
 * Takes in all papers of a reading, some at a time, so that its length costs no memory. Rejects only where they cannot
 * be stored.
 */
export async function takeAll(
  library: Pick<GrowingLibrary, "take">,
  items: AsyncIterable<SourceItem>,
  { signal, progress, files, byHand = false }: TakeRequest,
): Promise<IngestReport> {
  const tally = createTally();
  const turns = createTurns();
  let waiting: Listing[] = [];
  let papers = 0;
  const take = async (): Promise<void> => {
    const listings = waiting;
    waiting = [];
    if (listings.length === 0) return;
    const report = await library.take(listings, { byHand });
    tally.add(report);
    files?.credit(report.outcomes);
    papers += listings.length;
    progress?.(papers);
  };
  try {
    for await (const item of items) {
      // Items that are there already come one after the other without a turn for anybody else.
      turns.spend(READ_STEPS);
      await turns.pause();
      if (item.kind === "paper") waiting.push(item.listing);
      else if (item.kind === "problem") tally.problem(item.problem);
      else if (item.file !== undefined) files?.end(item.file);
      if (waiting.length >= BATCH) await take();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  await take();
  return tally.report();
}
