import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../src/log.ts";
import { UserError } from "../../src/user-error.ts";
import type { Whereabouts } from "./impostor.ts";
import { impostorIn, plainAddress } from "./impostor.ts";

/** Waits for work, at most so many milliseconds; leaves no timer behind, which would keep the program from ending. */
export async function waitAtMost(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const over = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([work, late]).finally(() => over.abort());
}

/** Waiting between tries doubles up to this, in milliseconds. */
const MAX_WAIT = 60_000;

/** Different reasons that are told of one outage at most; each is told once. */
const REASONS = 3;

/** How to go on trying. */
export interface Persistence {
  /** Who is tried to be reached, for the log. */
  readonly platform: Whereabouts;
  readonly log: Pick<Log, "info" | "warn">;
  /** The wait before the second try, in milliseconds. */
  readonly wait: number;
  /** Ends the tries. */
  readonly ended: AbortSignal;
}

/** An error with what caused it at the very bottom, where libraries hide it: ECONNREFUSED. */
function reasonOf(error: unknown): string {
  let bottom = error;
  while (bottom instanceof Error && bottom.cause !== undefined) bottom = bottom.cause;
  const outer = String(error);
  const inner = bottom instanceof Error ? bottom.message : String(bottom);
  return outer.includes(inner) ? outer : `${outer} (${inner})`;
}

/** Tells of one outage: each of its reasons once, and that it is over. */
function createOutage({ platform: { name, address }, log }: Persistence) {
  const told = new Set<string>();
  const began = Date.now();
  return {
    tell(error: unknown, wait: number): void {
      const reason = reasonOf(error);
      if (told.has(reason) || told.size === REASONS) return;
      told.add(reason);
      const found = impostorIn(error);
      const what = found === undefined ? `${name} cannot be reached` : found.message;
      const why = found === undefined ? `: ${reason}` : "";
      const where = `${plainAddress(address)}; later tries are further apart`;
      log.warn(`${what}; trying again in ${wait / 1000} s${why} (${where})`);
    },
    end(): void {
      if (told.size > 0)
        log.info(`${name} is reached again after ${Math.round((Date.now() - began) / 1000)} s`);
    },
  };
}

/** Tries until it succeeds or `ended`; undefined then. Throws only what nobody but a person can mend: a UserError. */
export async function persist<T>(
  attempt: () => Promise<T>,
  persistence: Persistence,
): Promise<T | undefined> {
  const { ended } = persistence;
  const outage = createOutage(persistence);
  for (let { wait } = persistence; !ended.aborted; wait = Math.min(MAX_WAIT, wait * 2)) {
    try {
      const got = await attempt();
      outage.end();
      return got;
    } catch (error) {
      if (error instanceof UserError) throw error;
      if (ended.aborted) return undefined;
      outage.tell(error, wait);
      await sleep(wait, undefined, { signal: ended }).catch(() => undefined);
    }
  }
  return undefined;
}
