import { setImmediate as nextTurn } from "node:timers/promises";

/** How much was done, whatever the machine, in steps of about a nanosecond of warm code on two cores of an Intel Xeon. */
export interface Work {
  /** All that was done. */
  steps: number;
  /** The most that was done between two turns of other work. */
  longest: number;
}

/** No work yet. */
export const noWork = (): Work => ({ steps: 0, longest: 0 });

/** Counts the steps of one piece of work, and gives way to other work in between. */
export interface Turns {
  /** Notes steps that are about to be done. */
  readonly spend: (steps: number) => void;
  /** Whether other work should have its turn now. */
  readonly due: () => boolean;
  /** Gives way where that is due; resolves at once where it is not. */
  readonly pause: () => Promise<void>;
}

/**
 * Steps after which other work gets its turn: some 3 ms, so that a machine of a quarter of the speed, or one that collects
 * garbage meanwhile, stays below 20.
 */
export const SLICE = 3_000_000;

let last: Promise<unknown> = Promise.resolve();

/** The next turn of the event loop that nobody else waits for: of all pieces of work one goes on in each. */
const nextInLine = (): Promise<unknown> => (last = last.then(() => nextTurn()));

/** The turns of one piece of work, which is added to `work`. */
export function createTurns(work: Work = noWork()): Turns {
  let since = 0;
  const due = (): boolean => since >= SLICE;
  return {
    spend(steps) {
      since += steps;
      work.steps += steps;
      work.longest = Math.max(work.longest, since);
    },
    due,
    async pause() {
      if (!due()) return;
      since = 0;
      await nextInLine();
    },
  };
}
