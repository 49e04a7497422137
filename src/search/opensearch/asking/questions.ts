import { titleKey } from "../../../corpus/identifiers/paper-id.ts";
import type { QueryWord, TermQuery } from "../../embedded/query/term-query.ts";
import type { Wish } from "../../embedded/query/wished-year.ts";
import type { TermNumbers } from "../../embedded/terms/term-numbers.ts";
import type { MeaningVector } from "../../meaning/encoder.ts";
import type { SearchQuery } from "../../query/search-query.ts";
import { bandsNear } from "../stored/bands.ts";
import type { Clause, Filters } from "./filters.ts";
import { all, any, NOTHING, termClause } from "./filters.ts";

/** Candidates of each kind that are ranked here: more than the embedded engine ranks anew (200, 100). */
export const CANDIDATES = { words: 300, complete: 200, near: 150, named: 20, ofYear: 100 } as const;

/** The conditions of one search are at most so many. */
const MOST_TERMS = 500;

/** One search among those that are sent together. */
export type Question = Readonly<Record<string, unknown>>;

/** Terms, each weighed, so that the engine's score is that of the query. */
export function weighed(terms: TermNumbers, weights: Iterable<readonly [number, number]>): Clause {
  const heaviest = Array.from(weights)
    .filter(([, weight]) => weight > 0)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_TERMS);
  return any(
    heaviest.map(([term, weight]) => {
      const text = terms.textOf(term);
      return { term: { [text.startsWith("@") ? "names" : "terms"]: { value: text, boost: weight } } };
    }),
  );
}

/** Papers that have all of some words, each in one of its ways. */
export function having(terms: TermNumbers, words: readonly QueryWord[]): Clause {
  // As many as the ranking looks at (cover.ts).
  const clauses = words.slice(0, 31).map(({ alternatives }) =>
    any(
      [...new Map(alternatives.map((one) => [one.join(), one])).values()].map((one) => {
        const parts = [...new Set(one)].map((term) => termClause(terms.textOf(term)));
        return parts.length === 1 ? (parts[0] ?? NOTHING) : all(parts);
      }),
    ),
  );
  return clauses.length === 0 ? NOTHING : all(clauses);
}

/** Papers whose vectors share most with one. */
export const nearClause = (vector: MeaningVector): Clause =>
  any(
    bandsNear(vector).map(({ word, weight }) => ({
      constant_score: { filter: { term: { bands: word } }, boost: weight },
    })),
  );

/** A question for the best papers of a clause, without their content. */
export const best = (clause: Clause, filters: readonly Clause[], size: number): Question => ({
  size,
  _source: false,
  docvalue_fields: ["revision"],
  track_total_hits: false,
  query: { bool: { must: [clause], filter: filters } },
});

/** What is asked of the papers for one search. */
export interface Searching {
  readonly query: SearchQuery;
  readonly words: TermQuery;
  readonly wish: Wish | undefined;
  readonly filters: Filters;
  readonly terms: TermNumbers;
  readonly vector: MeaningVector | undefined;
  /** Hits that are wanted, from the first on. */
  readonly count: number;
}

/** A query of no words that lists papers: by its filters, or in an order. */
const isListing = ({ query, words, filters }: Searching): boolean =>
  words.words.length === 0 && (filters.must.length > 0 || filters.dated || query.sort !== "relevance");

/** In other orders than by relevance papers come by a key, those that lack it last. */
function orderOf({ query, words }: Searching): object {
  const then = { added: "asc" };
  if (query.sort === "relevance") return words.words.length === 0 ? { sort: [then] } : {};
  const key = query.sort === "newest" ? "last" : "discussed";
  return { sort: [{ [key]: { order: "desc", missing: "_last" } }, "_score", then], track_scores: true };
}

/** What counts years, organisations and sources: what many papers have in common, as one key. */
const FACETS = {
  years: { terms: { field: "year", size: 200, order: { _key: "desc" } } },
  belongings: { terms: { field: "belonging", size: 2000 } },
} as const;

/** The questions of one search; those that do not apply are undefined. */
export interface Questions {
  readonly any: Question;
  readonly complete: Question;
  readonly undated: Question | undefined;
  readonly named: Question | undefined;
  readonly near: Question | undefined;
  readonly ofYear: Question | undefined;
}

/** All that is asked for one search, to be sent together. */
export function questionsOf(searching: Searching, facets: boolean): Questions {
  const { query, words, wish, filters, terms, vector, count } = searching;
  const { must, time, dated } = filters;
  const key = query.sort === "newest" ? "last" : "discussed";
  // Without words those that there is nothing to order by are left out.
  const ordered = query.sort !== "relevance" && query.text === "" ? [{ exists: { field: key } }] : [];
  const passing = [...must, ...time, ...ordered];
  const scored = isListing(searching) ? { match_all: {} } : weighed(terms, words.weights);
  const complete = words.words.length === 0 ? NOTHING : having(terms, words.words);
  const counted = { track_total_hits: true, ...(facets ? { aggs: FACETS } : {}), ...orderOf(searching) };
  const named = titleKey(query.text);
  const others = wish === undefined ? [] : words.words.filter((_word, i) => 1 << i !== wish.bit);
  const year = wish === undefined ? [] : [{ term: { year: Number(wish.year) } }];
  return {
    any: { ...best(scored, passing, Math.max(CANDIDATES.words, count)), ...counted },
    complete: {
      ...best(
        scored,
        [...passing, complete],
        Math.max(CANDIDATES.complete, query.sort === "relevance" ? 0 : count),
      ),
      ...counted,
    },
    undated: dated
      ? {
          size: 0,
          track_total_hits: true,
          query: all([scored, ...must, { bool: { must_not: [{ exists: { field: "first" } }] } }]),
        }
      : undefined,
    named:
      query.text === "" || named === ""
        ? undefined
        : best({ term: { titleKeys: named.slice(0, 300) } }, [...passing, scored], CANDIDATES.named),
    near: vector === undefined ? undefined : best(nearClause(vector), passing, CANDIDATES.near),
    ofYear:
      wish === undefined
        ? undefined
        : {
            ...best(scored, [...passing, having(terms, others), ...year], CANDIDATES.ofYear),
            track_total_hits: true,
          },
  };
}
