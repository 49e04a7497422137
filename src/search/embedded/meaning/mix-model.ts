import type { MeaningVector } from "../../meaning/encoder.ts";
import type { VectorStore } from "../../meaning/vector-store.ts";
import type { Ranking } from "../ranking/rank.ts";
import { scaleWords } from "../ranking/rank.ts";
import { clamp } from "./covered.ts";
import { movedTowards } from "./speaking.ts";
import type { ModelVectors } from "./model-vectors.ts";

/**
 * How a model of language takes part in a search beside words and the table. It weighs `least` where the best papers have
 * `many` of the words (by idf), `most` where they have `few`, and `long` in a long query, whose words say much already;
 * `table` of that is the table's share, in a long query nothing. DESIGN.md has the figures.
 */
const WEIGHT = { least: 0.5, most: 0.75, long: 0.5, table: 0.2 } as const;

/** The share of words that the best papers have, so many of them together. */
const COVERED = { few: 0.3, many: 0.75, papers: 3 } as const;

/** Words of a query: up to the first it is short, from the second on long. */
const LENGTH = { short: 7, long: 12 } as const;

/** Candidates by meaning. */
const NEAR = 100;

/** The best papers speak along: in the model's vectors, the less the fewer of the words they have, and in words. */
const FEEDBACK = { papers: 5, vectors: { many: 1, few: 0.1 }, words: 0.5 } as const;

/** So many papers that have none of the words are found, where they are this near (cosine). */
const WITHOUT_WORDS = { nearness: 0.2, papers: 30 } as const;

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

/** A query as far as weights follow from it: its words, and which shares of them the best papers have. */
interface Asked {
  readonly words: number;
  readonly shares: readonly number[];
}

/** What a search is mixed from: the ranking by words, what is mixed anew, and how near that is by the table. */
interface ModelMixing extends Ranking {
  readonly asked: Asked;
  readonly candidates: readonly number[];
  /** A candidate's score by words before feedback. */
  readonly byWords: (document: number) => number;
  readonly byTable: (document: number) => number;
  /** How near papers are by the table in the mean. */
  readonly tableMean: number;
}

/** What counts how much in the mix. */
interface Shares {
  /** The meaning's share beside words, and the table's share of that. */
  readonly meaning: number;
  readonly table: number;
  /** What the best papers count in the model's vectors, beside the query. */
  readonly speaking: number;
}

const between = (from: number, to: number, share: number): number => from + (to - from) * share;

function sharesOf({ words, shares }: Asked): Shares {
  const best = shares.slice(0, COVERED.papers);
  const covered = best.reduce((sum, share) => sum + share, 0) / (best.length || 1);
  const lacking = clamp((COVERED.many - covered) / (COVERED.many - COVERED.few));
  const long = clamp((words - LENGTH.short) / (LENGTH.long - LENGTH.short));
  return {
    meaning: between(between(WEIGHT.least, WEIGHT.most, lacking), WEIGHT.long, long),
    table: WEIGHT.table * (1 - long),
    speaking: between(FEEDBACK.vectors.many, FEEDBACK.vectors.few, lacking),
  };
}

/** Numbers of some documents on a line from 0, at `zero`, to 1 for the highest. */
function scaled(numbers: readonly (number | undefined)[], zero: number): (number | undefined)[] {
  const most = numbers.reduce<number>((highest, number) => Math.max(highest, number ?? -1), -1);
  return numbers.map((number) => (number === undefined ? undefined : (number - zero) / (most - zero || 1)));
}

/** How near candidates are: 0 is the mean of all papers and 1 the nearest candidate, by the table as by the model. */
function createNearness(
  { vectors }: ModelNear,
  { candidates, byTable, tableMean }: ModelMixing,
  table: number,
) {
  const tabled = scaled(candidates.map(byTable), tableMean);
  return (vector: MeaningVector): number[] => {
    const similarities = candidates.map((document) => vectors.similarity(document, vector));
    return scaled(similarities, vectors.average(vector)).map((near, i) => {
      const other = tabled[i] ?? 0;
      return near === undefined ? other : between(near, other, table);
    });
  };
}

/** The highest of some numbers, each with its place, the highest first. */
const highest = (numbers: readonly number[], count: number): { place: number; number: number }[] =>
  numbers
    .map((number, place) => ({ place, number }))
    .toSorted((a, b) => b.number - a.number || a.place - b.place)
    .slice(0, count);

/**
 * Plans how the meaning of a model is mixed into a ranking. First all three views are mixed as they are; the best papers of
 * that speak along in words and in the model's vectors, and what both say then is mixed again.
 */
export function planModelMix(near: ModelNear, mixing: ModelMixing) {
  const { scores, documents, candidates } = mixing;
  const shares = sharesOf(mixing.asked);
  const nearness = createNearness(near, mixing, shares.table);
  const meant = nearness(near.vector);
  const mixed = (byWords: readonly number[], byMeaning: readonly number[]): number[] => {
    const top = Math.max(...byWords, 0) || 1;
    return byWords.map((score, i) => between(score / top, byMeaning[i] ?? 0, shares.meaning));
  };
  const speaking = highest(mixed(candidates.map(mixing.byWords), meant), FEEDBACK.papers).map(
    ({ place, number }) => [candidates[place] ?? 0, Math.max(0, number)] as const,
  );
  return {
    feedback: { speaking, share: FEEDBACK.words, scored: candidates },
    apply(): void {
      const byWords = candidates.map((document) => scores[document] ?? 0);
      const best = new Map(
        highest(mixed(byWords, meant), FEEDBACK.papers).map(({ place, number }) => [
          candidates[place] ?? 0,
          number,
        ]),
      );
      const vector = movedTowards(near.vector, near.vectors, {
        documents: [...best.keys()],
        weightOf: (document) => best.get(document) ?? 0,
        share: shares.speaking,
      });
      scaleWords({ scores, documents }, candidates, 1 - shares.meaning);
      mixed(byWords, nearness(vector)).forEach((score, i) => (scores[candidates[i] ?? 0] = score));
    },
  };
}
