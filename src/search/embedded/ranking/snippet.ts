import type { Range, Snippet } from "../../paper-index.ts";
import { splitSentences } from "../../text/sentences.ts";
import { findWords } from "../../text/words.ts";

/** What a query's terms are worth, and which of them the words of papers stand under. */
export interface Reading {
  readonly worth: ReadonlyMap<number, number>;
  /** The terms of the query that a word of a text stands under. */
  readonly termsOf: (raw: string) => readonly number[];
}

/** A word without a mark, a digit or a second capital: it stands under its stem alone, which has its first letter. */
const PLAIN = /^[A-Za-z][a-z]*$/;

const NOTHING: readonly number[] = [];

/**
 * Reads words for a query whose terms are worth something; `texts` are their stems. Most words of a text begin with another
 * letter than any of these and need not be looked up, and words come again.
 */
export function createReading(
  worth: ReadonlyMap<number, number>,
  texts: readonly string[],
  termsOfWord: (raw: string) => readonly number[],
): Reading {
  const first = new Set(texts.map((text) => text.charCodeAt(0)));
  const known = new Map<string, readonly number[]>();
  return {
    worth,
    termsOf(raw) {
      if (!first.has(raw.charCodeAt(0) | 32) && PLAIN.test(raw)) return NOTHING;
      let terms = known.get(raw);
      if (terms === undefined) {
        terms = termsOfWord(raw).filter((term) => worth.has(term));
        known.set(raw, terms);
      }
      return terms;
    },
  };
}

/** Where words of the query stand in a text; neighbours with nothing but a space between them are one range. */
function markWords(text: string, { termsOf }: Reading): Range[] {
  const marks: [number, number][] = [];
  for (const { raw, start, end } of findWords(text)) {
    if (termsOf(raw).length === 0) continue;
    const last = marks.at(-1);
    if (last !== undefined && start - last[1] === 1 && text[last[1]] === " ") last[1] = end;
    else marks.push([start, end]);
  }
  return marks;
}

/** What the query's words in a sentence are worth together, each counted once. */
function sentenceWorth(sentence: string, { worth, termsOf }: Reading): number {
  const seen = new Set<number>();
  for (const { raw } of findWords(sentence)) for (const term of termsOf(raw)) seen.add(term);
  let sum = 0;
  for (const term of seen) sum += worth.get(term) ?? 0;
  return sum;
}

/** The sentence of an abstract that says most about the query, with its words marked; the first of equals. */
export function bestSentence(abstract: string, reading: Reading): Snippet {
  let best = { text: "", value: -1 };
  for (const text of splitSentences(abstract)) {
    const value = sentenceWorth(text, reading);
    if (value > best.value) best = { text, value };
  }
  return { text: best.text, marks: markWords(best.text, reading) };
}
