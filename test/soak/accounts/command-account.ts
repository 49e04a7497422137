import { percentile, rounded } from "../../bench/statistics.ts";

/** One command as the person saw it; times in milliseconds by `performance.now`. */
export interface Asked {
  readonly began: number;
  /** How long the first response took; undefined where none came in time. */
  readonly afterMs: number | undefined;
  /** Whether there was something to see in the end. */
  readonly answered: boolean;
  readonly ended: number;
  /** What went wrong, in words. */
  readonly problem?: string;
}

/** A time in which a fault explains that a command is not answered. */
export interface Excuse {
  readonly from: number;
  readonly until: number;
}

/** What became of the commands on one platform. */
export interface CommandAccount {
  readonly asked: number;
  readonly answered: number;
  /** Without a response in time, or without an answer, and no fault explains it. */
  readonly missed: number;
  readonly firstMissed: readonly string[];
  /** The same where one does. */
  readonly missedInFaults: number;
  /** Without a response in time, while the program waited for a processor that others had. */
  readonly missedForWantOfProcessor: number;
  /** Milliseconds to what was asked for, where the first response only asked for patience. */
  readonly worstAnswer: number;
  /** Milliseconds to the first response. */
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

/** What explains that commands were not answered. */
export interface Excuses {
  readonly faults: readonly Excuse[];
  /** Times in which the machine was too busy; they explain a late response, not that an answer never came. */
  readonly starved: readonly Excuse[];
}

/** Compares what was asked with what was answered. */
export function accountCommands(all: readonly Asked[], { faults, starved }: Excuses): CommandAccount {
  const within = ({ began, ended }: Asked, excuses: readonly Excuse[]): boolean =>
    excuses.some(({ from, until }) => began < until && from < ended);
  const times = all.flatMap(({ afterMs }) => afterMs ?? []);
  const wrong = all.filter(({ afterMs, answered }) => afterMs === undefined || !answered);
  const unexplained = wrong.filter((one) => !within(one, faults));
  const late = unexplained.filter((one) => one.afterMs === undefined && within(one, starved));
  const missed = unexplained.filter((one) => !late.includes(one));
  return {
    asked: all.length,
    answered: all.length - wrong.length,
    missed: missed.length,
    firstMissed: missed.slice(0, 3).map(({ problem = "no answer" }) => problem),
    missedInFaults: wrong.length - unexplained.length,
    missedForWantOfProcessor: late.length,
    worstAnswer: rounded(
      Math.max(0, ...all.flatMap(({ answered, began, ended }) => (answered ? ended - began : []))),
    ),
    p50: rounded(percentile(times, 0.5)),
    p99: rounded(percentile(times, 0.99)),
    worst: rounded(Math.max(0, ...times)),
  };
}
