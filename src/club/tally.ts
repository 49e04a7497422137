import type { NominationRecord, VoteRecord } from "../store/kept/clubs.ts";

/** A nomination and how many vote for it. */
export interface Tallied extends NominationRecord {
  readonly votes: number;
}

/** The nominations by their votes; of equal ones the earlier stands first. Votes for what is not nominated count nowhere. */
export function tally(nominations: readonly NominationRecord[], votes: readonly VoteRecord[]): Tallied[] {
  const counts = new Map<string, number>();
  for (const { paper } of votes) counts.set(paper, (counts.get(paper) ?? 0) + 1);
  return nominations
    .map((one) => ({ ...one, votes: counts.get(one.paper) ?? 0 }))
    .toSorted((a, b) => b.votes - a.votes || a.number - b.number);
}
