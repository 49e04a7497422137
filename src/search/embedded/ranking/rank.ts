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

/** The query's weights with those of the most telling terms of the best documents mixed in. */
function expand(
  index: InvertedIndex,
  weights: Weights,
  { scores }: Ranking,
  best: readonly number[],
): Weights {
  const total = best.reduce((sum, document) => sum + (scores[document] ?? 0), 0);
  const lengths = index.relativeLengths();
  const telling = new Map<number, number>();
  for (const document of best) {
    const share = (scores[document] ?? 0) / total;
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
  const mixed = new Map(Array.from(weights, ([term, weight]) => [term, weight * (1 - FEEDBACK.share)]));
  for (const [term, value] of chosen) {
    const weight = (FEEDBACK.share * queryMass * value) / index.idf(term) / mass;
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

/**
 * The ranking after feedback, in the scores that were given, and the documents that were scored anew, the best before it
 * first. Only the best are scored anew, from their own terms; the others keep the query's share of their score, so that
 * none of them overtakes.
 */
export async function applyFeedback(
  index: InvertedIndex,
  weights: Weights,
  ranking: Ranking,
  pace: Pace,
): Promise<readonly number[]> {
  const { scores, documents } = ranking;
  pace.entries(documents.length);
  await pace.pause();
  const best = bestByScore(documents, scores, FEEDBACK.rescored);
  // Papers that were found without any of the words say nothing about these.
  if ((scores[best[0] ?? -1] ?? 0) === 0) return best;
  const mixed = expand(index, weights, ranking, best.slice(0, FEEDBACK.papers));
  scale(ranking, 1 - FEEDBACK.share);
  rescore(index, mixed, best, scores);
  pace.entries(best.reduce((sum, document) => sum + index.termsOf(document).length, 0));
  await pace.pause();
  return best;
}

/**
 * A query of this many words is a list of things that all matter; in a longer one, a sentence, some are only said in
 * passing, and asking for all of them makes answers worse.
 */
const FEW_WORDS = 4;

/** Doubles the scores of a short query for documents that have all its words, and raises them less for those that have some. */
export function rewardCompleteness({ scores, documents }: Ranking, { mask, full }: Coverage): void {
  const words = countBits(full);
  if (words < 2 || words > FEW_WORDS) return;
  // What a document's score is multiplied by, for each mask there can be.
  const rewards = Float64Array.from({ length: full + 1 }, (_, some) => 1 + countBits(some) / words);
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i] ?? 0;
    scores[document] = (scores[document] ?? 0) * (rewards[mask[document] ?? 0] ?? 1);
  }
}
