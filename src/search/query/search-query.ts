import type { Reference } from "../../corpus/identifiers/reference.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";

/** The orders an answer can have, the default first. */
export const sortOrders = ["relevance", "newest", "discussed"] as const;
export type SortOrder = (typeof sortOrders)[number];

/** What a query asks for, with its operators read. */
export interface SearchQuery {
  /** The words to rank by, in the order typed, phrases among them. */
  readonly text: string;
  /** Sequences of words that must stand together. */
  readonly phrases: readonly string[];
  /** Words and phrases that must not occur. */
  readonly excluded: readonly string[];
  readonly organisations: readonly string[];
  readonly authors: readonly string[];
  /** Names of pages, files and services that list a paper. */
  readonly sources: readonly string[];
  /** First day a paper may be of. */
  readonly from?: PartialDate;
  /** First day a paper may no longer be of. */
  readonly before?: PartialDate;
  readonly sort: SortOrder;
}

/** A query text read: a search, or the paper that a pasted link or identifier names. */
export type ParsedQuery =
  | {
      readonly kind: "search";
      readonly query: SearchQuery;
      /** Conditions past the number that one query may have, as they were typed; absent where there are none. */
      readonly leftOut?: readonly string[];
    }
  | { readonly kind: "reference"; readonly reference: Reference };

/** A query for plain words, without any operator. */
export function wordsQuery(text: string): SearchQuery {
  return { text, phrases: [], excluded: [], organisations: [], authors: [], sources: [], sort: "relevance" };
}
