import type { Writable } from "node:stream";
import { renderProblem } from "../../src/corpus/problem.ts";
import type { Listing } from "../../src/corpus/paper.ts";
import type { GrowingLibrary } from "../../src/library/library.ts";
import type { NamedSource, Progress, RefreshParts } from "../../src/library/refresh.ts";
import { refresh } from "../../src/library/refresh.ts";
import type { IngestReport } from "../../src/library/report.ts";
import { createTally } from "../../src/library/report.ts";
import { takeAll } from "../../src/library/take-all.ts";
import type { IsoDay } from "../../src/sources/days.ts";
import type { FilesRead } from "../../src/sources/files/files-source.ts";
import { createFilesSource } from "../../src/sources/files/files-source.ts";
import type { SourceItem } from "../../src/sources/source.ts";
import { escapeTerminal } from "../terminal/escape.ts";

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
      return Promise.resolve(createTally().report());
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

/** What is wanted of taking in: its end, and word of how far it has come. */
export interface IntakeRequest {
  readonly signal: AbortSignal;
  readonly progress?: (progress: Progress) => void;
}

function takeFiles(
  files: readonly string[],
  library: Pick<GrowingLibrary, "take">,
  { now, signal, progress }: IntakeRequest & Pick<IntakeParts, "now">,
): Promise<IngestReport> {
  let read: FilesRead = { list: "", share: 0 };
  const source = createFilesSource(files, { now }, (further) => {
    read = further;
  });
  const told = (papers: number): void => progress?.({ source: "files", papers, ...read });
  return takeAll(library, source.read({ signal }), { signal, progress: told });
}

/** Takes in files and sources, or says what that would change. The signal ends it with what was read until then stored. */
export async function takeIn(
  { files, sources, since, selected, dryRun }: Intake,
  parts: IntakeParts,
  request: IntakeRequest,
): Promise<IntakeReport> {
  const dry = dryLibrary(parts.library);
  const library = dryRun ? dry : parts.library;
  const tally = createTally();
  if (files.length > 0) tally.add(await takeFiles(files, library, { ...request, now: parts.now }));
  if (selected !== undefined) tally.add(await takeAll(library, selected, { signal: request.signal }));
  if (sources.length > 0) {
    const records = await parts.records();
    const order = { ...request, sources, ...(since === undefined ? {} : { since }) };
    tally.add(await refresh({ ...parts, library, records: dryRun ? dryRecords(records) : records }, order));
  }
  await library.save();
  if (dryRun) tally.add(await dry.total());
  return { ...tally.report(), stopped: request.signal.aborted };
}

/** So many problems are told one by one. */
const TOLD = 20;

/** The report as text, for people; problems are lines of their own. */
export function renderIntake(
  { added, improved, unchanged, unread, problems, stopped }: IntakeReport,
  dryRun: boolean,
): { readonly text: string; readonly problems: readonly string[] } {
  const lost = unread === 0 ? "" : `; ${unread} could not be read`;
  const would = dryRun ? "Nothing was changed. It would be: " : "";
  const rest = stopped ? " Stopped; the same command goes on from here." : "";
  const told = problems.slice(0, TOLD).map((problem) => escapeTerminal(renderProblem(problem)));
  const more = unread - told.length;
  return {
    text: `${would}${added} new papers, ${improved} known better now, ${unchanged} already known${lost}.${rest}`,
    problems: more > 0 ? [...told, `… and ${more} more that could not be read`] : told,
  };
}
