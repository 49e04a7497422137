import type { Listing } from "../../corpus/paper.ts";
import type { Problem } from "../../corpus/problem.ts";
import { renderProblem } from "../../corpus/problem.ts";
import type { Log } from "../../log.ts";
import type { IsoDay } from "../../sources/days.ts";
import { readAll } from "../../sources/read-all.ts";
import type { Source } from "../../sources/source.ts";
import type { SourceRecords } from "../../store/store.ts";
import type { GrowingLibrary } from "../library.ts";
import type { Course } from "./reading-course.ts";
import { advance, courseOf } from "./reading-course.ts";
import type { IngestReport, Tally } from "../intake/report.ts";
import { createTally } from "../intake/report.ts";

/** A source under the name that settings and the database have for it: `arxiv:cs.CL`. */
export interface NamedSource {
  readonly key: string;
  readonly source: Source;
}

/** What refreshing works with. */
export interface RefreshParts {
  readonly library: Pick<GrowingLibrary, "take" | "save">;
  readonly records: SourceRecords;
  readonly now: () => Date;
  /** Where the operator is told once that a source fails again and again, and once that it works again. */
  readonly log: Log;
}

/** How far a reading has come. */
export interface Progress {
  readonly source: string;
  /** Papers read so far. */
  readonly papers: number;
  /** The list that was read last. */
  readonly list: string;
  /** How much of the days asked for is done, from 0 to 1. */
  readonly share: number;
}

/** What is to be read. */
export interface RefreshRequest {
  readonly sources: readonly NamedSource[];
  /** The first day wanted. Default: some days before the earliest one that is unread. */
  readonly since?: IsoDay;
  /** Ends the reading; what was read is stored, and the next reading goes on from there. */
  readonly signal: AbortSignal;
  readonly progress?: (progress: Progress) => void;
}

/** What came of it. */
export interface RefreshReport extends IngestReport {
  /** Sources that could not be read to their end this time. */
  readonly failed: readonly string[];
}

/** So many failures in a row are worth a word to the operator. */
const TELL_AFTER = 3;

/** Reads one source list by list; what was read is stored, whatever ends it. True where it came to its end. */
async function readSource(
  parts: RefreshParts,
  { key, source }: NamedSource,
  { course, request, tally }: { course: Course; request: RefreshRequest; tally: Tally },
): Promise<boolean> {
  const { since } = course;
  const asked = { signal: request.signal, ...(since === undefined ? {} : { since }) };
  let waiting: Listing[] = [];
  let [papers, reached, ended] = [0, course.from, false];
  const take = async (): Promise<void> => {
    const listings = waiting;
    waiting = [];
    if (listings.length > 0) tally.add(await parts.library.take(listings));
  };
  try {
    for await (const item of readAll([source], asked)) {
      ended = item.kind === "list";
      if (item.kind === "paper") {
        papers++;
        waiting.push(item.listing);
      } else if (item.kind === "problem") tally.problem(item.problem);
      else {
        await take();
        tally.passedOver(item.passed ?? {});
        reached = advance(reached, item);
        for (const name of course.recorded) await parts.records.listRead(name, course.storable(reached));
        request.progress?.({ source: key, papers, list: item.list, share: course.share(reached) });
      }
    }
  } finally {
    await take();
  }
  return ended && course.isDone(reached);
}

async function recordOutcome(parts: RefreshParts, key: string, whole: boolean | Problem): Promise<void> {
  const { records, log } = parts;
  if (typeof whole === "boolean") {
    const failures = await records.worked(key, whole);
    if (failures >= TELL_AFTER) log.info(`${key} can be read again, after ${failures} failures`);
    return;
  }
  const failures = await records.failed(key);
  if (failures !== TELL_AFTER) return;
  log.error(
    `${key} could not be read ${failures} times in a row; it is tried again and again, and this is not repeated. ${renderProblem(whole)}`,
  );
}

const unnamedProblem = (key: string, found: string): Problem => ({
  file: key,
  expected: "a source that can be read to its end",
  found,
});

/** Reads one source and records how that went; true where it went well. Rejects only with the signal's reason. */
async function refreshSource(
  parts: RefreshParts,
  named: NamedSource,
  { request, tally }: { request: RefreshRequest; tally: Tally },
): Promise<boolean> {
  const { key } = named;
  try {
    const course = await courseOf(parts.records, { key, since: request.since, now: parts.now() });
    const good = await readSource(parts, named, { course, request, tally });
    const reason = tally.lastProblem() ?? unnamedProblem(key, "lists that are missing");
    await recordOutcome(parts, key, good ? course.isWhole : reason);
    return good;
  } catch (error) {
    request.signal.throwIfAborted();
    // The disk or the database failed, or reading found no way on.
    const problem = unnamedProblem(key, error instanceof Error ? error.message : String(error));
    tally.problem(problem);
    await recordOutcome(parts, key, problem).catch((failure: unknown) =>
      parts.log.error("It could not be recorded that a source failed", { error: failure }),
    );
    return false;
  }
}

/**
 * Reads what is new in all sources at once and takes it into the library, list by list. A source that fails stops no
 * other. Never rejects: what went wrong is in the report, also where the signal ended it.
 */
export async function refresh(parts: RefreshParts, request: RefreshRequest): Promise<RefreshReport> {
  const tally = createTally();
  const read = await Promise.allSettled(
    request.sources.map(async (named) => {
      const own = createTally();
      try {
        return await refreshSource(parts, named, { request, tally: own });
      } finally {
        tally.add(own.report());
      }
    }),
  );
  await parts.library.save();
  const failed = request.sources.filter((_source, i) => {
    const one = read[i];
    return one?.status !== "fulfilled" || !one.value;
  });
  return { ...tally.report(), failed: failed.map(({ key }) => key) };
}
