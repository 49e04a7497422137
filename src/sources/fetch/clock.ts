import { setTimeout as wait } from "node:timers/promises";

/** Time as the fetcher sees it; tests bring their own. */
export interface Clock {
  readonly now: () => Date;
  /** Resolves after so many milliseconds; rejects with the signal's reason. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    try {
      await wait(ms, undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};
