import type { Paper } from "../../corpus/paper.ts";
import type { Hit, Match, SearchResult, Window } from "../paper-index.ts";
import type { SearchQuery } from "../query/search-query.ts";
import type { Filter } from "./filter.ts";
import { createFilter, hasFilters } from "./filter.ts";
import type { InvertedIndex } from "./inverted-index.ts";
import type { Meanings } from "./meaning/meanings.ts";
import type { Near } from "./meaning/mix.ts";
import { findNear, mixMeaning, queryStems, withoutWords } from "./meaning/mix.ts";
import type { Pace } from "./pace.ts";
import { textLength } from "./phrase.ts";
import type { Coverage, Ranking } from "./rank.ts";
import { applyFeedback, coverWords, rewardCompleteness, scoreDocuments } from "./rank.ts";
import type { Purse } from "./sift.ts";
import { sift, TEXT_BUDGET } from "./sift.ts";
import type { Reading } from "./snippet.ts";
import { bestSentence } from "./snippet.ts";
import { orderDocuments, orderOf } from "./sort.ts";
import { rankStandingOut } from "./standing-out.ts";
import type { TermQuery } from "./term-query.ts";
import { readTermQuery } from "./term-query.ts";
import { rewardTitlePhrase } from "./title-phrase.ts";
import type { Order } from "./top-documents.ts";
import { createLookup } from "./unknown-word.ts";
import type { Wish } from "./wished-year.ts";
import { grantYear, wishOf } from "./wished-year.ts";

/** What is needed to choose the sentences that speak of a query's words, and to mark the words. */
function readingOf(index: InvertedIndex, query: TermQuery): Reading {
  const asked = query.words.flatMap(({ alternatives }) => alternatives.flat());
  return { worth: new Map(asked.map((term) => [term, index.idf(term)])), termsOf: index.termsOfWord };
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
  meanings: Meanings | undefined,
  pace: Pace,
): Promise<Near | undefined> {
  if (meanings === undefined || query.sort !== "relevance" || query.text === "") return undefined;
  await meanings.settleFew(pace);
  pace.entries(meanings.vectors.slots() * SIGNS);
  const near = await findNear(meanings, queryStems(query));
  await pace.pause();
  return near;
}

/** Comparing the signs of two vectors costs as much as reading so many entries of a list: some 30 ns. */
const SIGNS = 3;

function missingWords(query: TermQuery, { mask }: Coverage, document: number): string[] {
  const has = mask[document] ?? 0;
  return query.words.filter((_word, i) => i < 31 && (has & (1 << i)) === 0).map(({ typed }) => typed);
}

