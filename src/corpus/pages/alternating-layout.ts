import type { Listing } from "../paper.ts";
import type { Line, PageText } from "./page-text.ts";
import { complain, readEntry } from "./page-text.ts";

const HEADER = /^Get trending papers in your email inbox(?: once a day)?!$/;
const GLUE = "Subscribe";

/** Whether a page has the layout of titles and abstracts on alternating lines. */
export function isAlternatingLayout(page: PageText): boolean {
  return HEADER.test(page.lines[0]?.text ?? "");
}

/**
 * Two header lines, then the word `Subscribe` glued to the first title, then title and abstract on alternating
 * lines. This layout says nothing else: no dates, no authors.
 */
export function readAlternatingLayout(page: PageText): Listing[] {
  const [, second, third, ...rest] = page.lines;
  if (second === undefined || !HEADER.test(second.text)) complain(page, second, "the second header line");
  if (third === undefined || !third.text.startsWith(GLUE)) {
    complain(page, third, `“${GLUE}” followed by the first title`);
    return [];
  }
  const first: Line = { number: third.number, text: third.text.slice(GLUE.length) };
  const lines = [first, ...rest].filter((line) => line.text !== "");
  const listings: Listing[] = [];
  for (let i = 0; i < lines.length;) {
    const title = lines[i];
    if (title === undefined) break;
    const entry = readEntry(page, title, lines[i + 1]);
    if (entry !== undefined) listings.push({ ...entry, listedOn: page.file, sourceKind: "page" });
    i += entry === undefined ? 1 : 2;
  }
  return listings;
}
