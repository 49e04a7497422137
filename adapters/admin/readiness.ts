import { setTimeout as sleep } from "node:timers/promises";

/** Something without which the program does not do its work. */
export interface Need {
  readonly name: string;
  /** What is wrong with it, in words without paths or tokens; undefined where nothing is. */
  readonly problem: () => Promise<string | undefined>;
}

/** How one need stands. */
interface Standing {
  readonly name: string;
  readonly ready: boolean;
  readonly reason?: string;
}

/** Whether the program does its work, and what keeps it from that. */
export interface Readiness {
  readonly ready: boolean;
  readonly needs: readonly Standing[];
}

/** How long a need may take to tell how it stands, in milliseconds: less than probes usually wait, which is ten seconds. */
const PATIENCE = 3000;

async function standingOf({ name, problem }: Need): Promise<Standing> {
  const over = new AbortController();
  const late = sleep(PATIENCE, `it did not tell within ${PATIENCE / 1000} s`, { signal: over.signal });
  late.catch(() => undefined);
  const reason = await Promise.race([problem(), late])
    .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
    .finally(() => over.abort());
  return reason === undefined ? { name, ready: true } : { name, ready: false, reason };
}

/** Asks all needs at once. */
export async function readinessOf(needs: readonly Need[]): Promise<Readiness> {
  const standings = await Promise.all(needs.map(standingOf));
  return { ready: standings.every(({ ready }) => ready), needs: standings };
}
