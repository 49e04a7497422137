import SearchableMap from "minisearch/SearchableMap";
import { titleKey, titlePaperId } from "../../corpus/paper-id.ts";
import type { PaperId } from "../../corpus/paper.ts";
import { STOP_WORDS } from "../text/stop-words.ts";
import { findWords, namePieces, splitHyphens } from "../text/words.ts";

/** Finds titles while somebody types: by their beginning, by any of their words, with typing errors. */
export interface TitleIndex {
  /** The titles of a document, the one it has now and others it was listed under. */
  readonly put: (document: number, titles: readonly string[]) => void;
  /** Forgets a document that was put with these titles. */
  readonly remove: (document: number, titles: readonly string[]) => void;
  /** Takes in up to `count` titles ahead of the first question; false when none is left. */
  readonly settle: (count: number) => boolean;
  /** The documents whose whole title this is, but for case, accents, punctuation and spaces. */
  readonly titled: (title: string) => readonly number[];
  /** The documents whose titles give this id, whatever ids they have. */
  readonly named: (id: PaperId) => readonly number[];
  /** The documents whose titles fit best, best first. */
  readonly complete: (text: string, limit: number) => readonly number[];
}

/** Beginnings shorter than this are compared with whole titles only: as words they would be in nearly all of them. */
const MIN_WORD_PREFIX = 3;
/** A beginning stands for at most this many words. */
const MAX_COMPLETIONS = 200;

function titleWords(title: string): Set<string> {
  const parts = Array.from(findWords(title)).flatMap(({ raw }) => splitHyphens(raw));
  return new Set(parts.flatMap((part) => [part.toLowerCase(), ...namePieces(part)]));
}

function typedWords(text: string): string[] {
  return Array.from(findWords(text)).flatMap(({ raw }) =>
    splitHyphens(raw).map((part) => part.toLowerCase()),
  );
}

/** A title as beginnings are compared: its words with single spaces. */
function titleLine(title: string): string {
  return typedWords(title).join(" ");
}

type Lists = SearchableMap<number[]>;

/** What a list is added to and removed from: a tree, or a map where whole keys are enough. */
interface KeyedLists {
  readonly get: (key: string) => number[] | undefined;
  readonly set: (key: string, list: number[]) => unknown;
  readonly delete: (key: string) => unknown;
}

function addTo(lists: KeyedLists, key: string, document: number): void {
  if (key === "") return;
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [document]);
  else list.push(document);
}

function removeFrom(lists: KeyedLists, key: string, document: number): void {
  const list = lists.get(key)?.filter((one) => one !== document);
  if (list === undefined) return;
  if (list.length === 0) lists.delete(key);
  else lists.set(key, list);
}

/** The lists of all keys that begin with `prefix`, at most `limit` keys. */
function* beginningWith(lists: Lists, prefix: string, limit: number): Generator<number> {
  let keys = 0;
  for (const [, documents] of lists.atPrefix(prefix)) {
    if (++keys > limit) return;
    yield* documents;
  }
}

function nearWords(words: Lists, word: string): Set<number> {
  if (word.length < 4) return new Set();
  const near = [...words.fuzzyGet(word, word.length > 5 ? 2 : 1)].map(([, [documents, distance]]) => ({
    documents,
    distance,
  }));
  const smallest = Math.min(...near.map(({ distance }) => distance));
  return new Set(near.filter(({ distance }) => distance === smallest).flatMap(({ documents }) => documents));
}

/** The titles that have a typed word: as it is, as a beginning, or misspelt. */
function havingWord(words: Lists, word: string, isLast: boolean): Set<number> {
  const exact = words.get(word) ?? [];
  const longer =
    isLast && word.length >= MIN_WORD_PREFIX ? [...beginningWith(words, word, MAX_COMPLETIONS)] : [];
  const found = new Set([...exact, ...longer]);
  return found.size > 0 ? found : nearWords(words, word);
}

/** How many of the typed words each title has; the last one may be a beginning, and common words do not count. */
function countWords(words: Lists, typed: readonly string[]): Map<number, number> {
  const scores = new Map<number, number>();
  const topical = typed.filter((word, i) => i === typed.length - 1 || !STOP_WORDS.has(word));
  topical.forEach((word, i) => {
    for (const document of havingWord(words, word, i === topical.length - 1)) {
      scores.set(document, (scores.get(document) ?? 0) + 1);
    }
  });
  return scores;
}

/** The documents whose titles begin with a text, then those that have the most of its words. */
function completeTitle(lines: Lists, words: Lists, text: string, limit: number): number[] {
  const typed = typedWords(text);
  if (typed.length === 0) return [];
  const starting = new Set(beginningWith(lines, typed.join(" "), limit));
  if (starting.size >= limit) return [...starting].slice(0, limit);
  const scores = countWords(words, typed);
  for (const document of starting) scores.delete(document);
  const best = Math.max(0, ...scores.values());
  // With words missing a title is a guess: only those that have the most of what was typed are offered.
  const others = [...scores].filter(([, score]) => score === best && score * 2 > typed.length - 1);
  const inOrder = others.map(([document]) => document).toSorted((a, b) => a - b);
  return [...starting, ...inOrder].slice(0, limit);
}

/** An empty title index on MiniSearch's radix tree, which takes in titles only when it is asked. */
export function createTitleIndex(): TitleIndex {
  const words: Lists = new SearchableMap();
  const lines: Lists = new SearchableMap();
  const keys = new Map<string, number[]>();
  const ids = new Map<string, number[]>();
  const waiting = new Map<number, readonly string[]>();

  const change = (by: typeof addTo, document: number, titles: readonly string[]): void => {
    for (const word of new Set(titles.flatMap((title) => [...titleWords(title)]))) by(words, word, document);
    for (const line of new Set(titles.map(titleLine))) by(lines, line, document);
    for (const key of new Set(titles.map(titleKey))) by(keys, key, document);
    for (const id of new Set(titles.map(titlePaperId))) by(ids, id, document);
  };
  const settle = (count: number): boolean => {
    let left = count;
    for (const [document, titles] of waiting) {
      if (left-- <= 0) break;
      change(addTo, document, titles);
      waiting.delete(document);
    }
    return waiting.size > 0;
  };
  return {
    settle,
    put(document, titles) {
      waiting.set(document, titles);
    },
    remove(document, titles) {
      if (!waiting.delete(document)) change(removeFrom, document, titles);
    },
    titled(title) {
      settle(waiting.size);
      return keys.get(titleKey(title)) ?? [];
    },
    named(id) {
      settle(waiting.size);
      return ids.get(id) ?? [];
    },
    complete(text, limit) {
      settle(waiting.size);
      return completeTitle(lines, words, text, limit);
    },
  };
}
