import type { Paper } from "../../../corpus/paper.ts";
import type { Hit, Match, SearchResult, Window } from "../../paper-index.ts";
import type { SearchQuery } from "../../query/search-query.ts";
import type { Filter } from "../query/filter.ts";
import { createFilter, hasFilters } from "../query/filter.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Meanings } from "../meaning/meanings.ts";
import type { Mixed, Near } from "../meaning/mix.ts";
import { findNear, planMix, withoutWords } from "../meaning/mix.ts";
import type { Pace } from "../pace.ts";
import { textLength } from "../query/phrase.ts";
import type { Board } from "./board.ts";
import type { Coverage } from "./cover.ts";
import { preferNames } from "./capitals.ts";
import { completeOf, coverWords } from "./cover.ts";
import type { Ranking } from "./rank.ts";
import { applyFeedback, bestOf, feedbackOf, rewardCompleteness, scoreDocuments } from "./rank.ts";
import type { Purse } from "./sift.ts";
import { sift, TEXT_BUDGET } from "./sift.ts";
import type { Reading } from "./snippet.ts";
import { countFacets } from "./facets.ts";
import { bestSentence, createReading } from "./snippet.ts";
import { orderDocuments, orderOf } from "./sort.ts";
import type { NamedDocuments } from "./standing-out.ts";
import { rankStandingOut } from "./standing-out.ts";
import type { TermQuery } from "../query/term-query.ts";
import { readTermQuery } from "../query/term-query.ts";
import { rewardTitlePhrase } from "./title-phrase.ts";
import type { Order } from "./top-documents.ts";
import { createLookup } from "../query/unknown-word.ts";
import type { Wish } from "../query/wished-year.ts";
import { grantYear, rewardYear, wishOf } from "../query/wished-year.ts";

/** What is needed to choose the sentences that speak of a query's words, and to mark the words. */
function readingOf(index: InvertedIndex, query: TermQuery): Reading {
  const asked = [...new Set(query.words.flatMap(({ alternatives }) => alternatives.flat()))];
  const worth = new Map(asked.map((term) => [term, index.idf(term)]));
  return createReading(worth, asked.map(index.termText), index.termsOfWord);
}

/** Which of the words a paper lacks. */
interface Lacking {
  readonly missing: readonly string[];
  readonly wordless: boolean;
}

function renderHit(paper: Paper, score: number, asked: Lacking, reading: Reading): Hit {
  return {
    paper,
    score,
    ...(paper.abstract === undefined ? {} : { snippet: bestSentence(paper.abstract, reading) }),
    missing: asked.missing,
    ...(asked.wordless ? { wordless: true } : {}),
  };
}

/** The papers near a query in meaning; undefined where only its words count: in another order than by relevance. */
async function nearOf(
  query: SearchQuery,
  { corrections }: TermQuery,
  { meanings, pace }: Pick<SearchManner, "meanings" | "pace">,
): Promise<Near | undefined> {
  if (meanings === undefined || query.sort !== "relevance" || query.text === "") return undefined;
  await meanings.settleFew(pace);
  pace.entries(meanings.vectors.slots() * SIGNS);
  const near = await findNear(meanings, query, corrections);
  await pace.pause();
  return near;
}

/** Comparing the signs of two vectors costs as much as reading so many entries of a list: some 30 ns. */
const SIGNS = 3;

function missingWords(query: TermQuery, { mask }: Coverage, document: number): string[] {
  const has = mask[document] ?? 0;
  return query.words.filter((_word, i) => i < 31 && (has & (1 << i)) === 0).map(({ typed }) => typed);
}

/** Writes documents behind the first `count` of a list; gives all of them. */
function append(list: Uint32Array, count: number, documents: Iterable<number>): Uint32Array {
  let end = count;
  for (const document of documents) list[end++] = document;
  return list.subarray(0, end);
}

/** A query as it is worked on. */
interface Question {
  readonly index: InvertedIndex;
  readonly query: SearchQuery;
  readonly terms: TermQuery;
  readonly filter: Filter | undefined;
  readonly purse: Purse;
  readonly pace: Pace;
  readonly meanings: Meanings | undefined;
  readonly near: Near | undefined;
  readonly named: NamedDocuments;
  readonly board: Board;
}

