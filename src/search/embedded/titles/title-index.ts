import type { PaperId } from "../../../corpus/paper.ts";
import { STOP_WORDS } from "../../text/stop-words.ts";
import { findWords, namePieces, splitHyphens } from "../../text/words.ts";
import { titleKey } from "../../../corpus/identifiers/paper-id.ts";
import { nameOf } from "../ranking/standing-out.ts";
import type { Pace } from "../pace.ts";
import type { Saved, Sections } from "../saved/sections.ts";
import { createNumbers } from "../terms/numbers.ts";
import { openTitleKeys } from "./title-keys.ts";
import type { TitleWords } from "./title-words.ts";
import { openTitleWords } from "./title-words.ts";

/** Finds titles: whole ones, and while somebody types by their beginning, by any of their words, with typing errors. */
export interface TitleIndex {
  /** The titles of a document, the one it has now and others it was listed under. */
  readonly put: (document: number, titles: readonly string[]) => void;
  /** Forgets a document that was put with these titles. */
  readonly remove: (document: number, titles: readonly string[]) => void;
  /** Takes in the words of up to `count` titles ahead of the first completion; false when none is left. */
  readonly settle: (count: number) => boolean;
  /** The documents whose whole title this is, but for case, accents, punctuation and spaces. */
  readonly titled: (title: string) => readonly number[];
  /** The documents with a title, or a name before its colon, of this key; a few others may be among them. */
  readonly named: (key: string) => Iterable<number>;
  /** The documents whose titles may give this id, those that do among them, whatever ids they have. */
  readonly perhapsNamed: (id: PaperId) => readonly number[];
  /** Whether so many completions of a text are known without the words of titles that are still to be taken in. */
  readonly isReady: (text: string, limit: number) => boolean;
  /** The documents whose titles fit best, best first. Of a long text only the last words count. */
  readonly complete: (text: string, limit: number, pace: Pace) => Promise<readonly number[]>;
  /** All of them, to be saved, those of so many documents; only when all are settled. Nothing may change meanwhile. */
  readonly pack: (slots: number, pace: Pace) => Promise<Sections>;
}

/** Beginnings of words shorter than this would be in nearly all titles. */
const MIN_WORD_PREFIX = 3;
/** Words that count of a text, its last ones: more than people type before they choose; each may cost a look at long lists. */
const MAX_TYPED = 16;
/** Characters in which these are looked for. */
const MAX_TEXT = 1000;

/** Words of titles come again and again; the memory of what they are indexed under is emptied when it holds this many. */
const REMEMBERED = 50_000;
const remembered = new Map<string, readonly string[]>();

/** What a word of a title is found by: its parts, and the names inside them. */
function formsOf(raw: string): readonly string[] {
  let forms = remembered.get(raw);
  if (forms === undefined) {
    forms = splitHyphens(raw).flatMap((part) => [part.toLowerCase(), ...namePieces(part)]);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(raw, forms);
  }
  return forms;
}

function titleWords(title: string): string[] {
  return Array.from(findWords(title)).flatMap(({ raw }) => formsOf(raw));
}

/** The words that titles are completed by. */
export const wordsOf = (titles: readonly string[]): Set<string> => new Set(titles.flatMap(titleWords));

/** The last words of a text that is typed, as titles have them. */
export function typedWords(text: string): string[] {
  const words = Array.from(findWords(text.slice(-MAX_TEXT))).flatMap(({ raw }) =>
    splitHyphens(raw).map((part) => part.toLowerCase()),
  );
  return words.slice(-MAX_TYPED);
}

/** Entries of a list that putting one into a set, and counting it, is worth. */
const COUNTED = 10;

