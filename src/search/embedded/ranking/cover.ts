import type { Board } from "./board.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";
import { numberOf } from "../inverted/packed-lists.ts";
import type { QueryWord } from "../query/term-query.ts";

/** A bit mask holds this many words; a longer query is judged complete by its first ones. */
const MASK_BITS = 31;

/** For each document, which words of the query it has: bit i for the i-th. */
export interface Coverage {
  readonly mask: Uint32Array;
  /** The mask of a document that has all the words. */
  readonly full: number;
}

/** How many words a mask has. */
export function countBits(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count++;
  return count;
}

/** Marks the documents of a list. */
function markAll(entries: Uint32Array, mask: Uint32Array, bit: number): void {
  for (let i = 0; i < entries.length; i++) {
    const document = numberOf(entries[i] ?? 0);
    mask[document] = (mask[document] ?? 0) | bit;
  }
}

/** Marks the documents that are in all of some lists. The counts are all zeros before and after. */
function markCommon(lists: readonly Uint32Array[], { mask, counts }: Board, bit: number): void {
  const [rarest = new Uint32Array(0), ...others] = lists.toSorted((a, b) => a.length - b.length);
  for (const entry of rarest) counts[numberOf(entry)] = 1;
  others.forEach((entries, i) => {
    for (const entry of entries) if (counts[numberOf(entry)] === i + 1) counts[numberOf(entry)] = i + 2;
  });
  for (const entry of rarest) {
    const document = numberOf(entry);
    if (counts[document] === lists.length) mask[document] = (mask[document] ?? 0) | bit;
    counts[document] = 0;
  }
}

/** Alternatives of a word, each once: a run of words that is typed again adds the same ones again. */
function distinct(alternatives: QueryWord["alternatives"]): QueryWord["alternatives"] {
  return [...new Map(alternatives.map((terms) => [terms.join(), terms])).values()];
}

/** Finds which documents have which words of the query. */
export async function coverWords(
  index: InvertedIndex,
  words: readonly QueryWord[],
  board: Board,
  pace: Pace,
): Promise<Coverage> {
  for (const [i, word] of words.slice(0, MASK_BITS).entries()) {
    for (const alternative of distinct(word.alternatives)) {
      const lists = [...new Set(alternative)].map(index.documentsOf);
      pace.entries(lists.reduce((sum, entries) => sum + entries.length, 0));
      const [only, ...more] = lists;
      if (only !== undefined && more.length === 0) markAll(only, board.mask, 1 << i);
      else if (only !== undefined) markCommon(lists, board, 1 << i);
      if (pace.due()) await pace.pause();
    }
  }
  return { mask: board.mask, full: 2 ** Math.min(words.length, MASK_BITS) - 1 };
}

/** Those of some documents that have all the words. */
export function completeOf(documents: Uint32Array, { mask, full }: Coverage): number[] {
  const complete: number[] = [];
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i] ?? 0;
    if (mask[document] === full) complete.push(document);
  }
  return complete;
}
