/**
 * Loaded into the program before anything else (`node --import`): its time passes as that of the machine does, and now and
 * then leaps over hours in which nothing is due, when the process that started it says so. What leaps is what the program
 * decides by: its own clock, and the timers of its schedule. All other timers, and the clocks of the libraries that
 * watch over connections, stay real, since input and output are. A clock that runs faster by a factor would not do: what
 * takes seconds of a real connection would take hours of the program's, and every digest would be late.
 */
import { isMainThread } from "node:worker_threads";
import { callersPlace } from "../../support/callers-place.ts";

/** What the program is told: how far its clock is to be from the machine's, in milliseconds. */
export interface Leap {
  readonly aheadMs: number;
}

/** Whose clock leaps: the program's own and that of its calendars. Locks go by the times of files, which are the machine's. */
const OWN = /^(?!.*\/node_modules\/).*\/dist\/(?:adapters|src\/(?!files\/))/;
const CALENDARS = /\/node_modules\/(?:node-cron|luxon)\//;
/** Whose timers do. */
const SCHEDULES = ["/node_modules/node-cron/", "/dist/adapters/cli/serving/schedule.js"];

const RealDate = Date;
const { setTimeout, clearTimeout } = globalThis;
let aheadMs = Number(process.env["SOAK_AHEAD_MS"] ?? 0);

const leaps = (place: string): boolean => OWN.test(place) || CALENDARS.test(place);
const isSchedule = (place: string): boolean => SCHEDULES.some((one) => place.includes(one));

function now(): number {
  return RealDate.now() + (leaps(callersPlace()) ? aheadMs : 0);
}

globalThis.Date = new Proxy(RealDate, {
  construct(target, args: unknown[], newTarget: new () => Date) {
    const given = args.length > 0 || !leaps(callersPlace()) ? args : [RealDate.now() + aheadMs];
    return Reflect.construct(target, given, newTarget) as Date;
  },
  get: (target, key): unknown => (key === "now" ? now : Reflect.get(target, key)),
});

const monotonic = process.hrtime.bigint.bind(process.hrtime);
// The schedule compares both clocks: where only one leaps it takes the machine's for set.
process.hrtime.bigint = function bigint() {
  return monotonic() + (isSchedule(callersPlace()) ? BigInt(aheadMs) * 1_000_000n : 0n);
};

/** A timer of the schedule: what it does, and when by the leaping clock. */
interface Waiting {
  readonly at: number;
  readonly fire: () => void;
  timer: NodeJS.Timeout;
}

/** By the timer that was handed out; after a leap another one waits in its place. */
const waiting = new Map<NodeJS.Timeout, Waiting>();

function waitScheduled(act: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): NodeJS.Timeout {
  const fire = (): void => {
    waiting.delete(handed);
    act(...args);
  };
  const handed = setTimeout(fire, ms);
  waiting.set(handed, { at: RealDate.now() + aheadMs + ms, fire, timer: handed });
  return handed;
}

function leapTo(ahead: number): void {
  aheadMs = ahead;
  for (const one of waiting.values()) {
    clearTimeout(one.timer);
    const left = Math.max(0, one.at - RealDate.now() - aheadMs);
    const next = setTimeout(one.fire, left);
    if (!one.timer.hasRef()) next.unref();
    one.timer = next;
  }
}

function wait(...args: Parameters<typeof waitScheduled>): NodeJS.Timeout {
  return isSchedule(callersPlace()) ? waitScheduled(...args) : setTimeout(...args);
}
globalThis.setTimeout = Object.defineProperties(
  wait,
  Object.getOwnPropertyDescriptors(setTimeout),
) as unknown as typeof setTimeout;

function stopWaiting(timer: Parameters<typeof clearTimeout>[0]): void {
  const known = waiting.get(timer as NodeJS.Timeout);
  waiting.delete(timer as NodeJS.Timeout);
  clearTimeout(known?.timer ?? timer);
}
globalThis.clearTimeout = stopWaiting;

if (isMainThread && process.channel !== undefined) {
  process.on("message", (leap: Leap) => {
    leapTo(leap.aheadMs);
    process.send?.(leap);
  });
  // The program ends when its own work does.
  process.channel?.unref();
}
