import type { Problem } from "../corpus/problem.ts";

/** What taking in papers changed. */
export interface IngestReport {
  readonly added: number;
  /** Known papers about which something new was learnt. */
  readonly improved: number;
  /** Papers about which nothing new was said. */
  readonly unchanged: number;
  /** How much could not be read: lines, entries, lists. */
  readonly unread: number;
  /** What that was and where, of the first 100. */
  readonly problems: readonly Problem[];
}

/** A file of any length may be all problems; so many are kept. */
const KEPT = 100;

/** Sums up reports; its memory stays flat. */
export interface Tally {
  readonly add: (report: IngestReport) => void;
  readonly problem: (problem: Problem) => void;
  readonly lastProblem: () => Problem | undefined;
  readonly report: () => IngestReport;
}

/** A tally of nothing. */
export function createTally(): Tally {
  const problems: Problem[] = [];
  let [added, improved, unchanged, unread] = [0, 0, 0, 0];
  let last: Problem | undefined;
  const keep = (problem: Problem): void => {
    last = problem;
    if (problems.length < KEPT) problems.push(problem);
  };
  return {
    add(report) {
      added += report.added;
      improved += report.improved;
      unchanged += report.unchanged;
      unread += report.unread;
      report.problems.forEach(keep);
    },
    problem(problem) {
      unread++;
      keep(problem);
    },
    lastProblem: () => last,
    report: () => ({ added, improved, unchanged, unread, problems: [...problems] }),
  };
}
