import type { Writable } from "node:stream";
import type { Listing } from "../../../src/corpus/paper.ts";
import type { GrowingLibrary } from "../../../src/library/library.ts";
import type { NamedSource, Progress, RefreshParts } from "../../../src/library/fetching/refresh.ts";
import { refresh } from "../../../src/library/fetching/refresh.ts";
import type { FileReport, FileReports } from "../../../src/library/intake/file-reports.ts";
import { createFileReports } from "../../../src/library/intake/file-reports.ts";
import type { BatchReport, IngestReport } from "../../../src/library/intake/report.ts";
import { createTally } from "../../../src/library/intake/report.ts";
import { takeAll } from "../../../src/library/fetching/take-all.ts";
import type { ColumnMap } from "../../../src/sources/csv/columns.ts";
import type { IsoDay } from "../../../src/sources/days.ts";
import type { FilesRead } from "../../../src/sources/files/files-source.ts";
import { createFilesSource } from "../../../src/sources/files/files-source.ts";
import type { SourceItem } from "../../../src/sources/source.ts";
import { escapeTerminal } from "../../terminal/escape.ts";

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
  /** Those that were read to their end. */
  readonly files: readonly FileReport[];
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
export function dryLibrary(
  library: GrowingLibrary,
): Pick<GrowingLibrary, "take" | "save"> & { readonly total: () => Promise<BatchReport> } {
  const all: Listing[] = [];
  let byHand = false;
  return {
    take: (listings, options) => {
      all.push(...listings);
      byHand ||= options?.byHand === true;
      return Promise.resolve({ ...createTally().report(), outcomes: [] });
    },
    save: () => Promise.resolve(),
    total: () => library.preview(all, { byHand }),
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
  /** What the columns of tables are told to mean. */
  readonly columns?: ColumnMap;
  /** Files in folders that are read otherwise. */
  readonly without?: ReadonlySet<string>;
  /** Standard input, where the files name it. */
  readonly input?: AsyncIterable<Uint8Array>;
}

function takeFiles(
  files: readonly string[],
  library: Pick<GrowingLibrary, "take">,
  {
    now,
    signal,
    progress,
    reports,
    input,
    columns,
    without,
  }: IntakeRequest & Pick<IntakeParts, "now"> & { reports: FileReports },
): Promise<IngestReport> {
  let read: FilesRead = { list: "", share: 0 };
  const source = createFilesSource(
    files,
    { now },
    {
      ...(input === undefined ? {} : { input }),
      ...(columns === undefined ? {} : { columns }),
      ...(without === undefined ? {} : { without }),
      told: (further) => {
        read = further;
      },
    },
  );
  const told = (papers: number): void => progress?.({ source: "files", papers, ...read });
  return takeAll(library, source.read({ signal }), { signal, progress: told, files: reports, byHand: true });
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
  const reports = createFileReports();
  if (files.length > 0) tally.add(await takeFiles(files, library, { ...request, now: parts.now, reports }));
  if (selected !== undefined)
    tally.add(await takeAll(library, selected, { signal: request.signal, byHand: true }));
  if (sources.length > 0) {
    const records = await parts.records();
    const order = { ...request, sources, ...(since === undefined ? {} : { since }) };
    tally.add(await refresh({ ...parts, library, records: dryRun ? dryRecords(records) : records }, order));
  }
  await library.save();
  if (dryRun) {
    const total = await dry.total();
    tally.add(total);
    reports.credit(total.outcomes);
  }
  return { ...tally.report(), stopped: request.signal.aborted, files: reports.reports() };
}
