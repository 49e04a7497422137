import type { Paper } from "../../src/corpus/paper.ts";

/** What every engine is asked, made from the papers themselves. */
export interface Questions {
  readonly searches: readonly string[];
  /** Positions of papers in the corpus. */
  readonly similar: readonly number[];
  readonly beginnings: readonly string[];
}

/** A sequence of numbers from 0 to 1 that a seed fixes (mulberry32 by Tommy Ettinger, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Titles = readonly (readonly string[])[];

function draw<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("There is nothing to draw from");
  return item;
}

/** The word with two neighbouring letters exchanged. */
function misspell(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * Math.max(1, word.length - 3));
  return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
}

/** The forms of search, in turn: topics twice, sentences, single words, misspelt topics, whole titles. */
const FORMS: readonly ((titles: Titles, random: () => number) => string)[] = [
  (titles, random) => draw(titles, random).slice(0, 3).join(" "),
  (titles, random) => draw(titles, random).slice(-2).join(" "),
  (titles, random) =>
    `how does ${draw(titles, random).slice(0, 2).join(" ")} help with ${draw(titles, random).slice(-3).join(" ")}?`,
  (titles, random) => draw(draw(titles, random), random),
  (titles, random) => {
    const [first = "", ...rest] = draw(titles, random).slice(-3);
    return [misspell(first, random), ...rest].join(" ");
  },
  (titles, random) => draw(titles, random).join(" "),
];

/** 198 searches, 33 of each form, 100 papers to find similar ones of, and 300 beginnings of 1 to 25 characters. */
export function makeQuestions(papers: readonly Paper[], seed: number): Questions {
  const random = seededRandom(seed);
  const titles = papers.map(({ title }) => title.split(/\s+/).filter((word) => /^\p{L}{3,}/u.test(word)));
  const wordy = titles.filter((words) => words.length >= 3);
  return {
    searches: Array.from({ length: 33 }, () => FORMS.map((form) => form(wordy, random))).flat(),
    similar: Array.from({ length: 100 }, () => Math.floor(random() * papers.length)),
    beginnings: Array.from({ length: 300 }, (_, i) => {
      const title = draw(papers, random).title.slice(0, 1 + Math.floor(random() * 25));
      return i % 10 === 0 && title.length > 5 ? misspell(title, random) : title;
    }),
  };
}
