import os from "node:os";
import { percentile, rounded } from "../bench/statistics.ts";
import { countKinds } from "../support/log-kinds.ts";
import { accountCommands, type Asked, type CommandAccount, type Excuse } from "./accounts/command-account.ts";
import type { DigestAccount } from "./accounts/digest-account.ts";
import { growthPerHour } from "./accounts/growth.ts";
import type { Held, Starvation } from "./sampling.ts";

/**
 * How much may be added in an hour. Memory: a bot of 300 MB with this much more every hour would still fit into a gigabyte
 * after a day, and what a run of half an hour shows without any leak stays below (docs/figures.md). Handles: faults,
 * digests and files that are taken in come more than a hundred times an hour, and each that left a handle open would show.
 */
export const BOUNDS = { rssMb: 60, heapMb: 30, handles: 30 } as const;

/** Seconds of a life that do not count: code is compiled, and the index and its caches are read for the first time. */
const WARM_UP = 120;

type Growing = keyof typeof BOUNDS;

/** What grew in the last life of the program, in an hour; undefined where that was too short to say. */
type Growth = Readonly<Record<Growing, number | undefined>>;

/** How much more is held after an hour, by the samples of the last life after its warm-up. */
function growthOf(samples: readonly Held[]): Growth {
  const last = samples.filter(({ pid }) => pid === samples.at(-1)?.pid);
  const warm = last.filter(({ at }) => at - (last[0]?.at ?? 0) > WARM_UP);
  const of = (name: Growing): number | undefined => {
    const slope = growthPerHour(warm.map((sample) => ({ at: sample.at, value: sample[name] })));
    return slope === undefined ? undefined : rounded(slope);
  };
  return { rssMb: of("rssMb"), heapMb: of("heapMb"), handles: of("handles") };
}

/** What a run has seen. */
export interface Seen {
  readonly asked: Readonly<Record<"discord" | "slack", readonly Asked[]>>;
  /** What faults explain. */
  readonly excuses: Readonly<Record<"discord" | "slack", readonly Excuse[]>>;
  readonly starvation: Starvation;
  readonly digests: DigestAccount;
  readonly samples: readonly Held[];
  readonly log: readonly string[];
  readonly violations: readonly string[];
}

/** The figures of a run. */
export interface Report {
  readonly discord: CommandAccount;
  readonly slack: CommandAccount;
  readonly digests: DigestAccount;
  readonly growth: Growth;
  /** Rules of platforms and sources that were broken. */
  readonly violations: number;
  readonly [more: string]: unknown;
}

/** What a platform says of an answer that came too late; how many do is counted by the commands. */
const LATE = /not acknowledged within|acknowledged twice or too late|Unknown interaction/i;

/** A line without the reference and the stack of an error. */
const withoutDetails = (line: string): string =>
  line
    .replace(/ \([0-9a-f]{8}\)/, "")
    .replace(/reference: '\w+', /, "")
    .replace(/,? stack: .*/, "");

/** Draws the figures up. */
export function reportOf(seen: Seen): Report {
  const { asked, excuses, starvation, digests, samples, log, violations } = seen;
  const starved = starvation.times;
  const broken = violations.filter((one) => !LATE.test(one));
  const range = (of: (sample: Held) => number): object => ({
    first: rounded(of(samples[0] ?? NOTHING)),
    last: rounded(of(samples.at(-1) ?? NOTHING)),
    most: rounded(Math.max(0, ...samples.map(of))),
  });
  return {
    discord: accountCommands(asked.discord, { faults: excuses.discord, starved }),
    slack: accountCommands(asked.slack, { faults: excuses.slack, starved }),
    digests,
    samples: samples.length,
    rssMb: range(({ rssMb }) => rssMb),
    heapMb: range(({ heapMb }) => heapMb),
    handles: range(({ handles }) => handles),
    growth: growthOf(samples),
    growthBounds: BOUNDS,
    // The program's figures count from one look at them to the next.
    eventLoopMs: {
      p99: rounded(
        percentile(
          samples.map(({ loopP99Ms }) => loopP99Ms),
          0.5,
        ),
      ),
      worstP99: rounded(Math.max(0, ...samples.map(({ loopP99Ms }) => loopP99Ms))),
      max: rounded(Math.max(0, ...samples.map(({ loopMaxMs }) => loopMaxMs))),
    },
    errors: countKinds(log.filter((line) => / (?:error|warn) /.test(line)).map(withoutDetails)),
    lateAnswers: violations.length - broken.length,
    violations: broken.length,
    firstViolations: broken.slice(0, 5),
    waitedForProcessor: rounded(starvation.share),
    load: os.loadavg().map((value) => rounded(value)),
  };
}

const NOTHING: Held = { at: 0, pid: 0, rssMb: 0, heapMb: 0, handles: 0, loopP99Ms: 0, loopMaxMs: 0 };

/** What must not be; empty for a run that went well. */
export function complaintsOf({ discord, slack, digests, growth, violations }: Report): string[] {
  const complaints: string[] = [];
  const complain = (count: number, what: string): void => {
    if (count > 0) complaints.push(`${count} ${what}`);
  };
  complain(digests.lost.length, "digests were lost");
  complain(digests.repeated.length, "digests came more than once");
  complain(discord.missed, "commands on Discord were not answered in time, and no fault explains it");
  complain(slack.missed, "commands on Slack were not answered in time, and no fault explains it");
  complain(violations, "rules of the platforms or sources were broken");
  for (const name of ["rssMb", "heapMb", "handles"] as const) {
    const grown = growth[name] ?? 0;
    if (grown > BOUNDS[name])
      complaints.push(`${name} grows by ${grown} an hour; ${BOUNDS[name]} are allowed`);
  }
  return complaints;
}
