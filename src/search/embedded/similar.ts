import type { PaperId } from "../../corpus/paper.ts";
import type { Match, SimilarHit, SimilarRequest, SimilarResult, Window } from "../paper-index.ts";
import { indexWords } from "../text/index-words.ts";
import { stem } from "../text/stem.ts";
import { findWords, splitHyphens, withoutUrls } from "../text/words.ts";
import type { InvertedIndex } from "./inverted-index.ts";
import type { Meanings } from "./meaning/meanings.ts";
import type { Direction } from "./meaning/mix-similar.ts";
import { mixNear, nearTo } from "./meaning/mix-similar.ts";
import type { Pace } from "./pace.ts";
import { textLength } from "./phrase.ts";
import { countOf, numberOf } from "./packed-lists.ts";
import { byScore, topDocuments } from "./top-documents.ts";

/** Share of the papers one wants less of, beside those one wants more of (Rocchio's beta, halved as is usual). */
const UNLIKE = 0.5;

/** The nearest papers speak along: their mean, at this share of the vector asked for. */
const FEEDBACK = { share: 0.4, papers: 4 } as const;

/** As many neighbours are found at most; whatever comes after them has little in common with the papers asked for. */
const FOUND = 200;

/** A term in fewer papers than this connects nothing. */
const MIN_FREQUENCY = 2;

/** Shared words named as the reason of a hit. */
const REASONS = 5;

/** A shared word is named when it tells at least this much of what the most telling one does. */
const TELLING = 0.15;

/** The nearness of a word to a paper that is about it: between that of its topics and that of common words. */
const TOPICAL = 0.3;

/** 1 + ln of the counts a packed entry can hold. */
const LOG_COUNT = Float64Array.from({ length: 256 }, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)));

type Vector = Map<number, number>;

/** Finds papers near others: cosine of TF-IDF vectors, (1 + ln tf) idf, with the nearest papers as feedback. */
export interface Neighbours {
  readonly find: (request: SimilarRequest, window: Window, pace: Pace) => Promise<SimilarResult>;
  /** The papers nearest to one, without the reasons. */
  readonly nearest: (id: PaperId, limit: number, pace: Pace) => Promise<readonly Match[]>;
}

function addScaled(sum: Vector, vector: Vector, factor: number): void {
  for (const [term, value] of vector) sum.set(term, (sum.get(term) ?? 0) + value * factor);
}

function length(vector: Vector): number {
  let squares = 0;
  for (const value of vector.values()) squares += value * value;
  return Math.sqrt(squares);
}

/** The words of a text with their spelling: each part of a compound as itself, the whole for what is made of it. */
function spellingsIn(text: string): [stem: string, spelling: string][] {
  return Array.from(findWords(withoutUrls(text))).flatMap(({ raw }) => {
    const parts = new Map(splitHyphens(raw).map((part) => [stem(part.toLowerCase()), part]));
    return indexWords(raw).map((word): [string, string] => [stem(word), parts.get(stem(word)) ?? raw]);
  });
}

/** How the given papers spell their terms, the first of them before the others. */
async function spellingsOf(
  index: InvertedIndex,
  documents: readonly number[],
  pace: Pace,
): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  for (const document of documents) {
    const paper = index.paper(document);
    if (paper === undefined) continue;
    pace.indexed(textLength(paper));
    for (const [text, spelling] of spellingsIn(`${paper.title}\n${paper.abstract ?? ""}`)) {
      const term = index.termOf(text);
      if (term !== undefined && !found.has(term)) found.set(term, spelling);
    }
    await pace.pause();
  }
  return found;
}

/** Value of an entry in its vector: (1 + ln tf) idf. */
function weight(entry: number, idf: number): number {
  return (LOG_COUNT[countOf(entry)] ?? 0) * idf;
}

function vectorOf(index: InvertedIndex, document: number): Vector {
  const vector: Vector = new Map();
  for (const entry of index.termsOf(document)) {
    const term = numberOf(entry);
    if (!index.isNameTerm(term)) vector.set(term, weight(entry, index.idf(term)));
  }
  return vector;
}

