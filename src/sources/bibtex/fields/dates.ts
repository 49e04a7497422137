import type { PartialDate } from "../../../corpus/partial-date.ts";
import { parsePartialDate } from "../../../corpus/partial-date.ts";
import { quoteLine } from "../../../corpus/problem.ts";
import type { EntryFields } from "./entry-fields.ts";
import { fieldGroup, plain } from "./entry-fields.ts";
import { monthOf } from "./months.ts";

/** A date, and what of its text it does not say; absent where it says all. */
interface ReadDate {
  readonly date: PartialDate;
  readonly inexact?: true;
}

const twoDigits = (n: number | string): string => String(n).padStart(2, "0");

/** The most exact date that the calendar has: of `1988-04-31` the month, of `2020-13` the year. */
function possibleDate(parts: readonly (string | undefined)[]): ReadDate | undefined {
  const given = parts.slice(0, parts.findIndex((part) => part === undefined) >>> 0);
  for (let length = given.length; length > 0; length--) {
    const [year = "", ...rest] = given.slice(0, length);
    const date = parsePartialDate([year, ...rest.map((part) => twoDigits(part ?? ""))].join("-"));
    if (date !== undefined) return length === given.length ? { date } : { date, inexact: true };
  }
  return undefined;
}

/**
 * A date of EDTF, as biblatex reads it (biblatex 3.20, 2.3.8): what is uncertain or about, and what is not told of day and
 * month, are let go. A month from 21 on is a season. Undefined for other texts, and for years of which digits lack.
 */
function readEdtf(text: string): ReadDate | undefined {
  const match =
    /^(\d{4})(?:-(\d{2}|\d|[uUxX]{2})(?:-(\d{2}|\d|[uUxX]{2}))?)?(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?([?~%]?)$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, year, month, day, doubt] = match;
  const [known, unknown] = [[year, month, day], /^[uUxX]+$/];
  const told = known.map((part) => (part === undefined || unknown.test(part) ? undefined : part));
  const read = possibleDate(told);
  if (read === undefined) return undefined;
  return doubt === "" ? read : { ...read, inexact: true };
}

/** `17.05.2020`: with full stops the day comes first, in every country. */
const DOTTED = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/;

/** A date, or of an interval its beginning, or its end where that is all that is told. */
function readInterval(text: string): ReadDate | undefined {
  const [, day, month, year] = DOTTED.exec(text) ?? [];
  if (year !== undefined) return possibleDate([year, month, day]);
  const [begin = "", end, more] = text.split("/").map((part) => part.trim());
  if (end === undefined) return readEdtf(begin);
  // `2020/05/17` has the slashes of another habit.
  if (more !== undefined) return readEdtf(text.replaceAll("/", "-"));
  const open = begin === "" || begin === ".." || begin === "*";
  const read = readEdtf(open ? end : begin);
  return read === undefined || begin === end ? read : { date: read.date, inexact: true };
}

