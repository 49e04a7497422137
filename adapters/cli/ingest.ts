import type { Writable } from "node:stream";
import { renderProblem } from "../../src/corpus/problem.ts";
import type { Listing } from "../../src/corpus/paper.ts";
import type { IngestReport } from "../../src/library/ingest.ts";
import { readListings } from "../../src/library/ingest.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";
import type { NamedSource, Progress, RefreshParts } from "../../src/library/refresh.ts";
import { refresh } from "../../src/library/refresh.ts";
import type { IsoDay } from "../../src/sources/days.ts";
import type { SourceItem } from "../../src/sources/source.ts";
import { escapeTerminal } from "../terminal/escape.ts";
import { withSelected } from "./selections.ts";

/** What is to be taken in. */
export interface Intake {
  readonly files: readonly string[];
  readonly sources: readonly NamedSource[];
  readonly since?: IsoDay;
  /** What was picked out of the services, read once. */
  readonly selected?: AsyncIterable<SourceItem>;
  /** Only says what would change. */
  readonly dryRun: boolean;
}

/** What came of it; `stopped` where the operator ended it before its end. */
export interface IntakeReport extends IngestReport {
  readonly stopped: boolean;
}

/** Columns of the bar. */
const BAR = 20;

/** A line that is drawn over and over: a bar, the papers so far and the list that was read last. */
export function drawProgress(stderr: Writable): (progress: Progress) => void {
  return ({ source, papers, list, share }) => {
    const done = Math.round(share * BAR);
    const bar = `${"█".repeat(done)}${"░".repeat(BAR - done)}`;
    stderr.write(`\r\u001b[2K${escapeTerminal(`${bar} ${source}: ${papers} papers, ${list}`)}`);
  };
}

/** A library that only says what it would take in, of all that it was given. */
function dryLibrary(
  library: GrowingLibrary,
): Pick<GrowingLibrary, "take" | "save"> & { readonly total: () => Promise<IngestReport> } {
  const all: Listing[] = [];
  return {
    take: (listings) => {
      all.push(...listings);
      return library.preview(listings);
    },
    save: () => Promise.resolve(),
    total: () => library.preview(all),
  };
}

function dryRecords(records: RefreshParts["records"]): RefreshParts["records"] {
  return {
    find: records.find,
    listRead: () => Promise.resolve(),
    worked: () => Promise.resolve(0),
    failed: () => Promise.resolve(0),
  };
}

/** What taking in works with; the records are opened when sources are read. */
export interface IntakeParts extends Pick<RefreshParts, "log" | "now"> {
  readonly library: GrowingLibrary;
  readonly records: () => Promise<RefreshParts["records"]>;
}

const nothing: IngestReport = { added: 0, improved: 0, unchanged: 0, problems: [] };

/** Takes in files and sources, or says what that would change. The signal ends it with what was read until then stored. */
export async function takeIn(
  intake: Intake,
  parts: IntakeParts,
  request: { readonly signal: AbortSignal; readonly progress?: (progress: Progress) => void },
): Promise<IntakeReport> {
  const { files, sources, since, selected, dryRun } = intake;
  const read = await withSelected(await readListings(files), selected, request.signal);
  const dry = dryLibrary(parts.library);
  const library = dryRun ? dry : parts.library;
  const first = read.listings.length === 0 ? nothing : await library.take(read.listings);
  const readSources = async (): Promise<IngestReport> => {
    const records = await parts.records();
    const order = { ...request, sources, ...(since === undefined ? {} : { since }) };
    return refresh({ ...parts, library, records: dryRun ? dryRecords(records) : records }, order);
  };
  const rest = sources.length === 0 ? nothing : await readSources();
  await library.save();
  const problems = [...read.problems, ...rest.problems];
  const counts = dryRun
    ? await dry.total()
    : {
        added: first.added + rest.added,
        improved: first.improved + rest.improved,
        unchanged: first.unchanged + rest.unchanged,
      };
  return { ...counts, problems, stopped: request.signal.aborted };
}

/** The report as text, for people; problems are lines of their own. */
export function renderIntake(
  { added, improved, unchanged, problems, stopped }: IntakeReport,
  dryRun: boolean,
): { readonly text: string; readonly problems: readonly string[] } {
  const lost = problems.length === 0 ? "" : `; ${problems.length} could not be read`;
  const would = dryRun ? "Nothing was changed. It would be: " : "";
  const rest = stopped ? " Stopped; the same command goes on from here." : "";
  return {
    text: `${would}${added} new papers, ${improved} known better now, ${unchanged} already known${lost}.${rest}`,
    problems: problems.map((problem) => escapeTerminal(renderProblem(problem))),
  };
}
