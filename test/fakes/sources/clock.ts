import { setImmediate as soon } from "node:timers/promises";
import type { Clock } from "../../../src/sources/fetch/clock.ts";

/** A clock that jumps instead of waiting. */
export interface TestClock extends Clock {
  /** Every wait that was asked for, in milliseconds. */
  readonly slept: readonly number[];
  readonly set: (instant: string) => void;
}

/** A clock that stands at an instant and moves only by sleeping; fakes and what they are asked by share it. */
export function createTestClock(instant: string): TestClock {
  let at = Date.parse(instant);
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(at),
    set: (to) => {
      at = Date.parse(to);
    },
    async sleep(ms, signal) {
      signal.throwIfAborted();
      const wake = at + ms;
      slept.push(ms);
      await soon();
      at = Math.max(at, wake);
      signal.throwIfAborted();
    },
  };
}