/** The lengths of the vectors of all documents. */
async function computeNorms(index: InvertedIndex, pace: Pace): Promise<Float64Array> {
  pace.entries(index.termSlots());
  const idfs = Float64Array.from({ length: index.termSlots() }, (_, term) =>
    index.isNameTerm(term) ? 0 : index.idf(term),
  );
  const norms = new Float64Array(index.slots());
  for (const document of index.documents()) {
    let squares = 0;
    pace.entries(index.termsOf(document).length);
    if (pace.due()) await pace.pause();
    for (const entry of index.termsOf(document)) squares += weight(entry, idfs[numberOf(entry)] ?? 0) ** 2;
    norms[document] = Math.sqrt(squares);
  }
  return norms;
}

/** An index with the lengths of its vectors. */
interface Space {
  readonly index: InvertedIndex;
  readonly norms: Float64Array;
  readonly meanings: Meanings | undefined;
}

/** The mean of the directions of some documents, times `factor`, added to `sum`. */
function addDirections(
  { index, norms }: Space,
  documents: readonly number[],
  factor: number,
  sum: Vector,
): void {
  for (const document of documents) {
    const norm = norms[document] ?? 0;
    if (norm > 0) addScaled(sum, vectorOf(index, document), factor / norm / documents.length);
  }
}

/** Products with all documents, through the lists of the terms that speak for a paper. */
async function scoreAll(
  { index, norms }: Space,
  vector: Vector,
  pace: Pace,
): Promise<{ scores: Float64Array; documents: number[] }> {
  const scores = new Float64Array(index.slots());
  const documents: number[] = [];
  for (const [term, value] of vector) {
    if (value <= 0 || index.frequency(term) < MIN_FREQUENCY) continue;
    const factor = value * index.idf(term);
    const entries = index.documentsOf(term);
    pace.entries(entries.length);
    if (pace.due()) await pace.pause();
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] ?? 0;
      const document = numberOf(entry);
      if (scores[document] === 0) documents.push(document);
      scores[document] = (scores[document] ?? 0) + weight(entry, factor);
    }
  }
  for (const document of documents) scores[document] = (scores[document] ?? 0) / (norms[document] || 1);
  return { scores, documents };
}

/** Scores the best documents anew, with the nearest of them added to what was asked for. */
function feedBack(
  { index, norms }: Space,
  asked: Vector,
  best: readonly number[],
  scores: Float64Array,
): void {
  const mean: Vector = new Map();
  for (const document of best.slice(0, FEEDBACK.papers)) {
    addScaled(mean, vectorOf(index, document), (scores[document] ?? 0) / (norms[document] || 1));
  }
  const mixed: Vector = new Map();
  addScaled(mixed, asked, 1 / (length(asked) || 1));
  addScaled(mixed, mean, FEEDBACK.share / (length(mean) || 1));
  const mixedLength = length(mixed) || 1;
  const worth = new Float64Array(index.termSlots());
  for (const [term, value] of mixed) worth[term] = value * index.idf(term);
  for (const document of best) {
    let product = 0;
    for (const entry of index.termsOf(document)) {
      product += weight(entry, worth[numberOf(entry)] ?? 0);
    }
    scores[document] = product / (norms[document] || 1) / mixedLength;
  }
}

/** What a reason is found in. */
interface Asked {
  readonly index: InvertedIndex;
  readonly asked: Vector;
  readonly spellings: ReadonlyMap<number, string>;
  readonly near: Direction | undefined;
}

/**
 * The words that a document shares with what was asked for, the most telling first, as they are spelled there. A word that is
 * far from what the papers are about, such as “prominent”, is none.
 */
function reasons({ index, asked, spellings, near }: Asked, document: number): string[] {
  const topical = (term: number): number => {
    if (near === undefined) return 1;
    const nearness = near.meanings.table.nearness(index.termText(term), near.vector);
    // A stem that the table does not know is a name or a rare word, which tells most.
    return nearness === 0 ? TOPICAL ** 2 : Math.max(0, nearness) ** 2;
  };
  const shared: [number, number][] = [];
  for (const entry of index.termsOf(document)) {
    const term = numberOf(entry);
    const value = asked.get(term) ?? 0;
    if (value > 0) shared.push([term, value * weight(entry, index.idf(term)) * topical(term)]);
  }
  const telling = shared.toSorted(([, a], [, b]) => b - a);
  const least = (telling[0]?.[1] ?? 0) * TELLING;
  const chosen = telling.filter(([, value]) => value >= least).slice(0, REASONS * 3);
  const words = chosen.flatMap(([term]) => spellings.get(term) ?? []);
  return [...new Map(words.map((word) => [word.toLowerCase(), word])).values()].slice(0, REASONS);
}

