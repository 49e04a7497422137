import { stem } from "../../text/stem.ts";
import { STOP_WORDS } from "../../text/stop-words.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";
import type { Neighbour } from "../terms/vocabulary.ts";

/** What is searched in place of a word that no paper has. */
interface Replacement {
  /** The word shown to the person: what was searched instead. */
  readonly used: string;
  readonly terms: ReadonlyMap<number, number>;
  readonly alternatives: number[][];
}

const WEIGHT = {
  /** Words that begin with the typed one, for a word whose end is still missing; less the longer they are. */
  completion: 0.8,
  /** The most frequent of the nearest words, and the others. */
  nearest: 0.9,
  alsoNear: 0.4,
  /** The two halves of words that were run together. */
  half: 0.7,
} as const;

/** Shorter beginnings are no words. */
const MIN_COMPLETED = 3;
const MAX_COMPLETIONS = 50;
const MAX_NEAREST = 3;

/** Where `pretrainingdata` can be cut into two words that papers have, more than one each. */
function halves(index: InvertedIndex, word: string): readonly (readonly [string, string])[] {
  const isWord = (half: string): boolean => {
    const term = index.termOf(stem(half));
    return (
      !STOP_WORDS.has(half) && index.vocabulary.has(half) && term !== undefined && index.frequency(term) > 1
    );
  };
  const cuts = Array.from(
    { length: Math.max(0, word.length - 2 * MIN_COMPLETED + 1) },
    (_, i) => i + MIN_COMPLETED,
  );
  return cuts
    .map((cut) => [word.slice(0, cut), word.slice(cut)] as const)
    .filter(([left, right]) => isWord(left) && isWord(right));
}

/** Each term once, by its most frequent word first. */
function byFrequency(index: InvertedIndex, neighbours: readonly Neighbour[]): Neighbour[] {
  const living = neighbours.filter(({ term }) => index.frequency(term) > 0);
  const sorted = living.toSorted(
    (a, b) => index.frequency(b.term) - index.frequency(a.term) || (a.word < b.word ? -1 : 1),
  );
  const seen = new Set<number>();
  return sorted.filter(({ term }) => !seen.has(term) && seen.add(term));
}

/** The shortest words: what is typed lacks the fewest letters of these. */
const shortest = (words: readonly Neighbour[]): Neighbour[] =>
  words.toSorted((a, b) => a.distance - b.distance || (a.word < b.word ? -1 : 1)).slice(0, MAX_COMPLETIONS);

/**
 * What to search for a word that no paper has: the nearest words by spelling, words it is the beginning of, and the
 * words it was run together from. Undefined when there is nothing like it.
 */
function replaceUnknown(index: InvertedIndex, word: string): Replacement | undefined {
  const terms = new Map<number, number>();
  const add = (term: number, weight: number): void => void terms.set(term, (terms.get(term) ?? 0) + weight);
  const nearest = byFrequency(index, index.vocabulary.nearest(word)).slice(0, MAX_NEAREST);
  nearest.forEach(({ term }, i) => add(term, i === 0 ? WEIGHT.nearest : WEIGHT.alsoNear));
  const completions =
    word.length < MIN_COMPLETED ? [] : byFrequency(index, shortest(index.vocabulary.completions(word)));
  for (const { term, word: whole } of completions)
    add(term, (WEIGHT.completion * word.length) / whole.length);
  const split = halves(index, word);
  const splitTerms = split.map((pair) => pair.flatMap((half) => index.termOf(stem(half)) ?? []));
  for (const term of splitTerms.flat()) add(term, WEIGHT.half);
  const used = completions[0]?.word ?? split[0]?.join(" ") ?? nearest[0]?.word;
  if (used === undefined) return undefined;
  const single = [...completions, ...nearest].map(({ term }) => [term]);
  return { used, terms, alternatives: [...single, ...splitTerms] };
}

/** What is looked up of the words of one question. */
export interface Lookup {
  /** What to search for a word that no paper has; equal words are looked up once. */
  readonly replace: (word: string) => Promise<Replacement | undefined>;
  /** How many words were not looked up, since a question has at most so many of them. */
  readonly passedOver: () => number;
}

/** Misspelt words are looked up one by one; a text of nonsense gets no further than this many. */
export const MAX_UNKNOWN = 8;

/** Looks up the words of one question. */
export function createLookup(index: InvertedIndex, pace: Pace): Lookup {
  const known = new Map<string, Replacement | undefined>();
  const passedOver = new Set<string>();
  return {
    async replace(word) {
      if (known.has(word)) return known.get(word);
      if (known.size === MAX_UNKNOWN) {
        passedOver.add(word);
        return undefined;
      }
      pace.lookup();
      const found = replaceUnknown(index, word);
      known.set(word, found);
      await pace.pause();
      return found;
    },
    passedOver: () => passedOver.size,
  };
}
