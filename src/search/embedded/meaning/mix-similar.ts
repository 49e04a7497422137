import type { MeaningVector } from "../../meaning/encoder.ts";
import type { VectorStore } from "../../meaning/vector-store.ts";
import { bestByScore } from "../ranking/top-documents.ts";
import type { Meanings } from "./meanings.ts";
import { addVectors, direction, movedTowards } from "./speaking.ts";

/** How many papers meaning finds by itself. */
const NEAR = 100;

/** How much meaning weighs beside words, and the table's share of it; chosen on the judgements (DESIGN.md). */
const WEIGHT = { alone: { meaning: 0.6, table: 1 }, withModel: { meaning: 0.84, table: 0.64 } } as const;

/** The nearest papers speak along in the model's vectors, at this share of the papers asked for. */
const FEEDBACK = { share: 0.4, papers: 4 } as const;

/** A direction among vectors. */
interface Aim {
  readonly vectors: VectorStore;
  readonly vector: MeaningVector;
}

/** The direction that some papers share by the table, and by a model of language where one takes part. */
export interface Direction extends Aim {
  readonly meanings: Meanings;
  readonly model?: Aim;
}

/** Papers one wants more of and less of, and how much these count beside those. */
interface Wanted {
  readonly liked: readonly number[];
  readonly unliked: readonly number[];
  readonly share: number;
}

function aimAt(vectors: VectorStore, dimensions: number, { liked, unliked, share }: Wanted): Aim | undefined {
  const sum = new Float32Array(dimensions);
  addVectors(sum, vectors, { documents: liked, weightOf: () => 1 / liked.length });
  addVectors(sum, vectors, { documents: unliked, weightOf: () => -share / unliked.length });
  const vector = direction(sum);
  return vector === undefined ? undefined : { vectors, vector };
}

/** What the papers that one wants more of mean, away from those one wants less of; undefined where that is not known. */
export async function nearTo(meanings: Meanings | undefined, wanted: Wanted): Promise<Direction | undefined> {
  if (meanings === undefined) return undefined;
  const table = aimAt(meanings.vectors, meanings.table.dimensions, wanted);
  if (table === undefined) return undefined;
  const space = await meanings.model?.space();
  const known = space !== undefined && wanted.liked.every((document) => space.has(document));
  const dimensions = meanings.model?.encoding().encoder?.dimensions ?? 0;
  const model = known ? aimAt(space, dimensions, wanted) : undefined;
  return { ...table, meanings, ...(model === undefined ? {} : { model }) };
}

/** How near documents are to a direction, from 0 for the farthest of them to 1 for the nearest. */
function nearness({ vectors, vector }: Aim, documents: readonly number[]): (number | undefined)[] {
  const found = documents.map((document) => vectors.similarity(document, vector));
  const known = found.filter((number) => number !== undefined);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return found.map((number) => (number === undefined ? undefined : (number - least) / (most - least || 1)));
}

/** The nearest by words and by meaning together, with their scores mixed, from 0 to 1. */
export function mixNear(
  near: Direction,
  nearest: readonly number[],
  scores: Float64Array,
  named: ReadonlySet<number>,
): number[] {
  const aims = near.model === undefined ? [near] : [near, near.model];
  const found = aims.flatMap(({ vectors, vector }) => vectors.nearest(vector, NEAR));
  const documents = [...new Set([...nearest, ...found.filter((document) => !named.has(document))])];
  const worded = new Set(nearest);
  const top = nearest.reduce((most, document) => Math.max(most, scores[document] ?? 0), 0) || 1;
  const byWords = documents.map((document) =>
    worded.has(document) ? Math.max(0, (scores[document] ?? 0) / top) : 0,
  );
  const byTable = nearness(near, documents).map((number) => number ?? 0);
  const weight = near.model === undefined ? WEIGHT.alone : WEIGHT.withModel;
  const mix = (model: Aim | undefined): void => {
    const byModel = model === undefined ? [] : nearness(model, documents);
    documents.forEach((document, i) => {
      const [table, meant] = [byTable[i] ?? 0, byModel[i]];
      const meaning = meant === undefined ? table : weight.table * table + (1 - weight.table) * meant;
      scores[document] = (1 - weight.meaning) * (byWords[i] ?? 0) + weight.meaning * meaning;
    });
  };
  mix(near.model);
  if (near.model === undefined) return documents;
  const { vectors, vector } = near.model;
  const speaking = bestByScore(documents, scores, FEEDBACK.papers);
  const weightOf = (document: number): number => scores[document] ?? 0;
  mix({
    vectors,
    vector: movedTowards(vector, vectors, { documents: speaking, weightOf, share: FEEDBACK.share }),
  });
  return documents;
}
