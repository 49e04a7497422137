import SearchableMap from "minisearch/SearchableMap";

/** A known word near a typed one. */
export interface Neighbour {
  readonly word: string;
  readonly term: number;
  /** Letters to insert, delete or replace; two neighbours that are swapped count as one. */
  readonly distance: number;
}

/** The words of the corpus as they are written (folded), each with the number of the term it is indexed under. */
export interface Vocabulary {
  readonly has: (word: string) => boolean;
  readonly add: (word: string, term: number) => void;
  /** Words that begin with `prefix`, at most `limit`. */
  readonly completions: (prefix: string, limit: number) => readonly Neighbour[];
  /** Words at the smallest distance from a misspelt one: none beyond 1 letter for up to 5 letters, 2 for more. */
  readonly nearest: (word: string) => readonly Neighbour[];
  /** Takes up to `count` words into the tree ahead of the first question; false when none is left. */
  readonly settle: (count: number) => boolean;
  /** All words, for saving. */
  readonly entries: () => Iterable<readonly [word: string, term: number]>;
}

/** Typing errors worth looking for in a word of this length; three letters are near everything. */
function errorsAllowed(length: number): number {
  if (length <= 3) return 0;
  return length <= 5 ? 1 : 2;
}

/** Most papers share a corpus of words; a hostile query does not get to walk all of it. */
const MAX_FUZZY_LENGTH = 32;

function completionsIn(tree: SearchableMap<number>, prefix: string, limit: number): Neighbour[] {
  const found: Neighbour[] = [];
  if (prefix === "") return found;
  for (const [word, term] of tree.atPrefix(prefix)) {
    if (found.length >= limit) break;
    found.push({ word, term, distance: word.length - prefix.length });
  }
  return found;
}

function nearestIn(tree: SearchableMap<number>, word: string, allowed: number): Neighbour[] {
  const all = Array.from(tree.fuzzyGet(word, allowed), ([near, [term, distance]]) => ({
    word: near,
    term,
    distance,
  }));
  const smallest = Math.min(...all.map(({ distance }) => distance));
  return all.filter(({ distance }) => distance === smallest);
}

/** A word with each two neighbouring letters swapped, also without a plural's s: `protiens` -> `proteins`, `protein`, … */
function swappedFormsOf(word: string): string[] {
  const forms = word.endsWith("s") ? [word, word.slice(0, -1)] : [word];
  return forms.flatMap((form) =>
    Array.from(
      { length: form.length - 1 },
      (_, i) => `${form.slice(0, i)}${form[i + 1] ?? ""}${form[i] ?? ""}${form.slice(i + 2)}`,
    ),
  );
}

/**
 * A vocabulary on MiniSearch's radix tree, which finds prefixes and misspellings without comparing all words. Looking
 * up a whole word is a plain map's work; the tree takes in new words only when it is asked.
 */
export function createVocabulary(): Vocabulary {
  const words = new Map<string, number>();
  const planted = new SearchableMap<number>();
  const waiting: [string, number][] = [];
  const settle = (count: number): boolean => {
    for (const [word, term] of waiting.splice(-count)) planted.set(word, term);
    return waiting.length > 0;
  };
  const tree = (): SearchableMap<number> => {
    settle(waiting.length);
    return planted;
  };
  return {
    has: (word) => words.has(word),
    add(word, term) {
      if (words.has(word)) return;
      words.set(word, term);
      waiting.push([word, term]);
    },
    completions: (prefix, limit) => completionsIn(tree(), prefix, limit),
    nearest(word) {
      const allowed = errorsAllowed(word.length);
      if (allowed === 0 || word.length > MAX_FUZZY_LENGTH) return [];
      // The tree counts a swap as two letters.
      const swapped = [...new Set(swappedFormsOf(word))].flatMap((near): Neighbour[] => {
        const term = words.get(near);
        return term === undefined ? [] : [{ word: near, term, distance: 1 }];
      });
      const near = nearestIn(tree(), word, allowed);
      return swapped.length === 0 ? near : [...swapped, ...near.filter(({ distance }) => distance === 1)];
    },
    settle,
    entries: () => words.entries(),
  };
}
