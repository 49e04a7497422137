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

/** A heap of documents by their scores, the worst on top: of equal ones that with the highest number. */
interface Heap {
  readonly documents: Uint32Array;
  readonly scores: Float64Array;
  size: number;
}

/** Lets a document sink from a place of the heap to where it belongs. */
function sink({ documents, scores, size }: Heap, from: number, document: number): void {
  const score = scores[document] ?? 0;
  let at = from;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    let below = documents[child] ?? 0;
    let value = scores[below] ?? 0;
    const other = documents[child + 1] ?? 0;
    const otherValue = scores[other] ?? 0;
    if (child + 1 < size && (otherValue < value || (otherValue === value && other > below))) {
      child++;
      below = other;
      value = otherValue;
    }
    if (score < value || (score === value && document > below)) break;
    documents[at] = below;
    at = child;
  }
  documents[at] = document;
}

/**
 * The first `count` of some documents by their scores: `topDocuments` without a call for every document. Most documents are
 * compared with the worst of the best so far, and that is all.
 */
export function bestByScore(documents: ArrayLike<number>, scores: Float64Array, count: number): number[] {
  const size = Math.min(count, documents.length);
  if (size <= 0) return [];
  const heap: Heap = { documents: new Uint32Array(size), scores, size };
  for (let i = 0; i < size; i++) heap.documents[i] = documents[i] ?? 0;
  for (let i = (size >>> 1) - 1; i >= 0; i--) sink(heap, i, heap.documents[i] ?? 0);
  let worst = heap.documents[0] ?? 0;
  let least = scores[worst] ?? 0;
  for (let i = size; i < documents.length; i++) {
    const document = documents[i] ?? 0;
    const score = scores[document] ?? 0;
    if (score < least || (score === least && document > worst)) continue;
    sink(heap, 0, document);
    worst = heap.documents[0] ?? 0;
    least = scores[worst] ?? 0;
  }
  return Array.from(heap.documents).toSorted(byScore(scores));
}
