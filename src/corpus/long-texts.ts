import type { Listing } from "./paper.ts";
import type { Problem } from "./problem.ts";
import { quoteLine } from "./problem.ts";

/** Characters (UTF-16) of a paper's texts. arXiv takes abstracts of up to 1,920 (info.arxiv.org/help/prep), titles are of one to three lines. */
const MAX_LENGTHS = { title: 1000, abstract: 20_000 } as const;

/** A word that is cut off is left out where it is not longer than this. */
const LONGEST_WORD = 50;

/** The beginning of a text in at most `max` characters with the mark that it goes on: whole words, or whole code points. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max - 1);
  const end = text[head.length] === " " ? head.length : head.lastIndexOf(" ");
  const whole = end >= head.length - LONGEST_WORD ? head.slice(0, end) : head;
  return `${whole.replace(/[\uD800-\uDBFF]$/, "").trimEnd()}…`;
}

/** A listing whose texts are no longer than a paper's, and what was cut. */
export interface WithinLengths {
  readonly listing: Listing;
  readonly problems: readonly Problem[];
}

/**
 * Cuts a title of over 1,000 characters and an abstract of over 20,000: what is longer is no paper's. `place` is where the
 * listing was read, for the problems; `slack` characters more are let pass.
 */
export function withinLengths(
  listing: Listing,
  place: Pick<Problem, "file" | "line">,
  slack = 0,
): WithinLengths {
  const problems: Problem[] = [];
  const cut = (name: "title" | "abstract"): { readonly title?: string; readonly abstract?: string } => {
    const [text = "", max] = [listing[name], MAX_LENGTHS[name]];
    if (text.length <= max + slack) return {};
    const whose = listing.arxivId ?? quoteLine(listing.title);
    const expected = `${name === "title" ? "a title" : "an abstract"} of at most ${max} characters for ${whose}`;
    problems.push({ ...place, expected, found: `${text.length}, which were cut`, kept: true });
    return { [name]: cutText(text, max) };
  };
  const cuts = { ...cut("title"), ...cut("abstract") };
  return { listing: problems.length === 0 ? listing : { ...listing, ...cuts }, problems };
}
