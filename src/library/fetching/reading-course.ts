import type { IsoDay } from "../../sources/days.ts";
import { addDays, daysBetween, parseDay, utcDay } from "../../sources/days.ts";
import type { SourceItem } from "../../sources/source.ts";
import type { SourceRecord, SourceRecords } from "../../store/store.ts";

/** Votes rise for days, and what is submitted before a holiday is announced up to five days later. */
const LOOK_BACK_DAYS = 6;
/** Those days are read anew once a day; arXiv asks not to put one query more often. Every other time, the newest lists. */
const LOOK_BACK_EVERY_MS = 20 * 60 * 60 * 1000;

/** Which days one reading of a source goes through, and what is recorded of it. */
export interface Course {
  /** The first day asked for; undefined for the newest lists only. */
  readonly since: IsoDay | undefined;
  /** The day from which lists must follow one another without a gap. */
  readonly from: IsoDay;
  /** Whether it reads back some days, so that nothing is missing afterwards. */
  readonly isWhole: boolean;
  /** The names under which it is recorded how far it came. */
  readonly recorded: readonly string[];
  /** Whether all days are read when `reached` is the earliest unread one. */
  readonly isDone: (reached: IsoDay) => boolean;
  /** The earliest unread day as it is recorded: today's list still grows. */
  readonly storable: (reached: IsoDay) => IsoDay;
  /** How much is done, from 0 to 1. */
  readonly share: (reached: IsoDay) => number;
}

/** The earliest unread day after one more list; a list after a gap changes nothing. */
export function advance(reached: IsoDay, list: Extract<SourceItem, { kind: "list" }>): IsoDay {
  const { day, state } = list;
  if (day === undefined || state === "not-open" || (list.first ?? day) > reached) return reached;
  const next = addDays(day, 1);
  return next > reached ? next : reached;
}

/** No day after today is read or asked for: one that is recorded comes of a clock that was ahead. */
const untilToday = (day: IsoDay | undefined, today: IsoDay): IsoDay | undefined =>
  day === undefined || day < today ? day : today;

const unreadOf = (record: SourceRecord | undefined, today: IsoDay): IsoDay | undefined =>
  untilToday(parseDay(record?.unread ?? ""), today);

/** Where a reading that nobody gave a first day begins. */
function dueSince(record: SourceRecord | undefined, now: Date): IsoDay | undefined {
  const today = utcDay(now);
  const unread = unreadOf(record, today);
  if (unread === undefined) return addDays(today, -LOOK_BACK_DAYS);
  const sinceWhole = now.getTime() - (record?.wholeAt?.getTime() ?? 0);
  const isCurrent = sinceWhole >= 0 && sinceWhole < LOOK_BACK_EVERY_MS;
  if (unread >= addDays(today, -1) && isCurrent) return undefined;
  return addDays(unread, -LOOK_BACK_DAYS);
}

/**
 * The course of the next reading of a source. One from a given day that was interrupted goes on where it ended when the
 * same day is given again.
 */
export async function courseOf(
  records: SourceRecords,
  { key, since, now }: { readonly key: string; readonly since: IsoDay | undefined; readonly now: Date },
): Promise<Course> {
  const today = utcDay(now);
  const record = await records.find(key);
  const unread = unreadOf(record, today);
  const own = since === undefined ? undefined : `${key} since ${since}`;
  const resumed = own === undefined ? undefined : unreadOf(await records.find(own), today);
  const begin = resumed ?? untilToday(since, today) ?? dueSince(record, now);
  const from = begin ?? unread ?? today;
  // A reading that begins after the earliest unread day leaves it unread.
  const follows = unread === undefined || from <= unread;
  const days = Math.max(1, daysBetween(from, today).length);
  return {
    since: begin,
    from,
    isWhole: begin !== undefined && follows,
    recorded: [...(follows ? [key] : []), ...(own === undefined ? [] : [own])],
    isDone: (reached) => begin === undefined || reached >= today,
    storable: (reached) => (reached < today ? reached : today),
    share: (reached) => Math.min(1, daysBetween(from, addDays(reached, -1)).length / days),
  };
}