/** How a query is ranked; with a year, by the other words and only if papers of the year have these. */
interface Manner {
  readonly weights: TermQuery["weights"];
  readonly wish?: Wish;
}

/** The documents of an answer with what they are ordered by. */
interface Found extends Ranking {
  readonly coverage: Coverage;
  readonly complete: readonly number[];
  readonly undated: number;
  readonly unread: number;
}

/**
 * Documents a query may be answered with: those that have its words and some that are near without, or all when it has
 * filters only.
 */
function candidates(
  question: Question,
  { documents: ranked, scores }: Ranking,
  coverage: Coverage,
): Uint32Array {
  const { index, query, terms, meanings, near, board } = question;
  if (terms.words.length === 0) {
    const listing = hasFilters({ ...query, excluded: [] }) || query.sort !== "relevance";
    return listing ? append(board.found, 0, index.documents()) : ranked.subarray(0, 0);
  }
  if (meanings === undefined || near === undefined || query.phrases.length > 0) return ranked;
  const mixing = { index, meanings, near, words: terms.words, coverage };
  return append(board.found, ranked.length, withoutWords(mixing, { scores, documents: ranked }));
}

/** The order in which texts are read where they are too many: that of the answer, in which only complete papers may be. */
function readingOrder({ index, query }: Question, scores: Float64Array, { mask, full }: Coverage): Order {
  const order = orderOf(index, query, scores);
  if (query.sort === "relevance") return order;
  const lacking = (document: number): number => (mask[document] === full ? 0 : 1);
  return (a, b) => lacking(a) - lacking(b) || order(a, b);
}

/** How meaning takes part in the scores of a question; undefined where only its words count. */
function planOf({ index, terms, meanings, near }: Question, coverage: Coverage, ranking: Mixed) {
  if (meanings === undefined || near === undefined) return undefined;
  return planMix({ index, meanings, near, words: terms.words, coverage }, ranking);
}

/** Filters and scores the documents of a query; undefined where a year is wished that none of them fits. */
async function findRanked(question: Question, { weights, wish }: Manner): Promise<Found | undefined> {
  const { index, query, terms, filter, purse, pace, named, board } = question;
  const ranking = await scoreDocuments(index, weights, board, pace);
  const coverage = await coverWords(index, terms.words, board, pace);
  const { scores } = ranking;
  const pool = candidates(question, ranking, coverage);
  const order = readingOrder(question, scores, coverage);
  const { kept, undated, unread } =
    filter === undefined
      ? { kept: pool, undated: 0, unread: 0 }
      : await sift(index, pool, filter, { reading: { kind: "purse", purse, order }, kept: board.kept, pace });
  const ranked = { scores, documents: kept };
  const ofYear = wish === undefined ? new Uint32Array(0) : grantYear(index, wish, kept, coverage);
  if (ofYear === undefined) return undefined;
  const best = await bestOf(ranked, pace);
  const mix = planOf(question, coverage, { ...ranked, best, marks: board.counts });
  await applyFeedback(
    index,
    weights,
    { ...ranked, feedback: mix?.feedback ?? feedbackOf(best, scores) },
    pace,
  );
  rewardYear(ofYear, scores);
  const complete = completeOf(kept, coverage);
  rewardCompleteness(ranked, coverage);
  mix?.apply();
  await rewardTitlePhrase(index, query.text, { scores, best }, pace);
  await preferNames(index, query.text, { scores, best }, pace);
  const likely = (document: number): boolean =>
    coverage.mask[document] === coverage.full || best.includes(document);
  await rankStandingOut(index, { text: query.text, named, likely }, ranked, pace);
  return { ...ranked, coverage, complete, undated, unread };
}

/** How a search is answered: which part of it, and with meaning where there is an encoder. */
export interface SearchManner {
  readonly window: Window;
  readonly meanings: Meanings | undefined;
  readonly named: NamedDocuments;
  readonly pace: Pace;
}

