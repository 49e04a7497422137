import { expansionKey, MAX_EXPANSION } from "../../text/abbreviations.ts";
import { stem } from "../../text/stem.ts";
import { findTopic, STOP_WORDS } from "../../text/stop-words.ts";
import { findWords, namePieces, spellOutTo, splitHyphens } from "../../text/words.ts";
import type { Correction } from "../../paper-index.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";
import type { Lookup } from "./unknown-word.ts";

/**
 * How a query's text becomes weighted terms. The numbers were chosen on the developing half of the seed judgements
 * and checked on the four classic sets; DESIGN.md has the figures of the variants.
 */
const WEIGHT = {
  /** Parts of a compound that the corpus also writes as one word: `auto`, `regressive` beside `autoregressive`. */
  partOfCompound: 0.1,
  /** Names inside a name: `dino` for a typed `DINOv2`. */
  namePiece: 0.5,
  /** The abbreviation of words that were typed out. */
  abbreviation: 0.5,
  /** The words an abbreviation stands for. */
  expansion: 0.3,
} as const;

/** A joined spelling stands for its parts when it is at least this common beside the rarest of them. */
const ESTABLISHED = 0.5;

/** A word or compound as typed, and the sets of terms of which a paper needs one whole to have that word. */
export interface QueryWord {
  readonly typed: string;
  readonly alternatives: readonly (readonly number[])[];
}

/** A query in terms of the index. */
export interface TermQuery {
  readonly weights: ReadonlyMap<number, number>;
  readonly words: readonly QueryWord[];
  readonly corrections: readonly Correction[];
  readonly unknown: readonly string[];
}

/** One part of a typed word: what a hyphen or a space ends. */
interface Part {
  readonly text: string;
  readonly word: string;
  readonly stem: string;
  /** 1, or less where a compound speaks for this part. */
  weight: number;
  /** Whether a compound that holds this part was counted as a word of the query. */
  compound: boolean;
}

interface Draft {
  readonly weights: Map<number, number>;
  readonly words: { typed: string; alternatives: number[][] }[];
  /** By the word, so that one that is typed again is told once. */
  readonly corrections: Map<string, Correction>;
  readonly unknown: Map<string, string>;
}

function addWeight(draft: Draft, term: number, weight: number): void {
  draft.weights.set(term, (draft.weights.get(term) ?? 0) + weight);
}

function readParts(text: string): Part[] {
  return Array.from(findWords(text)).flatMap(({ raw }) =>
    splitHyphens(raw).map((part) => {
      const word = part.toLowerCase();
      return { text: part, word, stem: stem(word), weight: 1, compound: false };
    }),
  );
}

const isContent = ({ word }: Part): boolean => !STOP_WORDS.has(word);

/** Weight of a term that stands for several parts: no more than the parts are worth together. */
function capped(index: InvertedIndex, term: number, worth: number): number {
  return Math.min(1, worth / index.idf(term));
}

/** What parts are worth together; one that no paper has is worth more than any that some have. */
function worthOf(index: InvertedIndex, stems: readonly string[]): number {
  const rarest = Math.log(1 + index.size() / 0.5);
  return stems.reduce((sum, text) => {
    const term = index.termOf(text);
    return sum + (term === undefined ? rarest : index.idf(term));
  }, 0);
}

/** `pre training` and `pre-training` where the corpus writes `pretraining`: one concept, however it is typed. */
function addCompounds(index: InvertedIndex, draft: Draft, parts: Part[]): void {
  for (let length = 3; length >= 2; length--) {
    for (let at = 0; at + length <= parts.length; at++) {
      const run = parts.slice(at, at + length);
      const content = run.filter(isContent);
      const joined = run.map(({ word }) => word).join("");
      const term = index.vocabulary.has(joined) ? index.termOf(stem(joined)) : undefined;
      if (term === undefined || content.length === 0 || run.some(({ compound }) => compound)) continue;
      const terms = content.map((part) => index.termOf(part.stem));
      const rarest = Math.min(...terms.map((one) => (one === undefined ? 0 : index.frequency(one))));
      if (index.frequency(term) < ESTABLISHED * rarest) continue;
      const stems = content.map((part) => part.stem);
      addWeight(draft, term, capped(index, term, worthOf(index, stems)));
      const apart = terms.filter((one) => one !== undefined);
      const alternatives = apart.length === run.length ? [[term], apart] : [[term]];
      draft.words.push({ typed: run.map((part) => part.text).join(" "), alternatives });
      for (const part of run) {
        part.weight = WEIGHT.partOfCompound;
        part.compound = true;
      }
    }
  }
}

/** `TPUs`, `2031`: whoever writes the plural of an acronym did not mistype `thus`, and a number is no misspelt one. */
const MEANT = /^(?:\p{Lu}{2,5}s|\p{N}+)$/u;

async function addUnknown(draft: Draft, part: Part, lookup: Lookup): Promise<void> {
  const replacement = MEANT.test(part.text) ? undefined : await lookup.replace(part.word);
  if (replacement === undefined) {
    draft.unknown.set(part.word, part.text);
    draft.words.push({ typed: part.text, alternatives: [] });
    return;
  }
  for (const [term, weight] of replacement.terms) addWeight(draft, term, weight);
  draft.words.push({ typed: part.text, alternatives: [...replacement.alternatives] });
  draft.corrections.set(part.word, { typed: part.text, used: replacement.used });
}

