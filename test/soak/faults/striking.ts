import { setTimeout as sleep } from "node:timers/promises";
import type { Excuse } from "../accounts/command-account.ts";
import { isReady } from "../program.ts";
import type { Fault, Struck } from "./faults.ts";
import type { Planned } from "./plan.ts";

/** Milliseconds after a fault in which what it struck may still be under way. */
const GRACE = 2000;
/** How long the program may take to be ready again before a fault explains no more. */
const READY_AGAIN = 60_000;
/** How long it takes until a broken connection is noticed. */
const NOTICED = 500;

/** Lets faults strike, and keeps what they explain. */
export interface Striking {
  /** Those that come before the time leaps. */
  readonly beforeLeap: (plan: readonly Planned[]) => void;
  /** The others, within an episode that begins so many milliseconds before digests are due; resolves when all are over. */
  readonly during: (plan: readonly Planned[], beforeDue: number, length: number) => Promise<void>;
  readonly excuses: Readonly<Record<"discord" | "slack", readonly Excuse[]>>;
  /** How often each struck. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Prepares faults. */
export function createStriking(struck: Struck): Striking {
  const excuses = { discord: [] as Excuse[], slack: [] as Excuse[] };
  const counts: Record<string, number> = {};
  const strike = async ({ kind, explains, restMs, strike: act }: Fault): Promise<void> => {
    counts[kind] = (counts[kind] ?? 0) + 1;
    const from = performance.now();
    const over = act(struck);
    // What is asked from now on and never answered is explained while the fault goes on.
    await over;
    if (explains.length === 0) return;
    const left = from + (restMs ?? NOTICED) - performance.now();
    await sleep(Math.max(0, left));
    await readyAgain(struck);
    for (const platform of explains) excuses[platform].push({ from, until: performance.now() + GRACE });
  };
  return {
    excuses,
    counts,
    beforeLeap(plan) {
      for (const { fault } of plan) if (fault.when === "before-leap") void strike(fault);
    },
    async during(plan, beforeDue, length) {
      const begun = plan.map(async ({ fault, share }) => {
        if (fault.when === "before-leap") return;
        await sleep(delayOf(fault, share, { beforeDue, length }));
        await strike(fault);
      });
      await Promise.all(begun);
    },
  };
}

function delayOf(
  { when }: Fault,
  share: number,
  { beforeDue, length }: { beforeDue: number; length: number },
): number {
  // Half of an episode is left, so that there is time to find back into.
  if (when === "at-once") return (share * length) / 2;
  // Digests are under way within two seconds.
  if (when === "while-sent") return beforeDue + share * 2000;
  return (share * beforeDue) / 2;
}

async function readyAgain({ program }: Struck): Promise<void> {
  const until = performance.now() + READY_AGAIN;
  while (performance.now() < until && !(await isReady(program))) await sleep(200);
}