/** Those near what was asked for, with all that their order and its reasons follow from. */
interface Ranked {
  readonly asked: Vector;
  readonly liked: readonly number[];
  readonly near: Direction | undefined;
  readonly found: readonly number[];
  readonly scores: Float64Array;
}

async function rankNeighbours(space: Space, request: SimilarRequest, pace: Pace): Promise<Ranked> {
  const { index } = space;
  const numbers = (ids: SimilarRequest["like"]): number[] =>
    [...new Set(ids)].flatMap((id) => index.document(id) ?? []);
  const [liked, unliked] = [numbers(request.like), numbers(request.unlike)];
  const asked: Vector = new Map();
  addDirections(space, liked, 1, asked);
  addDirections(space, unliked, -UNLIKE, asked);
  const { scores, documents } = await scoreAll(space, asked, pace);
  const named = new Set([...liked, ...unliked]);
  const nearest = topDocuments(
    documents.filter((document) => !named.has(document)),
    byScore(scores),
    FOUND,
  );
  feedBack(space, asked, nearest, scores);
  const near = nearTo(space.meanings, { liked, unliked, share: UNLIKE });
  const found = near === undefined ? nearest : mixNear(near, nearest, scores, named);
  return { asked, liked, near, found, scores };
}

/** The first of those found. Those that were withdrawn, retracted or superseded come after all that stand. */
function firstOf({ index }: Space, { found, scores }: Ranked, count: number): number[] {
  const stands = (document: number): boolean => index.paper(document)?.status === undefined;
  const [standing, fallen] = [found.filter(stands), found.filter((document) => !stands(document))];
  return [standing, fallen].flatMap((some) => topDocuments(some, byScore(scores), count)).slice(0, count);
}

async function findNeighbours(
  space: Space,
  request: SimilarRequest,
  { offset, limit }: Window,
  pace: Pace,
): Promise<SimilarResult> {
  const { index } = space;
  const ranked = await rankNeighbours(space, request, pace);
  const { asked, liked, near, found, scores } = ranked;
  const spellings = await spellingsOf(index, liked, pace);
  const hits = firstOf(space, ranked, offset + limit).slice(offset);
  return {
    total: found.length,
    hits: hits.flatMap((document): SimilarHit[] => {
      const paper = index.paper(document);
      if (paper === undefined) return [];
      const shared = reasons({ index, asked, spellings, near }, document);
      return [{ paper, score: scores[document] ?? 0, shared }];
    }),
  };
}

async function findNearest(space: Space, id: PaperId, limit: number, pace: Pace): Promise<readonly Match[]> {
  const ranked = await rankNeighbours(space, { like: [id], unlike: [] }, pace);
  return firstOf(space, ranked, limit).flatMap((document) => {
    const paper = space.index.paper(document);
    return paper === undefined ? [] : [{ paper, score: ranked.scores[document] ?? 0 }];
  });
}

/** Neighbours over an index; the lengths of all vectors are kept until the index changes. */
export function createNeighbours(index: InvertedIndex, meanings?: Meanings): Neighbours {
  let norms: Float64Array = new Float64Array(0);
  let normsOf = -1;
  const open = async (pace: Pace): Promise<Space> => {
    if (normsOf !== index.version()) {
      norms = await computeNorms(index, pace);
      normsOf = index.version();
    }
    await meanings?.settleFew(pace);
    const able = (await meanings?.able()) === true ? meanings : undefined;
    return { index, norms, meanings: able };
  };
  return {
    find: async (request, window, pace) => findNeighbours(await open(pace), request, window, pace),
    nearest: async (id, limit, pace) => findNearest(await open(pace), id, limit, pace),
  };
}