/** `1982-83` in a year is a span of years, and `2020-04-31` no day: what EDTF does not say. */
const MONTH_OR_SEASON =
  /^\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4]|[xXuU]{2})(?:-(?:\d{2}|[xXuU]{2}))?)?(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?[?~%]?$/;

/** Whether a text is a right date of EDTF, or a right interval. */
function isVague(text: string): boolean {
  const ends = text.split("/").map((part) => part.trim());
  const whole = ends.every((end) => /^(?:\.\.|\*)?$/.test(end) || isEdtf(end));
  return whole && ends.length <= 2 && ends.some((end) => isEdtf(end));
}

function isEdtf(text: string): boolean {
  const bare = text.replace(/T.*|[?~%]$/, "").replace(/-[xXuU]{2}/g, "");
  const season = /^\d{4}-2[1-4]$/.test(bare);
  return MONTH_OR_SEASON.test(text) && (season || parsePartialDate(bare) !== undefined);
}

/** The months of a text, in their order, by their names or numbers. */
function monthsIn(text: string): number[] {
  return (text.match(/\p{L}+\.?/gu) ?? []).flatMap((word) => monthOf(word) ?? []);
}

/** Days of a month that a text writes in digits: `8`, `23–27`, `5th`. */
const daysIn = (text: string): string[] =>
  text.match(/(?<!\d)\d{1,2}(?=(?:st|nd|rd|th)?(?!\d|\p{L}))/gu) ?? [];

/** `5 May 2020`, `May 2020`, and of other texts the first year in them. */
function readWords(text: string): ReadDate | undefined {
  const [year, ...years] = text.match(/(?<!\d)(?:1[0-9]|20|21)\d{2}(?!\d)/g) ?? [];
  if (year === undefined) return undefined;
  const [month, ...months] = monthsIn(text);
  const [day, ...days] = month === undefined ? [] : daysIn(text.replace(year, " "));
  const read = possibleDate([year, month === undefined ? undefined : String(month), day]);
  if (read === undefined) return undefined;
  const said = text
    .replace(/\d{1,4}(?:st|nd|rd|th)?|[\s.,]/g, "")
    .replace(/\p{L}+/gu, (word) => (monthOf(word) ? "" : word));
  const exact = said === "" && years.length + months.length + days.length === 0;
  return exact ? read : { date: read.date, inexact: true };
}

/** Years of which digits lack (`199X`), before our era (`-0876`) or of five digits (`y17000`): right in EDTF, levels 0 to 2. */
const YEARS_APART = /^(?:\d{2,3}[xXuU]{1,2}|-\d{4}|[yY]-?\d+)(?:-(?:\d{2}|[xXuU]{2})){0,2}[?~%]?(?:\/.*)?$/;

/** Tells what of a field is read that is no date, or one of EDTF that says more, or less, than a day, month or year. */
function tellDate(fields: EntryFields, name: "date" | "year" | "month", date: PartialDate | undefined): void {
  const text = fields.text(name) ?? "";
  const vague = name !== "month" && (isVague(text) || YEARS_APART.test(text));
  const none = vague ? "which names none" : "which is none";
  const kept = vague ? `kept as ${date}` : `read as ${date}`;
  const expected = vague ? "one day, month or year" : `a ${name}`;
  fields.tell(name, expected, `${quoteLine(text)}, ${date === undefined ? none : kept}`);
}

/** What `month` and `day` say: numbers, names, and days beside the name, as in `"23--27 " # may`. */
function readMonth(fields: EntryFields): { month?: string; day?: string; inexact?: true } | undefined {
  const text = fields.text("month");
  if (text === undefined) return {};
  const own = /^\d{1,2}(?:st|nd|rd|th|\.)?$/.exec(fields.text("day") ?? "")?.[0].replace(/\D+/, "");
  const number = /^(?:0?[1-9]|1[0-2])$/.exec(text)?.[0];
  if (number !== undefined) return { month: number, ...(own === undefined ? {} : { day: own }) };
  const named = /^[A-Za-z]+$/.test(text) ? monthOf(text) : undefined;
  if (named !== undefined) return { month: String(named), ...(own === undefined ? {} : { day: own }) };
  const [month, ...months] = monthsIn(text);
  if (month === undefined) return undefined;
  const [day = own, ...days] = daysIn(text);
  return {
    month: String(month),
    ...(day === undefined ? {} : { day }),
    ...(months.length + days.length === 0 ? {} : { inexact: true }),
  };
}

/** `{\noopsort{1973b}}1973`: a year to sort by, which is no text. */
const NOT_PRINTED = /\{?\\(?:noopsort|noop|sortnoop|switchargs|SortNoop)\s*\{[^{}]*\}\}?/gi;

const YEAR = /^\d{4}$/;

/** The date of a year in digits with a month alone, as most are; undefined for others. */
function readPlainDate({ raw, hasAny }: EntryFields): PartialDate | undefined {
  const year = raw("year");
  if (year === undefined || !YEAR.test(year) || hasAny(DAY)) return undefined;
  const month = raw("month");
  if (month === undefined) return parsePartialDate(year);
  const number = MONTHS_IN_SHORT.get(month);
  return number === undefined ? undefined : parsePartialDate(`${year}-${number}`);
}

const DAY = fieldGroup("day", "date");
/** Months as they stand in most files. */
const MONTHS_IN_SHORT = new Map(
  "jan feb mar apr may jun jul aug sep oct nov dec"
    .split(" ")
    .flatMap((name, i) => [name, String(i + 1)].map((one) => [one, twoDigits(i + 1)] as const)),
);

/** The date of `year`, `month` and `day`. */
function readYear(fields: EntryFields): PartialDate | undefined {
  const written = fields.raw("year");
  if (written === undefined) return undefined;
  const text = YEAR.test(written) ? written : (plain(written.replace(NOT_PRINTED, "")) ?? "");
  const read = YEAR.test(text) ? possibleDate([text]) : (readInterval(text) ?? readWords(text));
  if (read === undefined || read.inexact === true) tellDate(fields, "year", read?.date);
  if (read === undefined || read.date.length > 4) return read?.date;
  const told = readMonth(fields);
  const whole = told === undefined ? undefined : possibleDate([read.date, told.month, told.day]);
  const date = whole?.date ?? read.date;
  if (told === undefined || told.inexact === true || whole?.inexact === true) tellDate(fields, "month", date);
  return date;
}

/**
 * When a paper appeared: biblatex's `date` or, where that is none, `year` with `month` and `day`. What is read of a text that
 * says it in another way is told.
 */
export function readDate(fields: EntryFields): PartialDate | undefined {
  const plainDate = readPlainDate(fields);
  if (plainDate !== undefined) return plainDate;
  const text = fields.text("date");
  if (text === undefined) return readYear(fields);
  const words = readWords(text);
  const read = readInterval(text) ?? (words?.inexact === true ? undefined : words);
  if (read !== undefined && read.inexact !== true) return read.date;
  const date = read?.date ?? readYear(fields) ?? words?.date;
  tellDate(fields, "date", date);
  return date;
}
