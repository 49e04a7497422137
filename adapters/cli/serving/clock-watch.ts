import type { Log } from "../../../src/log.ts";
import { HOUR_MS, MINUTE_MS, onClockSet } from "./schedule.ts";

const UNITS = [
  [24 * HOUR_MS, "day"],
  [HOUR_MS, "hour"],
  [MINUTE_MS, "minute"],
] as const;

/** A length of time in the largest unit of which it has two: `30 days`, `90 minutes`. */
function spanWords(ms: number): string {
  const [unit, name] = UNITS.find(([length]) => ms >= 2 * length) ?? [MINUTE_MS, "minute"];
  const count = Math.round(ms / unit);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

/** Says each time that the clock of the machine went ahead or back by a minute or more; what it gives ends that. */
export function startClockWatch(log: Log): () => Promise<void> {
  const end = onClockSet((went) => {
    const span = spanWords(Math.abs(went));
    log.warn(
      went > 0
        ? `The clock of this machine went ahead by ${span}: it was set, or the machine slept. What was due meanwhile counts as missed; if the clock is wrong, set it right, and days that have not come will be looked at again`
        : `The clock of this machine went back by ${span}. Times after it that were written down before are not relied on until they come`,
    );
  }, MINUTE_MS);
  return async () => end();
}
