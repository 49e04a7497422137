import { stem } from "./stem.ts";
import { findWords, splitHyphens } from "./words.ts";

/** An abbreviation that a text defines: `Large Language Models (LLMs)`. */
export interface Definition {
  /** The stem of the abbreviation: `llm`. */
  readonly short: string;
  /** The stems of the words it stands for, joined by spaces: `larg languag model`. */
  readonly long: string;
}

const IN_BRACKETS = /\((\p{Lu}[\p{L}\p{N}-]{1,7}?)s?\)/gu;

/** How far before the bracket the full words are looked for, in characters. */
const LOOK_BACK = 120;

/** Longest expansion looked up in a query, in words. */
export const MAX_EXPANSION = 5;

/** Key of the words of an expansion. */
export function expansionKey(words: readonly string[]): string {
  return words.map((word) => stem(word.toLowerCase())).join(" ");
}

/**
 * The abbreviations a text defines by initials in brackets after the full words: the simple case of Schwartz and
 * Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003).
 */
export function findDefinitions(text: string): Definition[] {
  const definitions: Definition[] = [];
  for (const match of text.matchAll(IN_BRACKETS)) {
    const letters = (match[1] ?? "").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    if (letters.length < 2 || letters.length > MAX_EXPANSION) continue;
    const before = text.slice(Math.max(0, match.index - LOOK_BACK), match.index);
    const parts = Array.from(findWords(before)).flatMap(({ raw }) => splitHyphens(raw));
    const long = parts.slice(-letters.length);
    const initials = long.map((part) => part.charAt(0).toLowerCase()).join("");
    if (initials === letters) definitions.push({ short: stem(letters), long: expansionKey(long) });
  }
  return definitions;
}