/** What is shown of the documents of an answer. */
async function render(
  { index, terms, pace }: Question,
  { scores, coverage }: Found,
  documents: readonly number[],
): Promise<Hit[]> {
  const reading = readingOf(index, terms);
  const hits: Hit[] = [];
  for (const document of documents) {
    const paper = index.paper(document);
    if (paper === undefined) continue;
    pace.chosen(textLength(paper));
    const missing = missingWords(terms, coverage, document);
    const wordless = terms.words.length > 0 && (coverage.mask[document] ?? 0) === 0;
    hits.push(renderHit(paper, scores[document] ?? 0, { missing, wordless }, reading));
    await pace.pause();
  }
  return hits;
}

/** Answers a question whose year, if one is wished, is granted or passed over. */
async function answerAs(
  question: Question,
  manner: Manner,
  { offset, limit, facets }: Window,
): Promise<Omit<SearchResult, "corrections" | "unknown" | "notCompared" | "year"> | undefined> {
  const { index, query, pace } = question;
  const found = await findRanked(question, manner);
  if (found === undefined) return undefined;
  const { complete, undated, unread } = found;
  const ordered = await orderDocuments({ index, query, ...found }, offset + limit, pace);
  const hits = await render(question, found, ordered.documents.slice(offset));
  const answered = { total: ordered.all.length, complete: complete.length, hits, undated, unread };
  if (facets === undefined) return answered;
  return { ...answered, facets: await countFacets(index, ordered.all, facets, pace) };
}

/** Answers a search. */
export async function searchIndex(
  index: InvertedIndex,
  query: SearchQuery,
  { window, meanings, named, pace }: SearchManner,
): Promise<SearchResult> {
  const lookup = createLookup(index, pace);
  const terms = await readTermQuery(index, query.text, { lookup, pace });
  const filter = hasFilters(query) ? await createFilter(index, query, pace) : undefined;
  const near = await nearOf(query, terms, { meanings, pace });
  const question = { index, query, terms, filter, purse: { left: TEXT_BUDGET }, pace, meanings, near, named };
  const ask = (manner: Manner): ReturnType<typeof answerAs> =>
    withBoard(index, (board) => answerAs({ ...question, board }, manner, window));
  const wish = wishOf(query, terms.words);
  const granted =
    wish && (await ask({ wish, weights: (await readTermQuery(index, wish.rest, { lookup, pace })).weights }));
  const answered = granted ?? (await ask({ weights: terms.weights }));
  if (answered === undefined) throw new Error("a search without a wish is always answered");
  const year = granted && wish?.year;
  return {
    ...answered,
    corrections: terms.corrections,
    unknown: terms.unknown.filter((word) => word !== year),
    notCompared: lookup.passedOver(),
    ...(year === undefined ? {} : { year }),
  };
}

/** Works with a board, which is free for others afterwards. */
async function withBoard<T>(index: InvertedIndex, work: (board: Board) => Promise<T>): Promise<T> {
  const board = index.boards.take(index.slots());
  try {
    return await work(board);
  } finally {
    index.boards.giveBack(board);
  }
}

/** All papers that have every word of a query, of some documents only where these are given, with their scores as a search has them. */
export async function findMatching(
  index: InvertedIndex,
  query: SearchQuery,
  { among, pace }: { readonly among: readonly number[] | undefined; readonly pace: Pace },
): Promise<Match[]> {
  const terms = await readTermQuery(index, query.text, { lookup: createLookup(index, pace), pace });
  return withBoard(index, async (board) => {
    const ranking = await scoreDocuments(index, terms.weights, board, pace);
    const coverage = await coverWords(index, terms.words, board, pace);
    // Common words alone are words that find nothing, not the absence of words.
    const complete = query.text === "" ? [...index.documents()] : completeOf(ranking.documents, coverage);
    const asked = among === undefined ? undefined : new Set(among);
    const pool = asked === undefined ? complete : complete.filter((document) => asked.has(document));
    const filter = await createFilter(index, query, pace);
    const { kept } = await sift(index, pool, filter, { reading: { kind: "all" }, kept: board.kept, pace });
    const { scores } = ranking;
    if (query.text !== "") {
      const ranked = { scores, documents: kept };
      const feedback = feedbackOf(await bestOf(ranked, pace), scores);
      await applyFeedback(index, terms.weights, { ...ranked, feedback }, pace);
    }
    return Array.from(kept, (document) => ({ id: index.id(document), score: scores[document] ?? 0 }));
  });
}
