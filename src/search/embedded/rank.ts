import type { InvertedIndex } from "./inverted-index.ts";
import type { Pace } from "./pace.ts";
import { countOf, numberOf } from "./packed-lists.ts";
import type { QueryWord } from "./term-query.ts";
import { byScore, topDocuments } from "./top-documents.ts";

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

/** A ranking after feedback, with the documents that were scored anew, the best before it first. */
export interface FedBack extends Ranking {
  readonly best: readonly number[];
}

/** Scores of documents, by their number, and the documents that have one. */
export interface Ranking {
  readonly scores: Float64Array;
  readonly documents: readonly number[];
}

/** BM25's share of a term that stands `count` times in a document of this relative length. */
function saturation(count: number, relativeLength: number): number {
  return (count * (K1 + 1)) / (count + K1 * (1 - B + B * relativeLength));
}

/** BM25 of every document that has a term of the query. */
export async function scoreDocuments(index: InvertedIndex, weights: Weights, pace: Pace): Promise<Ranking> {
  const scores = new Float64Array(index.slots());
  const documents: number[] = [];
  for (const [term, weight] of weights) {
    const worth = weight * index.idf(term);
    const entries = index.documentsOf(term);
    pace.entries(entries.length);
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] ?? 0;
      const document = numberOf(entry);
      const before = scores[document] ?? 0;
      if (before === 0) documents.push(document);
      scores[document] = before + worth * saturation(countOf(entry), index.relativeLength(document));
    }
    if (pace.due()) await pace.pause();
  }
  return { scores, documents };
}

/** The query's weights with those of the most telling terms of the best documents mixed in. */
function expand(
  index: InvertedIndex,
  weights: Weights,
  { scores }: Ranking,
  best: readonly number[],
): Weights {
  const total = best.reduce((sum, document) => sum + (scores[document] ?? 0), 0);
  const telling = new Map<number, number>();
  for (const document of best) {
    const share = (scores[document] ?? 0) / total;
    const length = index.relativeLength(document);
    for (const entry of index.termsOf(document)) {
      const term = numberOf(entry);
      if (index.frequency(term) < MIN_FREQUENCY || index.isNameTerm(term)) continue;
      telling.set(
        term,
        (telling.get(term) ?? 0) + share * saturation(countOf(entry), length) * index.idf(term),
      );
    }
  }
  const chosen = [...telling].toSorted(([, a], [, b]) => b - a).slice(0, FEEDBACK.terms);
  const mass = chosen.reduce((sum, [term, value]) => sum + value / index.idf(term), 0);
  const queryMass = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const mixed = new Map(Array.from(weights, ([term, weight]) => [term, weight * (1 - FEEDBACK.share)]));
  for (const [term, value] of chosen) {
    const weight = (FEEDBACK.share * queryMass * value) / index.idf(term) / mass;
    mixed.set(term, (mixed.get(term) ?? 0) + weight);
  }
  return mixed;
}

/** What each term is worth in a query, by its number: weight times idf, 0 for most. */
function worthByTerm(index: InvertedIndex, weights: Weights): Float64Array {
  const worth = new Float64Array(index.termSlots());
  for (const [term, weight] of weights) worth[term] = weight * index.idf(term);
  return worth;
}

/** BM25 of one document, from its own terms. */
function scoreDocument(index: InvertedIndex, worth: Float64Array, document: number): number {
  const length = index.relativeLength(document);
  let score = 0;
  for (const entry of index.termsOf(document)) {
    const value = worth[numberOf(entry)] ?? 0;
    if (value !== 0) score += value * saturation(countOf(entry), length);
  }
  return score;
}

/**
 * The ranking after feedback. Only the best documents are scored anew, from their own terms; the others keep the
 * query's share of their score, so that none of them overtakes.
 */
export async function applyFeedback(
  index: InvertedIndex,
  weights: Weights,
  ranking: Ranking,
  pace: Pace,
): Promise<FedBack> {
  pace.entries(ranking.documents.length + ranking.scores.length);
  await pace.pause();
  const best = topDocuments(ranking.documents, byScore(ranking.scores), FEEDBACK.rescored);
  // Papers that were found without any of the words say nothing about these.
  if ((ranking.scores[best[0] ?? -1] ?? 0) === 0) return { ...ranking, scores: ranking.scores.slice(), best };
  const worth = worthByTerm(index, expand(index, weights, ranking, best.slice(0, FEEDBACK.papers)));
  const scores = ranking.scores.map((score) => score * (1 - FEEDBACK.share));
  for (const document of best) {
    pace.entries(index.termsOf(document).length);
    scores[document] = scoreDocument(index, worth, document);
    if (pace.due()) await pace.pause();
  }
  return { scores, documents: ranking.documents, best };
}

/** A bit mask holds this many words; a longer query is judged complete by its first ones. */
const MASK_BITS = 31;

/** For each document, which words of the query it has: bit i for the i-th. */
export interface Coverage {
  readonly mask: Uint32Array;
  /** The mask of a document that has all the words. */
  readonly full: number;
}

function markAlternative(
  index: InvertedIndex,
  terms: readonly number[],
  mark: (document: number) => void,
): void {
  const [only, ...more] = terms;
  if (only === undefined) return;
  if (more.length === 0) {
    for (const entry of index.documentsOf(only)) mark(numberOf(entry));
    return;
  }
  const found = new Uint8Array(index.slots());
  for (const term of new Set(terms))
    for (const entry of index.documentsOf(term)) found[numberOf(entry)]! += 1;
  const needed = new Set(terms).size;
  found.forEach((count, document) => count === needed && mark(document));
}

/** Alternatives of a word, each once: a run of words that is typed again adds the same ones again. */
function distinct(alternatives: QueryWord["alternatives"]): QueryWord["alternatives"] {
  return [...new Map(alternatives.map((terms) => [terms.join(), terms])).values()];
}

/** Finds which documents have which words of the query. */
export async function coverWords(
  index: InvertedIndex,
  words: readonly QueryWord[],
  pace: Pace,
): Promise<Coverage> {
  const mask = new Uint32Array(index.slots());
  for (const [i, word] of words.slice(0, MASK_BITS).entries()) {
    for (const terms of distinct(word.alternatives)) {
      pace.entries(terms.reduce((sum, term) => sum + index.frequency(term), 0));
      if (terms.length > 1) pace.entries(index.slots());
      markAlternative(index, terms, (document) => {
        mask[document] = (mask[document] ?? 0) | (1 << i);
      });
      if (pace.due()) await pace.pause();
    }
  }
  return { mask, full: 2 ** Math.min(words.length, MASK_BITS) - 1 };
}

/**
 * A query of this many words is a list of things that all matter; in a longer one, a sentence, some are only said in
 * passing, and asking for all of them makes answers worse.
 */
const FEW_WORDS = 4;

function countBits(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count++;
  return count;
}

/** Scores of a short query, doubled for documents that have all its words and less for those that have some. */
export function rewardCompleteness({ scores, documents }: Ranking, { mask, full }: Coverage): Ranking {
  const words = countBits(full);
  if (words < 2 || words > FEW_WORDS) return { scores, documents };
  for (const document of documents) {
    scores[document] = (scores[document] ?? 0) * (1 + countBits(mask[document] ?? 0) / words);
  }
  return { scores, documents };
}
