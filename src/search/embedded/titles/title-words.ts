import { numberOf, openPackedLists, packedSections } from "../inverted/packed-lists.ts";
import type { Pace } from "../pace.ts";
import type { Saved, Sections } from "../saved/sections.ts";
import { openNearWords } from "../terms/near-words.ts";
import { openStringTable } from "../terms/string-table.ts";

/** The documents by the words of their titles. */
export interface TitleWords {
  readonly add: (word: string, document: number) => void;
  readonly remove: (word: string, document: number) => void;
  readonly having: (word: string) => Iterable<number>;
  /** The documents of all words that begin so, of at most 200 words: those that came first. */
  readonly beginning: (letters: string) => Iterable<number>;
  /** The documents of the words that are nearest to a misspelt one: one letter away, or two for more than five letters. */
  readonly near: (word: string) => Set<number>;
  /** All of them, to be saved. Nothing may change meanwhile. */
  readonly pack: (pace: Pace) => Promise<Sections>;
}

/** A beginning stands for at most this many words. */
const MAX_COMPLETIONS = 200;

/** Shorter words are near to everything, and those of up to so many letters have one error at most. */
const LETTERS = { least: 4, oneError: 5 } as const;

/** The words that were saved, or none; their lists stay in the file. */
export function openTitleWords(saved: Saved): TitleWords {
  const texts = openStringTable(saved, "titleWords");
  const near = openNearWords(texts.text, { saved, name: "titleWords.near", known: texts.size() });
  const lists = openPackedLists(saved, "titleWords.lists");
  const documentsOf = function* (word: number): Generator<number> {
    for (const entry of lists.get(word)) yield numberOf(entry);
  };
  return {
    add(word, document) {
      const before = texts.size();
      const number = texts.add(word);
      if (number === before) near.add(word);
      lists.append(number, document, 1);
    },
    remove(word, document) {
      const number = texts.find(word);
      if (number !== undefined) lists.remove(number, document, 1);
    },
    having(word) {
      const number = texts.find(word);
      return number === undefined ? [] : documentsOf(number);
    },
    *beginning(letters) {
      let words = 0;
      for (const word of near.beginning(letters)) {
        if (lists.lengthOf(word) === 0) continue;
        if (++words > MAX_COMPLETIONS) return;
        yield* documentsOf(word);
      }
    },
    near(word) {
      if (word.length < LETTERS.least) return new Set();
      const allowed = word.length > LETTERS.oneError ? 2 : 1;
      // Words of titles that are gone do not count.
      const found = near.nearest(word, allowed, (one) => lists.lengthOf(one) > 0);
      return new Set(found.flatMap((one) => [...documentsOf(one.word)]));
    },
    pack: async (pace) => [
      ...texts.pack("titleWords"),
      ...near.pack("titleWords.near"),
      ...packedSections("titleWords.lists", await lists.pack(texts.size(), pace)),
    ],
  };
}
