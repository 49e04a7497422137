import type { Board } from "./board.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";
import { countOf, numberOf } from "../inverted/packed-lists.ts";
import type { Coverage } from "./cover.ts";
import { countBits } from "./cover.ts";
import type { Valued } from "../terms/term-values.ts";
import { mayHaveValue } from "../terms/term-values.ts";
import { bestByScore } from "./top-documents.ts";

/** BM25's saturation of repeated words and normalisation by length (Robertson and Zaragoza, 2009, chosen on the bench). */
const K1 = 1.5;
const B = 0.7;

/**
 * Pseudo-relevance feedback (RM3, Abdul-Jaleel and others, 2004): the most telling terms of the best papers are
 * searched along with the query, at `share` of its weight.
 */
const FEEDBACK = { share: 0.4, papers: 8, terms: 30, rescored: 200 } as const;

/** A term in fewer papers than this tells nothing about others. */
const MIN_FREQUENCY = 2;

type Weights = ReadonlyMap<number, number>;

/** Scores of documents, by their number, and the documents that have one. */
export interface Ranking {
  readonly scores: Float64Array;
  readonly documents: Uint32Array;
}

/** BM25's share of a term that stands `count` times in a document of this relative length. */
function saturation(count: number, relativeLength: number): number {
  return (count * (K1 + 1)) / (count + K1 * (1 - B + B * relativeLength));
}

/** Adds what one term is worth to its documents; gives how many documents have a score now. */
function addTerm(
  { scores, found }: Board,
  entries: Uint32Array,
  { worth, lengths, before }: { worth: number; lengths: Float64Array; before: number },
): number {
  let count = before;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? 0;
    const document = numberOf(entry);
    const score = scores[document] ?? 0;
    if (score === 0) found[count++] = document;
    scores[document] = score + worth * saturation(countOf(entry), lengths[document] ?? 0);
  }
  return count;
}

/** BM25 of every document that has a term of the query. */
export async function scoreDocuments(
  index: InvertedIndex,
  weights: Weights,
  board: Board,
  pace: Pace,
): Promise<Ranking> {
  const lengths = index.relativeLengths();
  let count = 0;
  for (const [term, weight] of weights) {
    const worth = weight * index.idf(term);
    if (worth === 0) continue;
    const entries = index.documentsOf(term);
    pace.entries(entries.length);
    count = addTerm(board, entries, { worth, lengths, before: count });
    if (pace.due()) await pace.pause();
  }
  return { scores: board.scores, documents: board.found.subarray(0, count) };
}

/** Whose terms are searched along with a query, and what is scored anew by them. */
export interface Feedback {
  /** The documents that speak along, and how much each of them counts. */
  readonly speaking: readonly (readonly [document: number, weight: number])[];
  /** The share of the query's weight that their terms have. */
  readonly share: number;
  readonly scored: readonly number[];
}

/** The query's weights with those of the most telling terms of the documents that speak along mixed in. */
function expand(index: InvertedIndex, weights: Weights, { speaking, share: part }: Feedback): Weights {
  const total = speaking.reduce((sum, [, weight]) => sum + weight, 0);
  const lengths = index.relativeLengths();
  const telling = new Map<number, number>();
  for (const [document, weight] of speaking) {
    const share = weight / total;
    const length = lengths[document] ?? 0;
    for (const entry of index.termsOf(document)) {
      const term = numberOf(entry);
      const value = share * saturation(countOf(entry), length) * index.idf(term);
      telling.set(term, (telling.get(term) ?? 0) + value);
    }
  }
  const chosen = [...telling]
    .filter(([term]) => index.frequency(term) >= MIN_FREQUENCY && !index.isNameTerm(term))
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, FEEDBACK.terms);
  const mass = chosen.reduce((sum, [term, value]) => sum + value / index.idf(term), 0);
  const queryMass = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const mixed = new Map(Array.from(weights, ([term, weight]) => [term, weight * (1 - part)]));
  for (const [term, value] of chosen) {
    const weight = (part * queryMass * value) / index.idf(term) / mass;
    mixed.set(term, (mixed.get(term) ?? 0) + weight);
  }
  return mixed;
}

