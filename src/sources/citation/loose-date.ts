import type { PartialDate } from "../../corpus/partial-date.ts";
import { monthNumber, parsePartialDate } from "../../corpus/partial-date.ts";

const YEAR = String.raw`(1[0-9]\d\d|2[01]\d\d)`;
/** `2020/05/17/`, `2020-5`, `2020.05.17`, `2020///Spring`, `2020-05-17T10:00:00Z`. */
const YEAR_FIRST = new RegExp(String.raw`^${YEAR}(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![\d])`);
/** `20200517`, as some programs write a day. */
const PACKED = new RegExp(String.raw`^${YEAR}(\d\d)(\d\d)$`);
/** As most dates are written. */
const ISO = new RegExp(String.raw`^${YEAR}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?$`);
/** `17.05.2020`: with full stops the day comes first, in every country. */
const DOTTED = new RegExp(String.raw`^(\d{1,2})\.\s?(\d{1,2})\.\s?${YEAR}$`);
const ANY_YEAR = new RegExp(String.raw`(?<!\d)${YEAR}(?!\d)`);

const twoDigits = (n: number | string): string => String(n).padStart(2, "0");

/** The most exact date of these parts that there is; a month or a day that cannot be is left out. */
function dated(year: string, month?: string | number, day?: string): PartialDate | undefined {
  const parts = [
    year,
    ...(month === undefined ? [] : [twoDigits(month), ...(day === undefined ? [] : [twoDigits(day)])]),
  ];
  for (let length = parts.length; length > 0; length--) {
    const date = parsePartialDate(parts.slice(0, length).join("-"));
    if (date !== undefined) return date;
  }
  return undefined;
}

const monthOf = (word: string): number | undefined => monthNumber(/^sept$/i.test(word) ? "Sep" : word);

/** `2020 May 17`, `17 May 2020`, `May 17, 2020`, `2020 May-Jun`: the first month by its name, and the day beside it. */
function inWords(text: string, year: string): PartialDate | undefined {
  const words = text.replace(year, " ").match(/\p{L}{3,}|\d{1,2}(?!\d)/gu) ?? [];
  const at = words.findIndex((word) => monthOf(word) !== undefined);
  const month = monthOf(words[at] ?? "");
  if (month === undefined) return undefined;
  const ranges = /\d\s*[-–]\s*\d|\p{L}\s*[-–/]\s*\p{L}/u.test(text.replace(year, " "));
  const day = ranges
    ? undefined
    : [words[at + 1], words[at - 1]].find((word) => /^\d{1,2}$/.test(word ?? ""));
  return dated(year, month, day);
}

/**
 * The date that a reference states, however it writes it: `2020/05/17/`, `2020 May 17`, `May 2020`, `c2001`, `2020a`. With
 * no more than is surely said: of `05/06/2020` the year, of a season or a span of years the (first) year. Undefined where
 * there is no year.
 */
export function readLooseDate(text: string): PartialDate | undefined {
  const said = text.trim();
  if (ISO.test(said)) return parsePartialDate(said) ?? parsePartialDate(said.slice(0, 4));
  const packed = PACKED.exec(said);
  if (packed !== null) return parsePartialDate(packed.slice(1).join("-"));
  const [, dotDay, dotMonth, dotYear] = DOTTED.exec(said) ?? [];
  if (dotYear !== undefined) return dated(dotYear, dotMonth, dotDay);
  const year = ANY_YEAR.exec(said.replace(/(?<=\d{4})(?=[a-z]\b)/, " "))?.[1];
  const named = year === undefined ? undefined : inWords(said, year);
  if (named !== undefined) return named;
  const first = YEAR_FIRST.exec(said);
  // Of `1982-83` the second number is no month.
  if (first !== null) return dated(first[1] ?? "", first[2] === "" ? undefined : first[2], first[3]);
  return year === undefined ? undefined : dated(year);
}
