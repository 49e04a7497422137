import { readableText } from "../readable-text.ts";
import type { Problem } from "../problem.ts";
import { quoteLine } from "../problem.ts";

/** A line of a page with its number from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** A page cut into lines, and the place where its reader writes down what it did not understand. */
export interface PageText {
  readonly file: string;
  readonly lines: readonly Line[];
  readonly problems: Problem[];
}

/** Titles of the saved pages have at most 143 characters and abstracts at least 500; between them lies no doubt. */
const MAX_TITLE = 300;
const MIN_ABSTRACT = 150;

/** Cuts a page into lines; a byte-order mark and Windows line ends are taken away. */
export function pageText(file: string, text: string): PageText {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, i) => ({ number: i + 1, text: line.trim() }));
  return { file, lines, problems: [] };
}

/** Notes that `line` is not what stands at this place of a page. */
export function complain(page: PageText, line: Line | undefined, expected: string): void {
  page.problems.push({
    file: page.file,
    ...(line === undefined ? {} : { line: line.number }),
    expected,
    found: line === undefined ? "the end of the page" : quoteLine(line.text),
  });
}

/** Whether a line is long enough to be an abstract rather than a title. */
function isAbstract(line: Line): boolean {
  return line.text.length >= MIN_ABSTRACT;
}

/** Whether a line is short enough to be a title. */
function isTitle(line: Line): boolean {
  return line.text.length <= MAX_TITLE && readableText(line.text) !== "";
}

/** What the two lines of an entry say, made readable. */
export interface Entry {
  readonly title: string;
  readonly abstract: string;
}

/**
 * Reads a title and the line that follows it. When the pair does not stand there, the problem is noted and the
 * number of lines to go on by is 1, so that one missing line does not turn every later title into an abstract.
 */
export function readEntry(page: PageText, title: Line, abstract: Line | undefined): Entry | undefined {
  if (!isTitle(title)) {
    complain(page, title, `a title (1 to ${MAX_TITLE} characters)`);
    return undefined;
  }
  if (abstract === undefined || !isAbstract(abstract)) {
    complain(
      page,
      abstract,
      `the abstract of “${readableText(title.text)}” (at least ${MIN_ABSTRACT} characters)`,
    );
    return undefined;
  }
  return { title: readableText(title.text), abstract: readableText(abstract.text) };
}
