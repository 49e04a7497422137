import type { Authors, Listing, Organisation } from "../paper.ts";
import { readableText } from "../readable-text.ts";
import type { PageDate } from "./page-date.ts";
import { inferPageYear, parseDateLine, resolvePageDate } from "./page-date.ts";
import type { Entry, Line, PageText } from "./page-text.ts";
import { complain, readEntry } from "./page-text.ts";

const HEADERS = new Set([
  "new",
  "Get trending papers in your email inbox!",
  "Get trending papers in your email inbox once a day!",
  "Subscribe",
  "Daily Papers",
  "byAK and the research community",
]);
const AUTHORS = /^• (\d+) authors?$/;
const ORGANISATION = /^([A-Za-z0-9][\w.-]*) (\S.*)$/;
const SEPARATOR = "·";

interface Details {
  readonly authors?: Authors;
  readonly organisation?: Organisation;
  readonly comments?: number;
  readonly date?: PageDate;
}

/** Whether a page has the blank-line separated layout, with or without the line `Daily Papers`. */
export function isSpacedLayout(page: PageText): boolean {
  return page.lines.find((line) => line.text !== "")?.text === "new";
}

/** The runs of lines between blank lines. */
function paragraphs(page: PageText): Line[][] {
  const all: Line[][] = [[]];
  for (const line of page.lines) {
    if (line.text === "") all.push([]);
    else all.at(-1)?.push(line);
  }
  return all.filter((lines) => lines.length > 0);
}

/** Who wrote a paper, as its page prints it: a number of authors, or an organisation's handle and name. */
function parseByline(text: string): Pick<Details, "authors" | "organisation"> | undefined {
  const authors = AUTHORS.exec(text);
  if (authors !== null) return { authors: { kind: "counted", count: Number(authors[1]) } };
  const [, handle, name] = ORGANISATION.exec(text) ?? [];
  if (handle === undefined || name === undefined) return undefined;
  return { organisation: { handle, name: readableText(name) } };
}

/** Reads the three lines under an abstract: byline, `·`, date. */
function readDetails(page: PageText, [byline, separator, dateLine, ...more]: Line[]): Details {
  const by = byline === undefined ? undefined : parseByline(byline.text);
  if (by === undefined) complain(page, byline, "“• N authors” or an organisation's handle and name");
  if (separator?.text !== SEPARATOR) complain(page, separator, `“${SEPARATOR}” between authors and date`);
  const dated = dateLine === undefined ? undefined : parseDateLine(dateLine.text);
  if (dated === undefined)
    complain(page, dateLine, "a date such as “Mar 9” or “May 22, 2023”, then comments");
  for (const line of more) complain(page, line, "a blank line before the next title");
  return { ...by, ...dated };
}

const isDetails = (paragraph: Line[] | undefined): paragraph is Line[] =>
  paragraph !== undefined && paragraph.length > 1 && paragraph.some((line) => line.text === SEPARATOR);

/** Takes the header lines off; the page's own day is among them. */
function readHeader(page: PageText, all: Line[][]): PageDate | undefined {
  let day: PageDate | undefined;
  for (let head = all[0]?.[0]; head !== undefined; head = all[0]?.[0]) {
    const dated = day === undefined ? parseDateLine(head.text) : undefined;
    if (dated === undefined && !HEADERS.has(head.text)) break;
    day = dated?.date ?? day;
    all.shift();
  }
  if (day === undefined) complain(page, all[0]?.[0], "the page's own day, such as “Mar 12”");
  return day;
}

function readEntries(page: PageText, all: Line[][]): (Entry & Details)[] {
  const entries: (Entry & Details)[] = [];
  for (let i = 0; i < all.length;) {
    const [title, ...surplus] = all[i] ?? [];
    if (title === undefined) break;
    const entry = surplus.length > 0 ? undefined : readEntry(page, title, all[i + 1]?.[0]);
    if (surplus.length > 0) complain(page, title, "a title between blank lines");
    const details = entry === undefined ? undefined : all[i + 2];
    if (entry === undefined) i += 1;
    else if (isDetails(details)) {
      entries.push({ ...entry, ...readDetails(page, details) });
      i += 3;
    } else {
      entries.push(entry);
      i += 2;
    }
  }
  return entries;
}

/**
 * Header lines, then titles and abstracts between blank lines, each pair followed, on pages headed `Daily Papers`,
 * by authors or organisation, `·`, and a date.
 */
export function readSpacedLayout(page: PageText): Listing[] {
  const all = paragraphs(page);
  const pageDay = readHeader(page, all);
  const entries = readEntries(page, all);
  const dates = entries.flatMap((entry) => (entry.date === undefined ? [] : [entry.date]));
  const pageYear = pageDay === undefined ? undefined : inferPageYear(pageDay, dates);
  return entries.map(({ date: printed, ...entry }) => {
    const date = printed === undefined ? undefined : resolvePageDate(printed, pageYear);
    return { ...entry, ...(date === undefined ? {} : { date }), listedOn: page.file, sourceKind: "page" };
  });
}
