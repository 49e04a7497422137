import type { Brand } from "./brand.ts";

/** A date with the precision that is known: `2024`, `2024-06` or `2024-06-01` (ISO 8601, years 1000-9999). */
export type PartialDate = Brand<"PartialDate">;

const SHAPE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

const twoDigits = (n: number): string => String(n).padStart(2, "0");

/** Number of days in a month (1-12) of a year, leap years included. */
function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; undefined when the text is not a day of the calendar. */
export function parsePartialDate(text: string): PartialDate | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = match[2] === undefined ? 1 : Number(match[2]);
  const day = match[3] === undefined ? 1 : Number(match[3]);
  const exists =
    year >= 1000 && month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= daysInMonth(year, month));
  return exists ? (text as PartialDate) : undefined;
}

/** The date of a day, month (1-12) and year; undefined when there is no such day. */
export function partialDate(year: number, month: number, day: number): PartialDate | undefined {
  return parsePartialDate(`${year}-${twoDigits(month)}-${twoDigits(day)}`);
}

/** The earliest day a partial date can mean: `2024` -> `2024-01-01`. */
export function firstDay(date: PartialDate): PartialDate {
  return (date + "-01-01".slice(date.length - 4)) as PartialDate;
}

/** The latest day a partial date can mean: `2024-02` -> `2024-02-29`. */
export function lastDay(date: PartialDate): PartialDate {
  if (date.length === 10) return date;
  const year = Number(date.slice(0, 4));
  const month = date.length === 4 ? 12 : Number(date.slice(5));
  return `${year}-${twoDigits(month)}-${daysInMonth(year, month)}` as PartialDate;
}

/** The number (1-12) of an English month by its name or its first three letters; undefined for other words. */
export function monthNumber(word: string): number | undefined {
  const lower = word.toLowerCase();
  const index = MONTHS.findIndex((name) => {
    const month = name.toLowerCase();
    return month === lower || month.slice(0, 3) === lower;
  });
  return index < 0 ? undefined : index + 1;
}

/** The date in words, with no more than is known: `22 May 2023`, `May 2023`, `2023`. */
export function formatDate(date: PartialDate): string {
  const [year, month, day] = date.split("-");
  const name = month === undefined ? undefined : MONTHS[Number(month) - 1];
  return [day === undefined ? undefined : String(Number(day)), name, year]
    .filter((part) => part !== undefined)
    .join(" ");
}

/** A timestamp's day, as written, and the rest of it. */
const ISO_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](.*))?$/;
const MAIL_TIME = /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (.*)$/;
/** The time of a midnight, with or without seconds and zone. */
const MIDNIGHT = /^00:00(?::00(?:\.0+)?)?(?: ?(?:Z|[A-Z]{1,4}|[+-]\d{2}(?::?\d{2})?))?$/;

/** The day that a timestamp writes, and its time of day; undefined when there is no such day. */
function writtenDay(timestamp: string): { day: PartialDate; time: string } | undefined {
  const iso = ISO_TIME.exec(timestamp);
  const mail = iso === null ? MAIL_TIME.exec(timestamp) : null;
  const month = mail?.[2] === undefined ? undefined : monthNumber(mail[2]);
  const day =
    month === undefined
      ? parsePartialDate(iso?.[1] ?? "")
      : partialDate(Number(mail?.[3]), month, Number(mail?.[1]));
  return day === undefined ? undefined : { day, time: (iso?.[2] ?? mail?.[4] ?? "").trim() };
}

/**
 * The day of a timestamp in ISO 8601 or in the form of e-mail and RSS (`Mon, 2 Apr 2007 19:18:42 GMT`), in UTC.
 * A midnight is a day, not a moment: it stays the day that is written, whatever the zone. Undefined for other text.
 */
export function parseTimestampDay(timestamp: string): PartialDate | undefined {
  const written = writtenDay(timestamp.trim());
  if (written === undefined) return undefined;
  const { day, time } = written;
  if (time === "" || MIDNIGHT.test(time)) return day;
  // A time without a zone is UTC in all sources there are; the month is checked, so that no 30 February rolls on.
  const zoned = /^[\d:.]+$/.test(time) ? `${timestamp.trim()}Z` : timestamp.trim();
  const at = Date.parse(zoned);
  return Number.isNaN(at) ? undefined : parsePartialDate(new Date(at).toISOString().slice(0, 10));
}
