import type { PaperId } from "../../../corpus/paper.ts";
import type { Match, SimilarRequest, SimilarResult, Window } from "../../paper-index.ts";
import type { Board } from "../ranking/board.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Meanings } from "../meaning/meanings.ts";
import type { Direction } from "../meaning/mix-similar.ts";
import { mixNear, nearTo } from "../meaning/mix-similar.ts";
import type { Pace } from "../pace.ts";
import { countOf, numberOf } from "../inverted/packed-lists.ts";
import { renderSimilar } from "./similar-hits.ts";
import type { Vector } from "./vectors.ts";
import { computeNorms, LOG_COUNT, vectorOf } from "./vectors.ts";
import { mayHaveValue } from "../terms/term-values.ts";
import { bestByScore } from "../ranking/top-documents.ts";

/** Share of the papers one wants less of, beside those one wants more of (Rocchio's beta, halved as is usual). */
const UNLIKE = 0.5;

/** The nearest papers speak along: their mean, at this share of the vector asked for. */
const FEEDBACK = { share: 0.4, papers: 4 } as const;

/**
 * A term counts in full from a nearness (cosine) of `near` to what the papers are about, `least` where it has none to them.
 * One that the table does not know is a name or a rare word.
 */
const TOPIC = { near: 0.4, least: 0.3, unknown: 0.3 } as const;

/** As many neighbours are found at most; whatever comes after them has little in common with the papers asked for. */
const FOUND = 200;

/** A term in fewer papers than this connects nothing. */
const MIN_FREQUENCY = 2;

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

/** Adds the products of one term; gives how many documents have a score now. */
function addTerm({ scores, found }: Board, entries: Uint32Array, factor: number, before: number): number {
  let count = before;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? 0;
    const document = numberOf(entry);
    const score = scores[document] ?? 0;
    if (score === 0) found[count++] = document;
    scores[document] = score + (LOG_COUNT[countOf(entry)] ?? 0) * factor;
  }
  return count;
}

/** Products with all documents, through the lists of the terms that speak for a paper. */
async function scoreAll(
  { index, norms }: Space,
  vector: Vector,
  board: Board,
  pace: Pace,
): Promise<Uint32Array> {
  let count = 0;
  for (const [term, value] of vector) {
    if (value <= 0 || index.frequency(term) < MIN_FREQUENCY) continue;
    const entries = index.documentsOf(term);
    pace.entries(entries.length);
    count = addTerm(board, entries, value * index.idf(term), count);
    if (pace.due()) await pace.pause();
  }
  const { scores } = board;
  const documents = board.found.subarray(0, count);
  for (let i = 0; i < count; i++) {
    const document = documents[i] ?? 0;
    scores[document] = (scores[document] ?? 0) / (norms[document] || 1);
  }
  return documents;
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
  const worth = index.worths.take(Array.from(mixed, ([term, value]) => [term, value * index.idf(term)]));
  for (const document of best) {
    const entries = index.termsOf(document);
    let product = 0;
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] ?? 0;
      if (mayHaveValue(worth, numberOf(entry)))
        product += (LOG_COUNT[countOf(entry)] ?? 0) * (worth.values[numberOf(entry)] ?? 0);
    }
    scores[document] = product / (norms[document] || 1) / mixedLength;
  }
  index.worths.giveBack(worth, mixed.keys());
}

/** Lets the terms of papers count as they are near to what these are about: “prominent” and “replicated” are not. */
function weighByTopic(index: InvertedIndex, { meanings, vector }: Direction, asked: Vector): void {
  for (const [term, value] of asked) {
    const nearness = meanings.table.nearness(index.termText(term), vector) || TOPIC.unknown;
    const topical = Math.min(1, Math.max(0, nearness) / TOPIC.near);
    asked.set(term, value * (TOPIC.least + (1 - TOPIC.least) * topical));
  }
}

/** Those near what was asked for, with all that their order and its reasons follow from. */
interface Ranked {
  readonly asked: Vector;
  readonly liked: readonly number[];
  readonly near: Direction | undefined;
  readonly found: readonly number[];
  readonly scores: Float64Array;
}

