import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";
import { countOf, numberOf } from "../inverted/packed-lists.ts";

/** 1 + ln of the counts a packed entry can hold. */
export const LOG_COUNT = Float64Array.from({ length: 256 }, (_, count) =>
  count === 0 ? 0 : 1 + Math.log(count),
);

/** Values by term, 0 for all others. */
export type Vector = Map<number, number>;

/** Value of an entry in its vector: (1 + ln tf) idf. */
export function weight(entry: number, idf: number): number {
  return (LOG_COUNT[countOf(entry)] ?? 0) * idf;
}

/** The vector of a document: names of people take no part. */
export function vectorOf(index: InvertedIndex, document: number): Vector {
  const vector: Vector = new Map();
  for (const entry of index.termsOf(document)) {
    const term = numberOf(entry);
    if (!index.isNameTerm(term)) vector.set(term, weight(entry, index.idf(term)));
  }
  return vector;
}

/** Adds what a term gives to the squares of the lengths of its documents. */
function addSquares(squares: Float64Array, entries: Uint32Array, idf: number): void {
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? 0;
    const document = numberOf(entry);
    squares[document] = (squares[document] ?? 0) + weight(entry, idf) ** 2;
  }
}

/** The lengths of the vectors of all documents. */
export async function computeNorms(index: InvertedIndex, pace: Pace): Promise<Float64Array> {
  const squares = new Float64Array(index.slots());
  const documentsOf = index.documentsInOrder();
  for (let term = 0; term < index.termSlots(); term++) {
    if (index.isNameTerm(term)) continue;
    const entries = documentsOf(term);
    pace.entries(1 + entries.length);
    addSquares(squares, entries, index.idf(term));
    if (pace.due()) await pace.pause();
  }
  return squares.map(Math.sqrt);
}
