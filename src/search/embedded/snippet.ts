import type { Range, Snippet } from "../paper-index.ts";
import { findWords } from "../text/words.ts";

/** What a query's terms are worth, and the terms of a word of a paper. */
export interface Reading {
  readonly worth: ReadonlyMap<number, number>;
  readonly termsOf: (raw: string) => readonly number[];
}

const sentences = new Intl.Segmenter("en", { granularity: "sentence" });

/** After these a sentence goes on. */
const GOES_ON = /(?:\b(?:e\.g|i\.e|et al|vs|cf|Fig|Eq|Sec|resp|approx)\.|\b[A-Z]\.)\s*$/;

/** The sentences of a text, each with where it begins; abbreviations end none. */
function splitSentences(text: string): string[] {
  const found: string[] = [];
  for (const { segment } of sentences.segment(text)) {
    const last = found.at(-1);
    if (last !== undefined && GOES_ON.test(last)) found[found.length - 1] = last + segment;
    else found.push(segment);
  }
  return found.map((sentence) => sentence.trim()).filter((sentence) => sentence !== "");
}

/** Where words of the query stand in a text; neighbours with nothing but a space between them are one range. */
function markWords(text: string, { worth, termsOf }: Reading): Range[] {
  const marks: [number, number][] = [];
  for (const { raw, start, end } of findWords(text)) {
    if (!termsOf(raw).some((term) => worth.has(term))) continue;
    const last = marks.at(-1);
    if (last !== undefined && start - last[1] === 1 && text[last[1]] === " ") last[1] = end;
    else marks.push([start, end]);
  }
  return marks;
}

/** What the query's words in a sentence are worth together, each counted once. */
function sentenceWorth(sentence: string, { worth, termsOf }: Reading): number {
  const seen = new Set<number>();
  for (const { raw } of findWords(sentence)) {
    for (const term of termsOf(raw)) if (worth.has(term)) seen.add(term);
  }
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
