import type { Coverage } from "../ranking/cover.ts";
import type { QueryWord } from "../query/term-query.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";

/** A number from 0 to 1. */
export const clamp = (share: number): number => Math.min(1, Math.max(0, share));

/** Which share of a query's words, weighed by idf, some documents have: the largest first. */
export function coveredShares(
  index: InvertedIndex,
  words: readonly QueryWord[],
  documents: readonly number[],
  { mask }: Coverage,
): number[] {
  const rarest = Math.log(1 + index.size() / 0.5);
  const worth = words
    .slice(0, 31)
    .map(({ alternatives }) => Math.max(...alternatives.flat().map((term) => index.idf(term)), 0) || rarest);
  const total = worth.reduce((sum, one) => sum + one, 0);
  const shares = documents.map((document) => {
    const has = mask[document] ?? 0;
    return worth.reduce((sum, one, i) => sum + ((has & (1 << i)) === 0 ? 0 : one), 0) / total;
  });
  return shares.toSorted((a, b) => b - a);
}