/** What is asked for: the documents that are named, and the directions of their words and of their meaning. */
interface AskedFor extends Pick<Ranked, "asked" | "liked" | "near"> {
  readonly unliked: readonly number[];
}

async function askedOf(space: Space, request: SimilarRequest): Promise<AskedFor> {
  const { index } = space;
  const numbers = (ids: SimilarRequest["like"]): number[] =>
    [...new Set(ids)].flatMap((id) => index.document(id) ?? []);
  const [liked, unliked] = [numbers(request.like), numbers(request.unlike)];
  const asked: Vector = new Map();
  addDirections(space, liked, 1, asked);
  addDirections(space, unliked, -UNLIKE, asked);
  const near = await nearTo(space.meanings, { liked, unliked, share: UNLIKE });
  if (near !== undefined) weighByTopic(index, near, asked);
  return { liked, unliked, asked, near };
}

/** The directions of what is asked for, for whoever looks for candidates elsewhere. */
export async function directionsOf(
  index: InvertedIndex,
  meanings: Meanings | undefined,
  request: SimilarRequest,
  pace: Pace,
): Promise<Pick<Ranked, "asked" | "near">> {
  return askedOf({ index, meanings, norms: await computeNorms(index, pace) }, request);
}

async function rankNeighbours(
  space: Space,
  request: SimilarRequest,
  board: Board,
  pace: Pace,
): Promise<Ranked> {
  const { liked, unliked, asked, near } = await askedOf(space, request);
  const documents = await scoreAll(space, asked, board, pace);
  const { scores } = board;
  const named = new Set([...liked, ...unliked]);
  const nearest = bestByScore(documents, scores, FOUND + named.size)
    .filter((document) => !named.has(document))
    .slice(0, FOUND);
  feedBack(space, asked, nearest, scores);
  const found = near === undefined ? nearest : mixNear(near, nearest, scores, named);
  return { asked, liked, near, found, scores };
}

/** The first of those found. Those that were withdrawn, retracted or superseded come after all that stand. */
function firstOf({ index }: Space, { found, scores }: Ranked, count: number): number[] {
  const stands = (document: number): boolean => !index.facts.fallen.has(document);
  const [standing, fallen] = [found.filter(stands), found.filter((document) => !stands(document))];
  return [standing, fallen].flatMap((some) => bestByScore(some, scores, count)).slice(0, count);
}

/** What is asked of what is near some papers, and the arrays it is worked out in. */
interface Asking {
  readonly request: SimilarRequest;
  readonly window: Window;
  readonly board: Board;
}

async function findNeighbours(
  space: Space,
  { request, window: { offset, limit }, board }: Asking,
  pace: Pace,
): Promise<SimilarResult> {
  const { index } = space;
  const ranked = await rankNeighbours(space, request, board, pace);
  const { asked, liked, near, found, scores } = ranked;
  const documents = firstOf(space, ranked, offset + limit).slice(offset);
  const hits = await renderSimilar({ index, asked, near }, { documents, liked }, scores, pace);
  return { total: found.length, hits };
}

async function findNearest(
  space: Space,
  { id, limit, board }: { readonly id: PaperId; readonly limit: number; readonly board: Board },
  pace: Pace,
): Promise<readonly Match[]> {
  const ranked = await rankNeighbours(space, { like: [id], unlike: [] }, board, pace);
  return firstOf(space, ranked, limit).map((document) => ({
    id: space.index.id(document),
    score: ranked.scores[document] ?? 0,
  }));
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
  const withSpace = async <T>(pace: Pace, work: (space: Space, board: Board) => Promise<T>): Promise<T> => {
    const space = await open(pace);
    const board = index.boards.take(index.slots());
    try {
      return await work(space, board);
    } finally {
      index.boards.giveBack(board);
    }
  };
  return {
    find: (request, window, pace) =>
      withSpace(pace, (space, board) => findNeighbours(space, { request, window, board }, pace)),
    nearest: (id, limit, pace) =>
      withSpace(pace, (space, board) => findNearest(space, { id, limit, board }, pace)),
  };
}