/** The titles that have a typed word: as it is, as a beginning, or misspelt. */
async function havingWord(
  words: TitleWords,
  word: string,
  isLast: boolean,
  pace: Pace,
): Promise<Set<number>> {
  const longer = isLast && word.length >= MIN_WORD_PREFIX ? words.beginning(word) : [];
  const found = new Set(words.having(word));
  pace.entries(found.size * COUNTED);
  for (const document of longer) {
    found.add(document);
    pace.entries(COUNTED);
    if (pace.due()) await pace.pause();
  }
  if (found.size > 0) return found;
  pace.lookup();
  await pace.pause();
  return words.near(word);
}

/** How many of the typed words each title has; the last one may be a beginning, and common words do not count. */
async function countWords(
  words: TitleWords,
  typed: readonly string[],
  pace: Pace,
): Promise<Map<number, number>> {
  const scores = new Map<number, number>();
  const topical = typed.filter((word, i) => i === typed.length - 1 || !STOP_WORDS.has(word));
  for (const [i, word] of topical.entries()) {
    const having = await havingWord(words, word, i === topical.length - 1, pace);
    for (const document of having) {
      scores.set(document, (scores.get(document) ?? 0) + 1);
      pace.entries(COUNTED);
      if (pace.due()) await pace.pause();
    }
  }
  return scores;
}

/** The documents whose titles have the most of the typed words, without those that were found already. */
async function havingMost(
  words: TitleWords,
  typed: readonly string[],
  found: readonly number[],
  pace: Pace,
): Promise<number[]> {
  const scores = await countWords(words, typed, pace);
  for (const document of found) scores.delete(document);
  pace.entries(scores.size * COUNTED);
  await pace.pause();
  let best = 0;
  for (const score of scores.values()) best = Math.max(best, score);
  // With words missing a title is a guess: only those that have the most of what was typed are offered.
  const others = [...scores].filter(([, score]) => score === best && score * 2 > typed.length - 1);
  return others.map(([document]) => document).toSorted((a, b) => a - b);
}

/** The titles of an index before: those that were saved, or none. */
export interface TitleParts {
  readonly saved: Saved;
  /** The titles of a document that was put. */
  readonly titlesOf: (document: number) => readonly string[];
}

/** The titles that were saved; it takes in words of titles that come only when it is asked, since that is most of the work. */
export function openTitleIndex({ saved, titlesOf }: TitleParts): TitleIndex {
  const keys = openTitleKeys(saved);
  const words = openTitleWords(saved);
  const waiting = new Set<number>();
  /** The lengths of the keys of the names before the colons of titles; 0 where there is none. */
  const names = createNumbers(saved.words("titles.names"));
  const settle = (count: number): boolean => {
    let left = count;
    for (const document of waiting) {
      if (left-- <= 0) break;
      for (const word of wordsOf(titlesOf(document))) words.add(word, document);
      waiting.delete(document);
    }
    return waiting.size > 0;
  };
  return {
    settle,
    put(document, titles) {
      keys.add(document, titles);
      const [title = ""] = titles;
      const name = nameOf(title);
      names.set(document, name === title ? 0 : titleKey(name).length);
      waiting.add(document);
    },
    remove(document, titles) {
      keys.remove(document, titles);
      names.set(document, 0);
      if (!waiting.delete(document)) for (const word of wordsOf(titles)) words.remove(word, document);
    },
    titled: keys.titled,
    *named(key) {
      for (const [document, length] of keys.startingWith(key))
        if (length === key.length || names.get(document) === key.length) yield document;
    },
    perhapsNamed: keys.perhapsNamed,
    isReady: (text, limit) => waiting.size === 0 || keys.beginning(text, limit).length >= limit,
    async complete(text, limit, pace) {
      const typed = typedWords(text);
      if (typed.length === 0) return [];
      const starting = keys.beginning(text, limit);
      if (starting.length >= limit) return starting;
      settle(waiting.size);
      const having = await havingMost(words, typed, starting, pace);
      return [...starting, ...having].slice(0, limit);
    },
    pack: async (slots, pace) => [
      ...(await keys.pack(pace)),
      ...(await words.pack(pace)),
      ["titles.names", names.copy(slots)],
    ],
  };
}
