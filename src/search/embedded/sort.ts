import type { Paper } from "../../corpus/paper.ts";
import { lastDay } from "../../corpus/partial-date.ts";
import type { SearchQuery } from "../query/search-query.ts";
import type { InvertedIndex } from "./inverted-index.ts";
import type { Pace } from "./pace.ts";
import type { Order } from "./top-documents.ts";
import { byScore, topDocuments } from "./top-documents.ts";

/** What an answer is ordered from. */
export interface Unordered {
  readonly index: InvertedIndex;
  readonly query: SearchQuery;
  readonly scores: Float64Array;
  /** The documents that pass the filters, and those of them that have all the words. */
  readonly kept: readonly number[];
  readonly complete: readonly number[];
}

type Key = (paper: Paper) => number | undefined;

const newest: Key = ({ date }) => (date === undefined ? undefined : Date.parse(lastDay(date)));

/** Comments first, and of papers with as many comments the votes. */
const discussed: Key = ({ comments, upvotes }) =>
  comments === undefined && upvotes === undefined ? undefined : (comments ?? 0) + (upvotes?.count ?? 0) / 1e6;

/** What some documents are ordered by besides their scores; -Infinity where that is not known. */
async function keysOf(
  { index, query }: Pick<Unordered, "index" | "query">,
  documents: readonly number[],
  pace: Pace,
): Promise<Float64Array> {
  const key = query.sort === "newest" ? newest : discussed;
  const keys = new Float64Array(index.slots()).fill(-Infinity);
  for (const document of documents) {
    const paper = index.paper(document);
    keys[document] = (paper === undefined ? undefined : key(paper)) ?? -Infinity;
    pace.record();
    if (pace.due()) await pace.pause();
  }
  return keys;
}

/** Equal numbers are no difference, also where both are infinite. */
const difference = (a = 0, b = 0): number => (a === b ? 0 : a - b);

const byKey = (keys: Float64Array, scores: Float64Array): Order => {
  const otherwise = byScore(scores);
  return (a, b) => difference(keys[b], keys[a]) || otherwise(a, b);
};

/** The order of an answer to a query among some documents. */
export async function orderOf(
  asked: Pick<Unordered, "index" | "query" | "scores">,
  documents: readonly number[],
  pace: Pace,
): Promise<Order> {
  if (asked.query.sort === "relevance") return byScore(asked.scores);
  return byKey(await keysOf(asked, documents, pace), asked.scores);
}

/**
 * The first `count` documents of an answer, and how many it has. By relevance every match counts, the best first.
 * Any other order would bring up papers that share one common word with the query, so it takes only those that have
 * all the words (or, where there are none, all matches), and leaves out those it knows nothing to order by when
 * nothing else was asked for.
 */
export async function orderDocuments(
  found: Unordered,
  count: number,
  pace: Pace,
): Promise<{ documents: number[]; total: number }> {
  const { query, scores, kept, complete } = found;
  if (query.sort === "relevance")
    return { documents: topDocuments(kept, byScore(scores), count), total: kept.length };
  const pool = complete.length > 0 ? complete : kept;
  const keys = await keysOf(found, pool, pace);
  const listed = query.text === "" ? pool.filter((document) => keys[document] !== -Infinity) : pool;
  return { documents: topDocuments(listed, byKey(keys, scores), count), total: listed.length };
}
