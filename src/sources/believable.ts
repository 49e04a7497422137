import { withinLengths } from "../corpus/long-texts.ts";
import type { Listing } from "../corpus/paper.ts";
import { firstDay } from "../corpus/partial-date.ts";
import type { Problem } from "../corpus/problem.ts";
import { addDays, utcDay } from "./days.ts";

/** A listing as it may be stored, and what was taken out of it. */
export interface Checked {
  readonly listing: Listing;
  readonly problems: readonly Problem[];
}

/** Votes that were read in the future, as a file's time may say, would outlast all that are read until then. */
function withVotesUntil(listing: Listing, now: Date): Listing {
  const { upvotes } = listing;
  if (upvotes === undefined || Date.parse(upvotes.readAt) <= now.getTime()) return listing;
  return { ...listing, upvotes: { count: upvotes.count, readAt: now.toISOString() } };
}

/**
 * Takes a date out that lies in the future: such a paper would head every list of the newest for years. A day of
 * tolerance covers the zones and clocks. The paper stays. Votes are of now at the latest, and endless texts are cut.
 */
export function checkListing(given: Listing, place: Pick<Problem, "file" | "line">, now: Date): Checked {
  const { listing, problems } = withinLengths(withVotesUntil(given, now), place);
  const { date, ...rest } = listing;
  if (date === undefined || firstDay(date) <= addDays(utcDay(now), 1)) return { listing, problems };
  const expected = `a date of “${listing.title}” that is not in the future`;
  return { listing: rest, problems: [...problems, { ...place, expected, found: date, kept: true }] };
}