/** BM25 of one document, from its own terms. */
function scoreTerms(entries: Uint32Array, worth: Valued, length: number): number {
  let score = 0;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? 0;
    if (!mayHaveValue(worth, numberOf(entry))) continue;
    const value = worth.values[numberOf(entry)] ?? 0;
    if (value !== 0) score += value * saturation(countOf(entry), length);
  }
  return score;
}

/** Scores documents anew, from their own terms. */
function rescore(
  index: InvertedIndex,
  weights: Weights,
  documents: readonly number[],
  scores: Float64Array,
): void {
  const lengths = index.relativeLengths();
  const worth = index.worths.take(Array.from(weights, ([term, weight]) => [term, weight * index.idf(term)]));
  for (const document of documents)
    scores[document] = scoreTerms(index.termsOf(document), worth, lengths[document] ?? 0);
  index.worths.giveBack(worth, weights.keys());
}

/** Multiplies all scores. */
function scale({ scores, documents }: Ranking, factor: number): void {
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i] ?? 0;
    scores[document] = (scores[document] ?? 0) * factor;
  }
}

/** Multiplies the scores of a ranking so that the highest of some of its documents becomes `most`. */
export function scaleWords(ranking: Ranking, best: readonly number[], most: number): void {
  const top = best.reduce((highest, document) => Math.max(highest, ranking.scores[document] ?? 0), 0);
  scale(ranking, most / (top || 1));
}

/** The best documents of a ranking, the best first: no other is scored anew. */
export async function bestOf({ scores, documents }: Ranking, pace: Pace): Promise<readonly number[]> {
  pace.entries(documents.length);
  await pace.pause();
  return bestByScore(documents, scores, FEEDBACK.rescored);
}

/** The feedback of the best documents by words alone. */
export const feedbackOf = (best: readonly number[], scores: Float64Array): Feedback => ({
  speaking: best.slice(0, FEEDBACK.papers).map((document) => [document, scores[document] ?? 0]),
  share: FEEDBACK.share,
  scored: best,
});

/**
 * The ranking after feedback, in the scores that were given. Only some documents are scored anew, from their own terms; the
 * others keep the query's share of their score, so that none of them overtakes.
 */
export async function applyFeedback(
  index: InvertedIndex,
  weights: Weights,
  { feedback, ...ranking }: Ranking & { readonly feedback: Feedback },
  pace: Pace,
): Promise<void> {
  const { speaking, share, scored } = feedback;
  // Papers that were found without any of the words say nothing about these.
  if (!speaking.some(([, weight]) => weight > 0)) return;
  const mixed = expand(index, weights, feedback);
  scale(ranking, 1 - share);
  rescore(index, mixed, scored, ranking.scores);
  pace.entries(scored.reduce((sum, document) => sum + index.termsOf(document).length, 0));
  await pace.pause();
}

/**
 * A query of this many words is a list of things that all matter; in a longer one, a sentence, some are only said in
 * passing, and asking for all of them makes answers worse.
 */
const FEW_WORDS = 4;

/**
 * What the scores of a short query are multiplied by, for each mask of words: doubled for documents that have all its words,
 * raised less for those that have some. Undefined for other queries.
 */
export function completenessRewards({ full }: Coverage): Float64Array | undefined {
  const words = countBits(full);
  if (words < 2 || words > FEW_WORDS) return undefined;
  return Float64Array.from({ length: full + 1 }, (_, some) => 1 + countBits(some) / words);
}

/** Raises the scores of documents by the words of a short query that they have. */
export function rewardCompleteness({ scores, documents }: Ranking, coverage: Coverage): void {
  const rewards = completenessRewards(coverage);
  if (rewards === undefined) return;
  const { mask } = coverage;
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i] ?? 0;
    scores[document] = (scores[document] ?? 0) * (rewards[mask[document] ?? 0] ?? 1);
  }
}
