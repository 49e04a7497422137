import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../src/log.ts";
import { UserError } from "../../src/user-error.ts";

/** Waits for work, at most so many milliseconds; leaves no timer behind, which would keep the program from ending. */
export async function waitAtMost(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const over = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([work, late]).finally(() => over.abort());
}

/** Waiting between tries doubles up to this, in milliseconds. */
const MAX_WAIT = 60_000;

/** How to go on trying. */
export interface Persistence {
  /** Who is tried to be reached, for the log. */
  readonly name: string;
  readonly log: Log;
  /** The wait before the second try, in milliseconds. */
  readonly wait: number;
  /** Ends the tries. */
  readonly ended: AbortSignal;
}

/** Tries until it succeeds or `ended`; undefined then. Throws only what nobody but a person can mend: a UserError. */
export async function persist<T>(
  attempt: () => Promise<T>,
  persistence: Persistence,
): Promise<T | undefined> {
  const { name, log, ended } = persistence;
  for (let { wait } = persistence; !ended.aborted; wait = Math.min(MAX_WAIT, wait * 2)) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof UserError) throw error;
      log.warn(`${name} cannot be reached; trying again in ${wait / 1000} s: ${String(error)}`);
      await sleep(wait, undefined, { signal: ended }).catch(() => undefined);
    }
  }
  return undefined;
}
