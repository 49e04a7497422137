import { setTimeout as sleep } from "node:timers/promises";
import { StorageError } from "../storage-error.ts";
import type { Run } from "../through.ts";
import { NotCommitted, UnknownOutcome } from "./changes.ts";
import { troubleOf } from "./trouble.ts";

/** How long work is tried again while the database cannot be reached, in milliseconds, with which pauses. */
export interface Patience {
  readonly most: number;
  readonly pause: number;
  readonly longest: number;
}

/** A replica takes its primary's place within a second where something watches over both, and within ten in the rule. */
const PATIENCE: Patience = { most: 10_000, pause: 50, longest: 1000 };

const mayTryAgain = (error: unknown): boolean => error instanceof NotCommitted || troubleOf(error) !== "no";

/** Half of a pause for certain and half by chance, so that those who failed together do not come back together. */
const around = (pause: number): number => pause / 2 + (Math.random() * pause) / 2;

/**
 * Work is tried again where it is certain that nothing of it was kept: changes.ts sees to that. A database that was not reached
 * for the whole time is asked once by whoever comes next, so that nobody waits in a queue for what does not come.
 */
export function createRetrying({ most, pause: first, longest }: Patience = PATIENCE): Run {
  let downSince: number | undefined;
  return async (_method, work) => {
    const began = performance.now();
    for (let pause = first; ; pause = Math.min(2 * pause, longest)) {
      try {
        const result = await work();
        downSince = undefined;
        return result;
      } catch (error) {
        if (error instanceof UnknownOutcome) throw new StorageError("unanswered", { cause: error });
        if (!mayTryAgain(error)) throw error;
        const at = performance.now();
        downSince ??= at;
        if (at - Math.min(began, downSince) > most) throw new StorageError("unreachable", { cause: error });
        await sleep(around(pause));
      }
    }
  };
}
