import MiniSearch from "minisearch";
import { fold } from "../../corpus/fold.ts";

/** A name that people may mean. */
export interface Name {
  readonly name: string;
  /** Other words by which it is found. */
  readonly also?: readonly string[];
  /** How often it comes: of names that fit alike the more frequent is first. 1 by default. */
  readonly count?: number;
}

/** Names that are few enough to be held and searched whole: organisations, time zones. */
export interface NameIndex {
  /**
   * The names that fit what somebody has typed so far, the best first: all words are in it or in its other words, with a
   * slip in those of four letters or more, and the last may be a beginning. Of nothing typed the most frequent.
   */
  readonly complete: (typed: string, limit: number) => readonly string[];
}

/**
 * Letters of a word that may be wrong, as a share of it, rounded: one of four and five letters, two of six to nine. Letters that
 * changed places are two.
 */
const SLIPS = 0.25;
/** Shorter words are near to everything. */
const LEAST_LETTERS = 4;

/**
 * Makes an index of names. MiniSearch does it: prefixes, slips and an order by how well words fit are what it is for, and a
 * few thousand names cost it a few milliseconds.
 */
export function createNameIndex(names: readonly Name[]): NameIndex {
  const counts = names.map(({ count = 1 }) => count);
  const mini = new MiniSearch({
    fields: ["name", "also"],
    processTerm: fold,
    searchOptions: {
      combineWith: "AND",
      // A slip counts little, so that a place spelt right comes before a zone that is spelt nearly so.
      weights: { fuzzy: 0.2, prefix: 0.6 },
      prefix: (_term, i, terms) => i === terms.length - 1,
      fuzzy: (term) => (term.length < LEAST_LETTERS ? false : SLIPS),
      boostDocument: (id) => 1 + Math.log(counts[Number(id)] ?? 1),
    },
  });
  mini.addAll(names.map(({ name, also = [] }, id) => ({ id, name, also: also.join(" ") })));
  const frequent = names
    .map(({ name, count = 1 }) => ({ name, count }))
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
  return {
    complete(typed, limit) {
      if (typed.trim() === "") return frequent.slice(0, limit);
      return mini
        .search(typed)
        .slice(0, limit)
        .map(({ id }) => names[Number(id)]?.name ?? "");
    },
  };
}
