import type { Paper } from "../../corpus/paper.ts";
import { lastDay } from "../../corpus/partial-date.ts";
import type { SearchQuery } from "../query/search-query.ts";
import type { InvertedIndex } from "./inverted-index.ts";
import { topDocuments } from "./top-documents.ts";

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

/**
 * The first `count` documents of an answer, and how many it has. By relevance every match counts, the best first.
 * Any other order would bring up papers that share one common word with the query, so it takes only those that have
 * all the words (or, where there are none, all matches), and leaves out those it knows nothing to order by when
 * nothing else was asked for.
 */
export function orderDocuments(found: Unordered, count: number): { documents: number[]; total: number } {
  const { index, query, scores, kept, complete } = found;
  if (query.sort === "relevance") return { documents: topDocuments(scores, kept, count), total: kept.length };
  const key = query.sort === "newest" ? newest : discussed;
  const keys = new Map<number, number>();
  const pool = complete.length > 0 ? complete : kept;
  for (const document of pool) {
    const paper = index.paper(document);
    const value = paper === undefined ? undefined : key(paper);
    if (value !== undefined) keys.set(document, value);
  }
  const listed = query.text === "" ? pool.filter((document) => keys.has(document)) : pool;
  const documents = listed.toSorted(
    (a, b) =>
      (keys.get(b) ?? -Infinity) - (keys.get(a) ?? -Infinity) || (scores[b] ?? 0) - (scores[a] ?? 0) || a - b,
  );
  return { documents: documents.slice(0, count), total: documents.length };
}
