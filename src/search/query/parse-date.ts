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

/**
 * The first day meant by a date a person typed: `2024`, `2024-06-01`, `June 2024`, `yesterday`, `3 months ago`,
 * `3 months`. English words are read by chrono. Throws a UserError that names the operator for anything else.
 */
export function parseQueryDate(operator: string, text: string, now: Date): PartialDate {
  const value = text.trim();
  const exact = parsePartialDate(value);
  const day = exact === undefined ? spokenDay(value, now) : firstDay(exact);
  if (day === undefined) {
    throw new UserError(
      `“${operator}:${value}” is not a date. Write a year, month or day (${operator}:2024, ${operator}:2024-06, ` +
        `${operator}:2024-06-01) or a time ago (${operator}:"3 months ago").`,
    );
  }
  return day;
}
