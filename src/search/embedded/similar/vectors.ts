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

/** The square of the length that the terms of a document give its vector. */
function squaresOf(entries: Uint32Array, idfs: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? 0;
    squares += ((LOG_COUNT[countOf(entry)] ?? 0) * (idfs[numberOf(entry)] ?? 0)) ** 2;
  }
  return squares;
}

/** The lengths of the vectors of all documents. */
export async function computeNorms(index: InvertedIndex, pace: Pace): Promise<Float64Array> {
  pace.entries(index.termSlots());
  const idfs = new Float64Array(index.termSlots());
  for (let term = 0; term < idfs.length; term++) idfs[term] = index.isNameTerm(term) ? 0 : index.idf(term);
  await pace.pause();
  const norms = new Float64Array(index.slots());
  for (const document of index.documents()) {
    const entries = index.termsOf(document);
    pace.entries(entries.length);
    norms[document] = Math.sqrt(squaresOf(entries, idfs));
    if (pace.due()) await pace.pause();
  }
  return norms;
}
