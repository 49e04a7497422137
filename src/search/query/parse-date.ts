import { createRequire } from "node:module";
import type * as Chrono from "chrono-node/en";
import type { PartialDate } from "../../corpus/partial-date.ts";
import { firstDay, parsePartialDate, partialDate } from "../../corpus/partial-date.ts";
import { UserError } from "../../user-error.ts";

/** Loaded when the first spoken date is read: few queries have one, and loading takes a tenth of the program's start. */
const loadChrono = (): typeof Chrono => createRequire(import.meta.url)("chrono-node/en") as typeof Chrono;

/** What chrono reads when it understands the whole text, not a part of it. */
function readSpoken(text: string, now: Date): Chrono.ParsedResult | undefined {
  const [result, ...others] = loadChrono().casual.parse(text, now);
  return result !== undefined && others.length === 0 && result.text.length === text.length
    ? result
    : undefined;
}

/** The day of a spoken date. One without a year (`Mar 9`) is the latest such day that is not to come. */
function spokenDay(text: string, now: Date): PartialDate | undefined {
  const result = readSpoken(text, now) ?? readSpoken(`${text} ago`, now);
  if (result === undefined) return undefined;
  const { start } = result;
  const [year, month, day] = [start.get("year"), start.get("month"), start.get("day")];
  if (year === null || month === null || day === null) return undefined;
  const yearGuessed = start.isCertain("month") && !start.isCertain("year");
  return partialDate(yearGuessed && result.date() > now ? year - 1 : year, month, day);
}

const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7 };
const MONTHS: Readonly<Record<string, number>> = { m: 1, mo: 1, y: 12 };

/** The months in which the meteorological seasons of the northern half begin. */
const SEASONS: Readonly<Record<string, number>> = { spring: 3, summer: 6, autumn: 9, fall: 9, winter: 12 };

/** `3m`, `2w`, `1y`: so long ago. */
function readShort(text: string, now: Date): PartialDate | undefined {
  const [, count, unit = ""] = /^(\d{1,3})\s*(d|w|m|mo|y)$/i.exec(text) ?? [];
  if (count === undefined) return undefined;
  const [days, months] = [DAYS[unit.toLowerCase()], MONTHS[unit.toLowerCase()] ?? 0];
  const day = new Date(now);
  if (days !== undefined) day.setUTCDate(day.getUTCDate() - days * Number(count));
  else {
    const date = day.getUTCDate();
    day.setUTCDate(1);
    day.setUTCMonth(day.getUTCMonth() - months * Number(count));
    const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    day.setUTCDate(Math.min(date, last));
  }
  return partialDate(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate());
}

/** `1990s`, `Q3 2024`, `2024-Q3`, `spring 2021`: the first day of that time. */
function readTime(text: string): PartialDate | undefined {
  const decade = /^(?:the )?((?:19|20)\d)0s$/i.exec(text)?.[1];
  if (decade !== undefined) return partialDate(Number(decade) * 10, 1, 1);
  const quarter = /^Q([1-4])[\s/-]*(\d{4})$/i.exec(text) ?? /^(\d{4})[\s/-]*Q([1-4])$/i.exec(text);
  if (quarter !== null) {
    const [a = 0, b = 0] = quarter.slice(1).map(Number);
    return partialDate(Math.max(a, b), Math.min(a, b) * 3 - 2, 1);
  }
  const [, before, name = "", after] = /^(\d{4})?\s*([a-z]+)\s*(?:of\s+)?(\d{4})?$/i.exec(text) ?? [];
  const month = SEASONS[name.toLowerCase()];
  const year = before ?? after;
  return month === undefined || year === undefined ? undefined : partialDate(Number(year), month, 1);
}

/** Times of a day are no dates: `3s`, `5 minutes`. */
const CLOCK = /^\d+\s*(?:s|secs?|seconds?|min|mins|minutes?|h|hours?)(?:\s+ago)?$/i;

/**
 * The first day meant by a date a person typed: `2024`, `2024-06-01`, `June 2024`, `yesterday`, `3 months ago`,
 * `3 months`, `3m`, `1990s`, `spring 2021`, `Q3 2024`. English words are read by chrono. Throws a UserError that names the operator for anything else.
 */
export function parseQueryDate(operator: string, text: string, now: Date): PartialDate {
  const value = text.trim();
  const exact = parsePartialDate(value);
  const own = readShort(value, now) ?? readTime(value);
  const spoken = CLOCK.test(value) ? undefined : () => spokenDay(value, now);
  const day = exact === undefined ? (own ?? spoken?.()) : firstDay(exact);
  if (day === undefined) {
    throw new UserError(
      `“${operator}:${value}” is not a date. Write a year, month or day (${operator}:2024, ${operator}:2024-06, ` +
        `${operator}:2024-06-01) a season or decade (${operator}:"spring 2021", ${operator}:1990s) or a time ago (${operator}:3m, ${operator}:"3 months ago").`,
    );
  }
  return day;
}
