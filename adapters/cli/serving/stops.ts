import type { Log } from "../../../src/log.ts";

/** The end takes this long at most from when it is asked for, in milliseconds: whatever runs the program may kill it soon after. */
const LIMIT = 4800;

/** A second signal within this time is the same wish, in milliseconds: a terminal and a wrapper such as npm each send one. */
const SAME_WISH = 500;

/** Once all is over, what keeps the process alive is a request that is never answered; it is left behind, in milliseconds. */
const LEAVING = 700;

const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

/** The operator's wish that the program end: Ctrl-C, or a signal of whatever runs it. */
export interface Stops {
  /** Aborted when the program is asked to end. Until this is asked for, the program ends at once. */
  readonly asked: () => AbortSignal;
  /** Says that all is over; what is still open ends soon after with the process. */
  readonly over: () => void;
}

/**
 * Listens for signals. The first one asks for the end, which takes five seconds at most; a second one, later than half a second
 * after it, ends the program at once with 128 and the signal's number. A program in a container's first process would
 * otherwise not hear a signal at all.
 */
export function listenForStops(log: Pick<Log, "warn" | "info">): Stops {
  const asking = new AbortController();
  let isHeard = false;
  let since = 0;
  const stop = (signal: keyof typeof NUMBERS): void => {
    if (!isHeard) {
      log.info(`Ended by ${signal} while starting; nothing was under way`);
      process.exit(0);
    }
    if (!asking.signal.aborted) {
      since = performance.now();
      setTimeout(() => {
        log.warn("Ended without waiting for what was being read or stored; the next start goes on there");
        process.exit();
      }, LIMIT).unref();
      asking.abort(new Error(`ended by ${signal}`));
      return;
    }
    if (performance.now() - since < SAME_WISH) return;
    log.warn(`Asked again to end, by ${signal}: ended at once; what was under way is left to the next start`);
    process.exit(128 + NUMBERS[signal]);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    asked() {
      isHeard = true;
      return asking.signal;
    },
    // Does not keep the process alive by itself.
    over: () => void setTimeout(() => process.exit(), LEAVING).unref(),
  };
}

/** Resolves when a signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