/**
 * The people and organisations that have a typed word in their name. A letter that papers write, such as that of “e.g.”, is
 * nobody's initial; and a name that is a word too, such as “Systems”, is worth what the word is (`capped`), however few bear it.
 */
const authorOf = (index: InvertedIndex, { word }: Part, term: number | undefined): number | undefined =>
  word.length === 1 && term !== undefined ? undefined : index.nameTermOf(word);

async function addPart(index: InvertedIndex, draft: Draft, part: Part, lookup: Lookup): Promise<void> {
  const term = index.termOf(part.stem);
  const author = authorOf(index, part, term);
  const own = [term, author].filter((one) => one !== undefined);
  if (term !== undefined) addWeight(draft, term, part.weight);
  if (author !== undefined) {
    const worth = term === undefined ? 1 : capped(index, author, index.idf(term));
    addWeight(draft, author, part.weight * worth);
  }
  for (const piece of namePieces(part.text)) {
    const inside = index.termOf(stem(piece));
    if (inside !== undefined && inside !== term) addWeight(draft, inside, WEIGHT.namePiece);
  }
  if (own.length > 0 && !part.compound)
    draft.words.push({ typed: part.text, alternatives: own.map((one) => [one]) });
  else if (own.length === 0 && !part.compound) await addUnknown(draft, part, lookup);
}

/** `text2image` typed in short: its spelled-out form and its parts. */
function addSpelledOut(index: InvertedIndex, draft: Draft, parts: readonly Part[]): void {
  for (const part of parts) {
    const spelled = spellOutTo(part.text);
    for (const word of spelled === undefined ? [] : [spelled.joined, ...spelled.parts]) {
      const term = index.termOf(stem(word));
      if (term !== undefined) addWeight(draft, term, 1);
    }
  }
}

/** Abbreviations of runs of words that were typed out, and the words behind abbreviations that were typed. */
function addAbbreviations(index: InvertedIndex, draft: Draft, parts: readonly Part[]): void {
  for (let length = 2; length <= MAX_EXPANSION; length++) {
    for (let at = 0; at + length <= parts.length; at++) {
      const run = parts.slice(at, at + length);
      const key = expansionKey(run.map(({ word }) => word));
      for (const short of index.abbreviations.abbreviationsOf(key)) {
        const term = index.termOf(short);
        if (term === undefined) continue;
        const worth = worthOf(
          index,
          run.filter(isContent).map((part) => part.stem),
        );
        addWeight(draft, term, WEIGHT.abbreviation * capped(index, term, worth));
        allowInstead(draft, run, [term]);
      }
    }
  }
  for (const part of parts) {
    const term = index.termOf(part.stem);
    const expansion = isContent(part) ? index.abbreviations.expansionOf(part.stem) : undefined;
    if (expansion === undefined || term === undefined) continue;
    const full = expansion.split(" ").filter((text) => !STOP_WORDS.has(text));
    const terms = full.map((text) => index.termOf(text)).filter((one) => one !== undefined);
    // The words of an expansion may not outweigh the abbreviation itself.
    const share = Math.min(1, (3 * index.idf(term)) / Math.max(worthOf(index, full), Number.EPSILON));
    for (const one of terms) addWeight(draft, one, WEIGHT.expansion * share);
    if (terms.length === full.length) allowInstead(draft, [part], terms);
  }
}

/** A paper that has `terms` has the typed words of `run` too. */
function allowInstead(draft: Draft, run: readonly Part[], terms: readonly number[]): void {
  for (const word of draft.words) {
    if (run.some((part) => part.text === word.typed)) word.alternatives.push([...terms]);
  }
}

/**
 * Reads the words of a query into weighted terms of the index. A repeated word counts as often as it is typed. `lookup`
 * finds words in the place of those that no paper has.
 */
export async function readTermQuery(
  index: InvertedIndex,
  text: string,
  { lookup, pace }: { readonly lookup: Lookup; readonly pace: Pace },
): Promise<TermQuery> {
  const draft: Draft = { weights: new Map(), words: [], corrections: new Map(), unknown: new Map() };
  const typed = readParts(text);
  const parts = typed.slice(...findTopic(typed.map(({ word }) => word)));
  pace.runs(parts.length * 2);
  addCompounds(index, draft, parts);
  addSpelledOut(index, draft, parts);
  await pace.pause();
  for (const part of parts.filter(isContent)) await addPart(index, draft, part, lookup);
  pace.runs(parts.length * MAX_EXPANSION);
  addAbbreviations(index, draft, parts);
  await pace.pause();
  return {
    weights: draft.weights,
    words: uniqueWords(draft.words),
    corrections: [...draft.corrections.values()],
    unknown: [...draft.unknown.values()],
  };
}

function uniqueWords(words: readonly QueryWord[]): QueryWord[] {
  return [...new Map(words.map((word) => [word.typed.toLowerCase(), word])).values()];
}
