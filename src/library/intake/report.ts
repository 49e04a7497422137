import type { Problem } from "../../corpus/problem.ts";

/** What taking in papers changed. */
export interface IngestReport {
  readonly added: number;
  /** Known papers about which something new was learnt. */
  readonly improved: number;
  /** Papers about which nothing new was said. */
  readonly unchanged: number;
  /** How much could not be read: lines, entries, lists. */
  readonly unread: number;
  /** Parts that could not be read of papers that were kept. */
  readonly partly: number;
  /** What that was and where, of the first 100. */
  readonly problems: readonly Problem[];
  /** Mentions of papers that were removed here, which are left out; absent where there are none. */
  readonly barred?: number;
  /** Entries of feeds that are no papers, by what they lack; absent where there are none. */
  readonly passed?: Readonly<Record<string, number>>;
}

/** What became of a paper that was read: one that was read before in the same go is known. */
export type Outcome = "added" | "improved" | "unchanged";

/** The report of papers that were taken in together, and what became of each, in their order. */
export interface BatchReport extends IngestReport {
  readonly outcomes: readonly Outcome[];
}

/** A file of any length may be all problems; so many are kept. */
const KEPT = 100;

/** Sums up reports; its memory stays flat. */
export interface Tally {
  readonly add: (report: IngestReport) => void;
  readonly problem: (problem: Problem) => void;
  readonly passedOver: (passed: Readonly<Record<string, number>>) => void;
  readonly lastProblem: () => Problem | undefined;
  readonly report: () => IngestReport;
}

/** A tally of nothing. */
export function createTally(): Tally {
  const problems: Problem[] = [];
  let [added, improved, unchanged, unread, partly, barred] = [0, 0, 0, 0, 0, 0];
  const passed: Record<string, number> = {};
  let last: Problem | undefined;
  const keep = (problem: Problem): void => {
    last = problem;
    if (problems.length < KEPT) problems.push(problem);
  };
  const passedOver: Tally["passedOver"] = (more) => {
    for (const [name, count] of Object.entries(more)) passed[name] = (passed[name] ?? 0) + count;
  };
  return {
    passedOver,
    add(report) {
      added += report.added;
      improved += report.improved;
      unchanged += report.unchanged;
      unread += report.unread;
      partly += report.partly;
      barred += report.barred ?? 0;
      passedOver(report.passed ?? {});
      report.problems.forEach(keep);
    },
    problem(problem) {
      if (problem.kept === true) partly++;
      else unread++;
      keep(problem);
    },
    lastProblem: () => last,
    report: () => ({
      added,
      improved,
      unchanged,
      unread,
      partly,
      problems: [...problems],
      ...(barred === 0 ? {} : { barred }),
      ...(Object.keys(passed).length === 0 ? {} : { passed: { ...passed } }),
    }),
  };
}
