import { IANAZone } from "luxon";
import type { LocalDate, Weekday } from "./local-date.ts";
import { addDays, DAY_MS, dayOfMs, msOfDay, weekdayOf } from "./local-date.ts";

/** When something comes. */
export interface Schedule {
  /** On the clocks of `zone`. */
  readonly time: { readonly hour: number; readonly minute: number };
  /** IANA name. */
  readonly zone: string;
  /** In ascending order, at least one. */
  readonly days: readonly Weekday[];
}

/** One message that is to come: a subscription has at most one for each local date. */
export interface Slot {
  readonly date: LocalDate;
  readonly dueAt: Date;
}

const MINUTE_MS = 60_000;

/** A week has every weekday; one more week where a zone once left a day out. */
const DAYS_TO_LOOK_AHEAD = 16;

/** What the clocks of a zone show at an instant, as the milliseconds at which a clock of UTC shows the same. */
function wallAt(zone: IANAZone, instant: number): number {
  return instant + zone.offset(instant) * MINUTE_MS;
}

/** The first instant between two at which the clocks show `wall` or later, when they jump over it in between. */
function afterGap(zone: IANAZone, wall: number, between: readonly [number, number]): number {
  let [before, after] = between;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallAt(zone, middle) >= wall) after = middle;
    else before = middle;
  }
  return after;
}

/**
 * The first instant at which the clocks of a zone show `wall`; where they jump over it, the first after the jump. Built
 * on the offsets a day before and a day after, since luxon does not say which of two equal times it takes, and moves a
 * time that does not exist by the length of the jump.
 */
function firstInstant(zone: IANAZone, wall: number): { readonly instant: number; readonly exact: boolean } {
  const offsets = [zone.offset(wall - DAY_MS), zone.offset(wall + DAY_MS)];
  const low = wall - Math.max(...offsets) * MINUTE_MS;
  const high = wall - Math.min(...offsets) * MINUTE_MS;
  if (low === high || wallAt(zone, low) === wall) return { instant: low, exact: true };
  if (wallAt(zone, high) === wall) return { instant: high, exact: true };
  return { instant: afterGap(zone, wall, [low, high]), exact: false };
}

/**
 * The slot of a local date, whatever its weekday. A time that the clocks jump over that day is due right after the
 * jump, and one that they show twice the first time. Undefined for a day that a zone left out altogether.
 */
function slotAt({ time }: Schedule, zone: IANAZone, date: LocalDate): Slot | undefined {
  const wall = msOfDay(date) + (time.hour * 60 + time.minute) * MINUTE_MS;
  const { instant, exact } = firstInstant(zone, wall);
  // A jump over midnight leaves the day's evening without the time, but the day has been.
  const dayExists =
    exact || dayOfMs(wallAt(zone, instant)) === date || dayOfMs(wallAt(zone, instant - 1)) === date;
  return dayExists ? { date, dueAt: new Date(instant) } : undefined;
}

/** The local date in a zone at an instant. */
export function localDateOf(zone: string, at: Date): LocalDate {
  return dayOfMs(wallAt(IANAZone.create(zone), at.getTime()));
}

/** The slot of a local date; undefined when its weekday is not chosen or the zone left that day out. */
export function slotOn(plan: Schedule, date: LocalDate): Slot | undefined {
  return plan.days.includes(weekdayOf(date)) ? slotAt(plan, IANAZone.create(plan.zone), date) : undefined;
}

/** The slots due after `from` and not after `to`, in order. */
export function slotsBetween(plan: Schedule, from: Date, to: Date): Slot[] {
  const zone = IANAZone.create(plan.zone);
  // A date's slot is never due after the clocks have shown the next date, so none before the first date is left; but
  // clocks that go back over midnight show a date again after the next one has begun.
  const first = dayOfMs(wallAt(zone, from.getTime()));
  const last = addDays(dayOfMs(wallAt(zone, to.getTime())), 1);
  const slots: Slot[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) {
    const slot = plan.days.includes(weekdayOf(date)) ? slotAt(plan, zone, date) : undefined;
    if (slot !== undefined && slot.dueAt > from && slot.dueAt <= to) slots.push(slot);
  }
  return slots;
}

/** The first slot due after an instant. A plan without days has none and is a fault of the program. */
export function nextSlot(plan: Schedule, after: Date): Slot {
  const first = localDateOf(plan.zone, after);
  for (let days = 0; days <= DAYS_TO_LOOK_AHEAD; days++) {
    const slot = slotOn(plan, addDays(first, days));
    if (slot !== undefined && slot.dueAt > after) return slot;
  }
  throw new Error(`A plan with the days [${plan.days.join()}] has no slot`);
}
