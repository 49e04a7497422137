import type { ScheduledTask } from "node-cron";
import { schedule } from "node-cron";

/** Milliseconds of a minute and of an hour. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** When work begins: whenever the clock passes a multiple of `every` milliseconds since 1970, and `after` more. */
export interface Rhythm {
  /** Whole minutes. */
  readonly every: number;
  readonly after?: number;
}

/** How often it is looked whether the clock was set: as often as work begins at most. */
const WATCH_MS = MINUTE_MS;

/** A clock that is set right by and by goes less far between two looks. */
const SET_MS = 1000;

/** A minute that a process at rest has missed is made up for: the next of its kind would be that of another year. */
const YEAR_MS = 366 * 24 * HOUR_MS;

/** How far the clock on the wall is ahead of the time that has passed since some start, in milliseconds. */
const leadOf = (): number => Date.now() - Number(process.hrtime.bigint() / 1_000_000n);

/** The one minute of a year, in UTC, as node-cron writes it. */
function minuteOf(ms: number): string {
  const at = new Date(ms);
  return `${at.getUTCMinutes()} ${at.getUTCHours()} ${at.getUTCDate()} ${at.getUTCMonth() + 1} *`;
}

/** Whoever is to be told when the clock was set. */
interface Listener {
  readonly noticed: (ms: number) => void;
  /** Less is no news to this one. */
  readonly least: number;
  lead: number;
}

const listeners = new Set<Listener>();
let watch: NodeJS.Timeout | undefined;

/** Until the minute is full, when other work begins too. */
const untilLook = (): number => WATCH_MS - (Date.now() % WATCH_MS);

/** Looks for all listeners at once, so that the process wakes up once a minute for all of them. */
function lookAtClock(): void {
  watch = setTimeout(lookAtClock, untilLook());
  const lead = leadOf();
  for (const listener of listeners) {
    const went = lead - listener.lead;
    if (Math.abs(went) < listener.least) continue;
    listener.lead = lead;
    listener.noticed(went);
  }
}

/** Calls `noticed` with how far the clock went, in milliseconds, when it was set; what it gives ends that. */
export function onClockSet(noticed: (ms: number) => void, least = SET_MS): () => void {
  const listener: Listener = { noticed, least, lead: leadOf() };
  listeners.add(listener);
  watch ??= setTimeout(lookAtClock, untilLook());
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(watch);
    watch = undefined;
  };
}

/**
 * Does work in a rhythm of the clock on the wall; work that is still under way is not begun again. The function it gives
 * ends it, after the work under way. node-cron is given one minute at a time, and a new one when the clock was set: a task
 * of 4.6.0 that repeats works out each of its runs in the years that a clock went ahead, and after it went back rests until
 * the day it had seen (findings/node-cron-clock-jump.sh). Its zone is that of the process, UTC (main.ts).
 */
export function startRhythm({ every, after = 0 }: Rhythm, work: () => Promise<unknown>): () => Promise<void> {
  let task: ScheduledTask | undefined;
  let underWay: Promise<unknown> | undefined;
  const arm = (): void => {
    const next = (Math.floor((Date.now() - after) / every) + 1) * every + after;
    task = schedule(minuteOf(next), run, { maxExecutions: 1, missedExecutionTolerance: YEAR_MS });
  };
  const run = (): void => {
    underWay ??= work().finally(() => (underWay = undefined));
    arm();
  };
  const unwatch = onClockSet(() => {
    void task?.destroy();
    arm();
  });
  arm();
  return async () => {
    unwatch();
    await task?.destroy();
    await underWay;
  };
}
