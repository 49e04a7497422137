import type { Log } from "../../src/log.ts";
import { HOUR_MS, MINUTE_MS, startRhythm } from "./schedule.ts";

/** Less than this is what setting a clock right by and by costs, or a busy machine. */
const JUMP_MS = MINUTE_MS;

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

/** How far the clock on the wall is ahead of the time that has passed since some start, in milliseconds. */
const leadOf = (): number => Date.now() - Number(process.hrtime.bigint() / 1_000_000n);

/** Says each time that the clock of the machine went ahead or back by a minute or more; resolves with what ends that. */
export function startClockWatch(log: Log): () => Promise<void> {
  let lead = leadOf();
  const look = async (): Promise<void> => {
    const jumped = leadOf() - lead;
    if (Math.abs(jumped) < JUMP_MS) return;
    lead += jumped;
    const span = spanWords(Math.abs(jumped));
    log.warn(
      jumped > 0
        ? `The clock of this machine went ahead by ${span}: it was set, or the machine slept. What was due meanwhile counts as missed; if the clock is wrong, set it right, and days that have not come will be looked at again`
        : `The clock of this machine went back by ${span}. Times after it that were written down before are not relied on until they come`,
    );
  };
  return startRhythm({ every: MINUTE_MS }, look);
}
