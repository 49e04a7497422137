import type { MeaningVector } from "../../meaning/encoder.ts";
import type { VectorStore } from "../../meaning/vector-store.ts";
import type { Ranking } from "../ranking/rank.ts";
import { bestByScore } from "../ranking/top-documents.ts";
import type { ModelVectors } from "./model-vectors.ts";

/**
 * How a model of language takes part in a search beside words and the table. It weighs `least` where the best papers have
 * `many` of the words (by idf), `most` where they have `few`, and `long` in a long query, whose words say much already;
 * `table` of that is the table's share. DESIGN.md has the figures.
 */
const WEIGHT = { least: 0.5, most: 0.8, long: 0.55, table: 0.2 } as const;

const COVERED = { few: 0.35, many: 0.7 } as const;

/** Words of a query: up to the first it is short, from the second on long. */
const LENGTH = { short: 8, long: 12 } as const;

/** Candidates by meaning. */
const NEAR = 100;

/** The best papers speak along, at this share of the query, the less the fewer of its words they have (Rocchio, 1971). */
const FEEDBACK = { share: 0.5, papers: 5 } as const;

/** So many papers that have none of the words are found, where they are this near (cosine). */
const WITHOUT_WORDS = { nearness: 0.2, papers: 30 } as const;

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

/** A query's vector by a model of language, with the papers nearest to it. */
export interface ModelNear {
  readonly vectors: VectorStore;
  readonly vector: MeaningVector;
  readonly documents: readonly number[];
}

/** The papers nearest to a query; undefined where there is no model, or it takes no part yet. */
export async function findModelNear(
  model: ModelVectors | undefined,
  text: string,
): Promise<ModelNear | undefined> {
  const vectors = await model?.space();
  if (model === undefined || vectors === undefined) return undefined;
  const vector = await model.ask(text);
  return vector === undefined ? undefined : { vectors, vector, documents: vectors.nearest(vector, NEAR) };
}

/** The nearest papers that have none of the words. */
export function wordlessOf({ vectors, vector, documents }: ModelNear, scores: Float64Array): number[] {
  return documents
    .slice(0, WITHOUT_WORDS.papers)
    .filter((document) => (scores[document] ?? 0) === 0)
    .filter((document) => (vectors.similarity(document, vector) ?? 0) >= WITHOUT_WORDS.nearness);
}

/** What a search is mixed from: the ranking by words, what is mixed anew, and how near that is by the table. */
export interface ModelMixing extends Ranking {
  /** The best score by words. */
  readonly top: number;
  readonly candidates: readonly number[];
  readonly byTable: (document: number) => number;
}

/** A query as far as weights follow from it: its words, and the share of these that some of the best papers has. */
interface Asked {
  readonly words: number;
  readonly share: number;
}

/** Numbers of some documents on a line from 0, at `zero`, to 1 for the highest. */
function scaled(numbers: readonly (number | undefined)[], zero: number): (number | undefined)[] {
  const most = numbers.reduce<number>((highest, number) => Math.max(highest, number ?? -1), -1);
  return numbers.map((number) => (number === undefined ? undefined : (number - zero) / (most - zero || 1)));
}

/** How near candidates are: by the table from the farthest to the nearest, by the model from the mean of all papers. */
function createNearness({ vectors }: ModelNear, { candidates, byTable }: ModelMixing) {
  const table = candidates.map(byTable);
  const byWords = scaled(table, Math.min(...table));
  return (vector: MeaningVector): number[] => {
    const similarities = candidates.map((document) => vectors.similarity(document, vector));
    return scaled(similarities, vectors.average(vector)).map((near, i) => {
      const tabled = byWords[i] ?? 0;
      return near === undefined ? tabled : (1 - WEIGHT.table) * near + WEIGHT.table * tabled;
    });
  };
}

/** A vector with the mean of those of the best papers added, each as its score says. */
function fedBack(
  { vectors, vector }: ModelNear,
  best: readonly number[],
  scores: Float64Array,
  share: number,
) {
  const sum = new Float32Array(vector.length);
  for (const document of best)
    vectors.vector(document)?.forEach((number, i) => {
      sum[i] = (sum[i] ?? 0) + Math.max(0, scores[document] ?? 0) * number;
    });
  const size = Math.hypot(...sum) || 1;
  const mixed = vector.map((number, i) => number + (share * (sum[i] ?? 0)) / size);
  const length = Math.hypot(...mixed) || 1;
  return mixed.map((number) => number / length);
}

/** Mixes the meaning of a model into the scores of a search; documents that are no candidates keep their order. */
export function mixModel(near: ModelNear, mixing: ModelMixing, { words, share }: Asked): void {
  const { scores, documents, top, candidates } = mixing;
  const long = clamp((words - LENGTH.short) / (LENGTH.long - LENGTH.short));
  const lacking = clamp((COVERED.many - share) / (COVERED.many - COVERED.few));
  const weight = (WEIGHT.least + (WEIGHT.most - WEIGHT.least) * lacking) * (1 - long) + WEIGHT.long * long;
  const nearness = createNearness(near, mixing);
  const factor = (1 - weight) / (top || 1);
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i] ?? 0;
    scores[document] = factor * (scores[document] ?? 0);
  }
  const byWords = candidates.map((document) => scores[document] ?? 0);
  const mix = (vector: MeaningVector): void => {
    const meant = nearness(vector);
    candidates.forEach((document, i) => {
      scores[document] = (byWords[i] ?? 0) + weight * (meant[i] ?? 0);
    });
  };
  mix(near.vector);
  const feedback = FEEDBACK.share * (1 - lacking);
  if (feedback > 0) mix(fedBack(near, bestByScore(candidates, scores, FEEDBACK.papers), scores, feedback));
}
