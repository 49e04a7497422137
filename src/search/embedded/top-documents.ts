/** Compares two documents of an answer: below 0 where the first comes before the second; never 0 for different ones. */
export type Order = (a: number, b: number) => number;

/** The order by score, the better first, equal scores by number so that an answer never depends on chance. */
export const byScore =
  (scores: Float64Array): Order =>
  (a, b) =>
    (scores[b] ?? 0) - (scores[a] ?? 0) || a - b;

/**
 * The first `count` of some documents in an order. Keeps a buffer of twice the wanted number and cuts it back when
 * it is full, so that the cost of sorting does not grow with the number of documents that match.
 */
export function topDocuments(documents: Iterable<number>, order: Order, count: number): number[] {
  let best: number[] = [];
  let worst: number | undefined;
  for (const document of documents) {
    if (worst !== undefined && order(document, worst) > 0) continue;
    best.push(document);
    if (best.length >= 2 * count + 64) {
      best = best.toSorted(order).slice(0, count);
      worst = best.at(-1);
    }
  }
  return best.toSorted(order).slice(0, count);
}
