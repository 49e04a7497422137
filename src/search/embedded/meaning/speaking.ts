import type { MeaningVector } from "../../meaning/encoder.ts";
import type { VectorStore } from "../../meaning/vector-store.ts";

/** Papers that speak along with what was asked, how much each of them counts, and all of them beside it. */
interface Speaking {
  readonly documents: readonly number[];
  readonly weightOf: (document: number) => number;
  /** What they count together, beside 1 for what was asked. */
  readonly share: number;
}

/** Adds the vectors of some documents, each times its weight; those without one add nothing. */
export function addVectors(
  sum: MeaningVector,
  vectors: VectorStore,
  { documents, weightOf }: Pick<Speaking, "documents" | "weightOf">,
): void {
  for (const document of documents) {
    const weight = weightOf(document);
    vectors.vector(document)?.forEach((number, i) => {
      sum[i] = (sum[i] ?? 0) + weight * number;
    });
  }
}

/** A vector at length 1; undefined for one of zeros. */
export function direction(vector: MeaningVector): MeaningVector | undefined {
  const size = Math.hypot(...vector);
  return size === 0 ? undefined : vector.map((number) => number / size);
}

/** What was asked, moved towards papers that answer it (Rocchio, 1971). None of them counts against it. */
export function movedTowards(vector: MeaningVector, vectors: VectorStore, speaking: Speaking): MeaningVector {
  const sum = new Float32Array(vector.length);
  addVectors(sum, vectors, {
    documents: speaking.documents,
    weightOf: (document) => Math.max(0, speaking.weightOf(document)),
  });
  const towards = direction(sum);
  const moved = vector.map((number, i) => number + speaking.share * (towards?.[i] ?? 0));
  return direction(moved) ?? vector;
}
