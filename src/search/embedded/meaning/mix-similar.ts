import type { MeaningVector } from "../../meaning/encoder.ts";
import type { Meanings } from "./meanings.ts";

/** How much meaning weighs beside words, and how many papers it finds by itself; chosen on the judgements (DESIGN.md). */
const MEANING = { weight: 0.6, near: 100 } as const;

/** The direction that some papers share, and the meanings it is compared with. */
export interface Direction {
  readonly meanings: Meanings;
  readonly vector: MeaningVector;
}

/** Papers one wants more of and less of, and how much these count beside those. */
interface Wanted {
  readonly liked: readonly number[];
  readonly unliked: readonly number[];
  readonly share: number;
}

/** What the papers that one wants more of mean, away from those one wants less of; undefined where that is not known. */
export function nearTo(
  meanings: Meanings | undefined,
  { liked, unliked, share }: Wanted,
): Direction | undefined {
  if (meanings === undefined) return undefined;
  const vector = new Float32Array(meanings.table.dimensions);
  const add = (documents: readonly number[], factor: number): void => {
    for (const document of documents)
      meanings.vectors.vector(document)?.forEach((number, i) => {
        vector[i] = (vector[i] ?? 0) + (factor * number) / documents.length;
      });
  };
  add(liked, 1);
  add(unliked, -share);
  const size = Math.hypot(...vector);
  return size === 0 ? undefined : { meanings, vector: vector.map((number) => number / size) };
}

/** The nearest by words and by meaning together, with their scores mixed, from 0 to 1. */
export function mixNear(
  { meanings: { vectors }, vector }: Direction,
  nearest: readonly number[],
  scores: Float64Array,
  named: ReadonlySet<number>,
): number[] {
  const near = vectors.nearest(vector, MEANING.near).filter((document) => !named.has(document));
  const documents = [...new Set([...nearest, ...near])];
  const worded = new Set(nearest);
  const top = nearest.reduce((most, document) => Math.max(most, scores[document] ?? 0), 0) || 1;
  const nearness = documents.map((document) => vectors.similarity(document, vector) ?? 0);
  const [least, most] = [Math.min(...nearness), Math.max(...nearness)];
  documents.forEach((document, i) => {
    const byWords = worded.has(document) ? Math.max(0, (scores[document] ?? 0) / top) : 0;
    const byMeaning = ((nearness[i] ?? 0) - least) / (most - least || 1);
    scores[document] = (1 - MEANING.weight) * byWords + MEANING.weight * byMeaning;
  });
  return documents;
}
