import { fold } from "../../../corpus/fold.ts";
import { stem } from "../../text/stem.ts";
import { STOP_WORDS } from "../../text/stop-words.ts";
import { phrasePattern } from "../../text/phrase-pattern.ts";
import type { PaperText } from "../papers/line-text.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";
import { numberOf } from "../inverted/packed-lists.ts";

/** Documents by their number: 1 for those that are in the set. */
type DocumentSet = Uint8Array;

/** The sets of the terms that a query names, each made once. */
export type SetOfTerm = (term: number | undefined) => DocumentSet;

/** Makes the sets of documents that have terms. */
export function createTermSets(index: InvertedIndex, pace: Pace): SetOfTerm {
  const known = new Map<number | undefined, DocumentSet>();
  return (term) => {
    let found = known.get(term);
    if (found === undefined) {
      found = new Uint8Array(index.slots());
      const entries = term === undefined ? [] : index.documentsOf(term);
      pace.entries(entries.length);
      for (const entry of entries) found[numberOf(entry)] = 1;
      known.set(term, found);
    }
    return found;
  };
}

/** A sequence of words that is looked for in texts. */
export interface Phrase {
  readonly pattern: RegExp;
  /** Sets whose common papers alone may have the phrase; none where the lists cannot tell. */
  readonly possible: readonly DocumentSet[];
}

/** So many of a phrase's rarest words say in which papers it is looked for. */
const TELLING = 4;

/**
 * The papers that have the rarest words of a phrase. Only plain words are asked for: one with a hyphen or an apostrophe
 * may stand in a text in another form than it is indexed under, and common words are not indexed.
 */
function papersWithWords(
  index: InvertedIndex,
  words: readonly string[],
  setOfTerm: SetOfTerm,
): readonly DocumentSet[] {
  const plain = words.filter((word) => /^[\p{L}\p{N}]+$/u.test(word) && !STOP_WORDS.has(word));
  const terms = [...new Set(plain)].map((word) => index.termOf(stem(word)));
  if (terms.includes(undefined)) return [setOfTerm(undefined)];
  return terms
    .filter((term) => term !== undefined)
    .toSorted((one, other) => index.frequency(one) - index.frequency(other))
    .slice(0, TELLING)
    .map(setOfTerm);
}

/** A phrase with the papers that may have it. Undefined without a word. */
export function readPhrase(index: InvertedIndex, phrase: string, setOfTerm: SetOfTerm): Phrase | undefined {
  const read = phrasePattern(phrase);
  if (read === undefined) return undefined;
  return { pattern: read.pattern, possible: papersWithWords(index, read.words, setOfTerm) };
}

/** Whether a paper may have a phrase, from the words it has. */
export const mayHave = ({ possible }: Phrase, document: number): boolean =>
  possible.every((set) => set[document] === 1);

/** The title and abstract as a phrase is looked for in them; a phrase never runs from one into the other. */
export function foldedText(paper: PaperText): string {
  return fold(`${paper.title} \u0001 ${paper.abstract ?? ""}`).replace(/['’]/g, "");
}

/** The characters of the text of a paper. */
export const textLength = ({ title, abstract = "" }: PaperText): number => title.length + abstract.length;
