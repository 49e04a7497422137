import type { Brand } from "../../corpus/brand.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import { parsePartialDate } from "../../corpus/partial-date.ts";

/** A day of the calendar as `YYYY-MM-DD`, without a time and a zone. Compares as text. */
export type LocalDate = Brand<"LocalDate">;

/** A weekday as ISO 8601 counts: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** The weekdays, Monday first. */
export const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** Milliseconds of a day of 24 hours. */
export const DAY_MS = 86_400_000;

/** Reads `YYYY-MM-DD`; undefined when it is not a day of the calendar. */
export function parseLocalDate(text: string): LocalDate | undefined {
  return text.length === 10 && parsePartialDate(text) !== undefined ? (text as LocalDate) : undefined;
}

/** The day on which a clock that shows UTC stands at this many milliseconds since 1970. */
export function dayOfMs(ms: number): LocalDate {
  return new Date(ms).toISOString().slice(0, 10) as LocalDate;
}

/** Midnight of a day in milliseconds since 1970, on a clock that shows UTC. */
export function msOfDay(date: LocalDate | PartialDate): number {
  return Date.parse(date);
}

/** The day so many days later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dayOfMs(msOfDay(date) + days * DAY_MS);
}

/** Days from one day to another: 1 from today to tomorrow, negative backwards. */
export function daysBetween(from: LocalDate | PartialDate, to: LocalDate | PartialDate): number {
  return Math.round((msOfDay(to) - msOfDay(from)) / DAY_MS);
}

/** The weekday of a day. */
export function weekdayOf(date: LocalDate): Weekday {
  // 1 January 1970 was a Thursday.
  const fromMonday = (((msOfDay(date) / DAY_MS + 3) % 7) + 7) % 7;
  return WEEKDAYS[fromMonday] ?? 1;
}
