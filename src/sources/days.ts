import type { PartialDate } from "../corpus/partial-date.ts";
import { parsePartialDate } from "../corpus/partial-date.ts";

/** A whole day, `2026-03-06`. Minted by `parseDay` and `utcDay`. */
export type IsoDay = PartialDate;

const DAY_MS = 86_400_000;

/** Reads `YYYY-MM-DD`; undefined when it is no day of the calendar. */
export function parseDay(text: string): IsoDay | undefined {
  return text.length === 10 ? parsePartialDate(text) : undefined;
}

/** The day of a moment in UTC, by which Hugging Face and arXiv's query API count. */
export function utcDay(at: Date): IsoDay {
  return at.toISOString().slice(0, 10) as IsoDay;
}

/** The day that lies `days` later, or earlier when negative. */
export function addDays(day: IsoDay, days: number): IsoDay {
  return utcDay(new Date(Date.parse(day) + days * DAY_MS));
}

/** All days from the first to the last, both included; none when the first lies after the last. */
export function daysBetween(first: IsoDay, last: IsoDay): IsoDay[] {
  const length = Math.floor((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, length) }, (_none, i) => addDays(first, i));
}
