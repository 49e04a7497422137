/** Orders documents by score, the better first, equal scores by number so that an answer never depends on chance. */
function better(scores: Float64Array, a: number, b: number): number {
  return (scores[b] ?? 0) - (scores[a] ?? 0) || a - b;
}

/**
 * The `count` best of some documents, best first. Keeps a buffer of twice the wanted number and cuts it back when
 * it is full, so that the cost of sorting does not grow with the number of documents that match.
 */
export function topDocuments(scores: Float64Array, documents: Iterable<number>, count: number): number[] {
  let best: number[] = [];
  let worst = -Infinity;
  for (const document of documents) {
    if ((scores[document] ?? 0) < worst) continue;
    best.push(document);
    if (best.length >= 2 * count + 64) {
      best = best.toSorted((a, b) => better(scores, a, b)).slice(0, count);
      worst = scores[best.at(-1) ?? 0] ?? 0;
    }
  }
  return best.toSorted((a, b) => better(scores, a, b)).slice(0, count);
}
