import type { SearchQuery } from "../../query/search-query.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";
import type { Order } from "./top-documents.ts";
import { bestByScore, byScore, topDocuments } from "./top-documents.ts";

/** What an answer is ordered from. */
export interface Unordered {
  readonly index: InvertedIndex;
  readonly query: SearchQuery;
  readonly scores: Float64Array;
  /** The documents that pass the filters, and those of them that have all the words. */
  readonly documents: Uint32Array;
  readonly complete: readonly number[];
}

/** What a document is ordered by besides its score; -Infinity where that is not known. */
type Key = (document: number) => number;

function keyOf({ facts }: InvertedIndex, { sort }: SearchQuery): Key {
  if (sort !== "newest") return facts.discussed;
  return (document) => {
    const day = facts.lastDay(document);
    return day === 0 ? -Infinity : day;
  };
}

/** Equal numbers are no difference, also where both are infinite. */
const difference = (a: number, b: number): number => (a === b ? 0 : a - b);

/** The order of an answer to a query. */
export function orderOf(index: InvertedIndex, query: SearchQuery, scores: Float64Array): Order {
  const otherwise = byScore(scores);
  if (query.sort === "relevance") return otherwise;
  const key = keyOf(index, query);
  return (a, b) => difference(key(b), key(a)) || otherwise(a, b);
}

/**
 * The first `count` documents of an answer, and all that it has. By relevance every match counts, the best first.
 * Any other order would bring up papers that share one common word with the query, so it takes only those that have
 * all the words (or, where there are none, all matches), and leaves out those it knows nothing to order by when
 * nothing else was asked for.
 */
export async function orderDocuments(
  { index, query, scores, documents, complete }: Unordered,
  count: number,
  pace: Pace,
): Promise<{ readonly documents: number[]; readonly all: ArrayLike<number> }> {
  pace.entries(documents.length);
  await pace.pause();
  if (query.sort === "relevance") return { documents: bestByScore(documents, scores, count), all: documents };
  const pool = complete.length > 0 ? complete : Array.from(documents);
  const key = keyOf(index, query);
  const listed = query.text === "" ? pool.filter((document) => key(document) !== -Infinity) : pool;
  return { documents: topDocuments(listed, orderOf(index, query, scores), count), all: listed };
}