/** Documents a query may be answered with: those that have its words, or all when it has filters only. */
function candidates(
  index: InvertedIndex,
  query: SearchQuery,
  terms: TermQuery,
  ranked: readonly number[],
): Iterable<number> {
  if (terms.words.length > 0) return ranked;
  const listing = hasFilters({ ...query, excluded: [] }) || query.sort !== "relevance";
  return listing ? index.documents() : [];
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

/** The order in which texts are read where they are too many: that of the answer, in which only complete papers may be. */
async function readingOrder(
  { index, query, pace }: Question,
  scores: Float64Array,
  { mask, full }: Coverage,
  documents: readonly number[],
): Promise<Order> {
  const order = await orderOf({ index, query, scores }, documents, pace);
  if (query.sort === "relevance") return order;
  const lacking = (document: number): number => (mask[document] === full ? 0 : 1);
  return (a, b) => lacking(a) - lacking(b) || order(a, b);
}

/** Filters and scores the documents of a query; undefined where a year is wished that none of them fits. */
async function findRanked(question: Question, { weights, wish }: Manner): Promise<Found | undefined> {
  const { index, query, terms, filter, purse, pace, meanings, near } = question;
  const ranking = await scoreDocuments(index, weights, pace);
  const coverage = await coverWords(index, terms.words, pace);
  const found = candidates(index, query, terms, ranking.documents);
  const unworded =
    meanings === undefined || near === undefined || query.phrases.length > 0
      ? []
      : withoutWords({ index, meanings, near, words: terms.words, coverage }, ranking);
  const pool = unworded.length === 0 ? found : [...found, ...unworded];
  const order = (documents: readonly number[]): Promise<Order> =>
    readingOrder(question, ranking.scores, coverage, documents);
  const { kept, undated, unread } =
    filter === undefined
      ? { kept: [...pool], undated: 0, unread: 0 }
      : await sift(index, pool, filter, { reading: { kind: "purse", purse, order }, pace });
  const ranked = await applyFeedback(index, weights, { scores: ranking.scores, documents: kept }, pace);
  if (wish !== undefined && !grantYear(index, wish, ranked, coverage)) return undefined;
  const complete = kept.filter((document) => coverage.mask[document] === coverage.full);
  const worded = rewardCompleteness(ranked, coverage);
  const { scores } =
    meanings === undefined || near === undefined
      ? worded
      : mixMeaning({ index, meanings, near, words: terms.words, coverage }, { ...worded, best: ranked.best });
  await rewardTitlePhrase(index, query.text, { scores, best: ranked.best }, pace);
  const likely = new Set([...complete, ...ranked.best]);
  await rankStandingOut(index, query.text, { scores, documents: kept, likely }, pace);
  return { scores, documents: kept, coverage, complete, undated, unread };
}

/** How a search is answered: which part of it, and with meaning where there is an encoder. */
export interface SearchManner {
  readonly window: Window;
  readonly meanings: Meanings | undefined;
  readonly pace: Pace;
}

/** Answers a search. */
export async function searchIndex(
  index: InvertedIndex,
  query: SearchQuery,
  { window: { offset, limit }, meanings, pace }: SearchManner,
): Promise<SearchResult> {
  const lookup = createLookup(index, pace);
  const terms = await readTermQuery(index, query.text, { lookup, pace });
  const filter = hasFilters(query) ? await createFilter(index, query, pace) : undefined;
  const near = await nearOf(query, meanings, pace);
  const purse = { left: TEXT_BUDGET };
  const question: Question = { index, query, terms, filter, purse, pace, meanings, near };
  const wish = wishOf(query, terms.words);
  const granted =
    wish &&
    (await findRanked(question, {
      wish,
      weights: (await readTermQuery(index, wish.rest, { lookup, pace })).weights,
    }));
  const found = granted ?? (await findRanked(question, { weights: terms.weights }));
  if (found === undefined) throw new Error("a search without a wish is always answered");
  const { scores, documents: kept, coverage, complete, undated, unread } = found;
  const year = granted && wish?.year;
  const ordered = await orderDocuments({ index, query, scores, kept, complete }, offset + limit, pace);
  const reading = readingOf(index, terms);
  const hits: Hit[] = [];
  for (const document of ordered.documents.slice(offset)) {
    const paper = index.paper(document);
    if (paper === undefined) continue;
    pace.chosen(textLength(paper));
    const missing = missingWords(terms, coverage, document);
    const wordless = terms.words.length > 0 && (coverage.mask[document] ?? 0) === 0;
    hits.push(renderHit(paper, scores[document] ?? 0, { missing, wordless }, reading));
    await pace.pause();
  }
  return {
    total: ordered.total,
    complete: complete.length,
    hits,
    corrections: terms.corrections,
    unknown: terms.unknown.filter((word) => word !== year),
    undated,
    unread,
    notCompared: lookup.passedOver(),
    ...(year === undefined ? {} : { year }),
  };
}

/** All documents that have every word of a query, with their papers and their scores as a search has them. */
export async function findMatching(index: InvertedIndex, query: SearchQuery, pace: Pace): Promise<Match[]> {
  const terms = await readTermQuery(index, query.text, { lookup: createLookup(index, pace), pace });
  const ranking = await scoreDocuments(index, terms.weights, pace);
  const coverage = await coverWords(index, terms.words, pace);
  // Common words alone are words that find nothing, not the absence of words.
  const pool = query.text === "" ? [...index.documents()] : ranking.documents;
  const full = pool.filter((document) => coverage.mask[document] === coverage.full);
  const filter = await createFilter(index, query, pace);
  const { kept } = await sift(index, full, filter, { reading: { kind: "all" }, pace });
  const { scores } =
    query.text === ""
      ? ranking
      : await applyFeedback(index, terms.weights, { scores: ranking.scores, documents: kept }, pace);
  return kept.flatMap((document) => {
    const paper = index.paper(document);
    return paper === undefined ? [] : [{ paper, score: scores[document] ?? 0 }];
  });
}
