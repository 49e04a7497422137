import type { Listing } from "../corpus/paper.ts";
import { firstDay } from "../corpus/partial-date.ts";
import type { Problem } from "../corpus/problem.ts";
import { addDays, utcDay } from "./days.ts";

/** A listing as it may be stored, and what was taken out of it. */
export interface Checked {
  readonly listing: Listing;
  readonly problem?: Problem;
}

/** Votes that were read in the future, as a file's time may say, would outlast all that are read until then. */
function withVotesUntil(listing: Listing, now: Date): Listing {
  const { upvotes } = listing;
  if (upvotes === undefined || Date.parse(upvotes.readAt) <= now.getTime()) return listing;
  return { ...listing, upvotes: { count: upvotes.count, readAt: now.toISOString() } };
}

/** In characters; arXiv takes abstracts of up to 1,920 (info.arxiv.org/help/prep). */
const LONGEST_ABSTRACT = 20_000;

/** What is longer is no abstract: its beginning is kept. */
function withAbstractUpTo(listing: Listing, length: number): Listing {
  const { abstract } = listing;
  if (abstract === undefined || abstract.length <= length) return listing;
  return { ...listing, abstract: `${abstract.slice(0, length).replace(/[\uD800-\uDBFF]$/, "")}…` };
}

/**
 * Takes a date out that lies in the future: such a paper would head every list of the newest for years. A day of
 * tolerance covers the zones and clocks. The paper stays. Votes are of now at the latest, and an endless abstract is cut.
 */
export function checkListing(given: Listing, file: string, now: Date): Checked {
  const listing = withAbstractUpTo(withVotesUntil(given, now), LONGEST_ABSTRACT);
  const { date, ...rest } = listing;
  if (date === undefined || firstDay(date) <= addDays(utcDay(now), 1)) return { listing };
  const problem = { file, expected: `a date of “${listing.title}” that is not in the future`, found: date };
  return { listing: rest, problem };
}
