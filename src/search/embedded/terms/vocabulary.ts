import type { Saved, Sections } from "../saved/sections.ts";
import { NOTHING_SAVED } from "../saved/sections.ts";
import { openNearWords } from "./near-words.ts";
import { createNumbers } from "./numbers.ts";
import { openStringTable } from "./string-table.ts";

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
  /** Words that begin with `prefix`, in no stated order. */
  readonly completions: (prefix: string) => readonly Neighbour[];
  /** Words at the smallest distance from a misspelt one: none beyond 1 letter for up to 5 letters, 2 for more. */
  readonly nearest: (word: string) => readonly Neighbour[];
  /** All words, to be saved. */
  readonly pack: () => Sections;
}

/** Typing errors worth looking for in a word of this length; three letters are near everything. */
function errorsAllowed(length: number): number {
  if (length <= 3) return 0;
  return length <= 5 ? 1 : 2;
}

/** Longer words are data or nonsense. */
const MAX_FUZZY_LENGTH = 32;

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

/** The words that were saved, or none. */
export function createVocabulary(saved: Saved = NOTHING_SAVED): Vocabulary {
  const words = openStringTable(saved, "words");
  /** By the number of a word the term it is indexed under. */
  const terms = createNumbers(saved.words("words.terms"));
  const near = openNearWords(words.text, { saved, name: "words.near", known: words.size() });
  const neighbour = (word: number, distance: number): Neighbour => ({
    word: words.text(word),
    term: terms.get(word),
    distance,
  });
  return {
    has: (word) => words.find(word) !== undefined,
    add(word, term) {
      const before = words.size();
      const number = words.add(word);
      if (number < before) return;
      terms.set(number, term);
      near.add(word);
    },
    completions: (prefix) =>
      near.beginning(prefix).map((word) => neighbour(word, words.text(word).length - prefix.length)),
    nearest(word) {
      const allowed = errorsAllowed(word.length);
      if (allowed === 0 || word.length > MAX_FUZZY_LENGTH) return [];
      // A swap is two letters otherwise.
      const swapped = [...new Set(swappedFormsOf(word))].flatMap((form): Neighbour[] => {
        const number = words.find(form);
        return number === undefined ? [] : [neighbour(number, 1)];
      });
      const others = near.nearest(word, swapped.length === 0 ? allowed : 1);
      return [...swapped, ...others.map((one) => neighbour(one.word, one.distance))];
    },
    pack: () => [
      ...words.pack("words"),
      ["words.terms", terms.copy(words.size())],
      ...near.pack("words.near"),
    ],
  };
}
