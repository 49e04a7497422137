import type { PartialDate } from "../partial-date.ts";
import { monthNumber, partialDate } from "../partial-date.ts";

/** A day as the pages print it. The year is left out where it is the page's own. */
export interface PageDate {
  readonly month: number;
  readonly day: number;
  readonly year?: number;
}

const DATE = /^([A-Z][a-z]{2}) (\d{1,2})(?:, (\d{4}))?(?: (\d+))?$/;

/** Reads `Mar 9`, `Mar 9 4` or `May 22, 2023 1`: a date and, where people commented, the number of comments. */
export function parseDateLine(text: string): { date: PageDate; comments?: number } | undefined {
  const match = DATE.exec(text);
  const month = match?.[1] === undefined ? undefined : monthNumber(match[1]);
  const day = Number(match?.[2]);
  // A leap year, so that 29 February is a day.
  if (match === null || month === undefined || partialDate(2024, month, day) === undefined) return undefined;
  const date = match[3] === undefined ? { month, day } : { month, day, year: Number(match[3]) };
  return match[4] === undefined ? { date } : { date, comments: Number(match[4]) };
}

/** How many years after the latest dated paper a page may lie before its year counts as unknown. */
const SEARCHED_YEARS = 8;

/**
 * The year of a page that prints its own day without one: the first year in which no dated paper of the page lies
 * after that day. Undefined when no paper of the page states a year.
 */
export function inferPageYear(pageDay: PageDate, dates: readonly PageDate[]): number | undefined {
  if (pageDay.year !== undefined) return pageDay.year;
  const latest = dates
    .flatMap(({ year, month, day }) => (year === undefined ? [] : [partialDate(year, month, day)]))
    .filter((date) => date !== undefined)
    .reduce<PartialDate | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
  if (latest === undefined) return undefined;
  const from = Number(latest.slice(0, 4));
  for (let year = from; year < from + SEARCHED_YEARS; year++) {
    const day = partialDate(year, pageDay.month, pageDay.day);
    if (day !== undefined && day >= latest) return year;
  }
  return undefined;
}

/** The calendar day of a printed date, given the page's year; undefined when that is needed and unknown. */
export function resolvePageDate(date: PageDate, pageYear: number | undefined): PartialDate | undefined {
  const year = date.year ?? pageYear;
  return year === undefined ? undefined : partialDate(year, date.month, date.day);
}
