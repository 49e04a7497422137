import { findWords, nameWords, splitHyphens } from "./words.ts";

/** The words that a person's name must have for somebody asked for. */
export function askedNameWords(asked: string): readonly string[] {
  return Array.from(findWords(asked)).flatMap(({ raw }) =>
    splitHyphens(raw).map((part) => part.toLowerCase()),
  );
}

/** The words under which a name is found, however its marks are typed. */
export function wordsOfName(name: string): ReadonlySet<string> {
  return new Set(Array.from(findWords(name)).flatMap(({ raw }) => nameWords(raw)));
}

/** Whether a name has all the words asked for. */
export function nameHasAll(name: string, words: readonly string[]): boolean {
  const parts = wordsOfName(name);
  return words.every((word) => parts.has(word));
}
