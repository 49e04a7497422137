import type { SearchQuery } from "../../query/search-query.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Coverage } from "../ranking/cover.ts";
import type { QueryWord } from "./term-query.ts";

/** Years that papers are looked for by. */
const YEAR = /^(?:19[5-9]\d|20\d\d)$/;

/** A longer query is a sentence, in which a year is told in passing. */
const MAX_WORDS = 6;

/** How much more a paper of the wished year is worth than the same paper of another. */
const OF_THE_YEAR = 1.5;

/** A year among the words of a query. */
export interface Wish {
  readonly year: string;
  /** The bit of the year's word in a coverage. */
  readonly bit: number;
  /** The query without the year. */
  readonly rest: string;
}

/** The only year among the few words of a query that asks for no time otherwise; undefined where there is none. */
export function wishOf(
  { text, from, before, phrases }: SearchQuery,
  words: readonly QueryWord[],
): Wish | undefined {
  if (from !== undefined || before !== undefined || words.length < 2 || words.length > MAX_WORDS)
    return undefined;
  const [only, ...others] = words.flatMap(({ typed }, i) => (YEAR.test(typed) ? [{ year: typed, i }] : []));
  if (only === undefined || others.length > 0) return undefined;
  const { year, i } = only;
  return phrases.some((phrase) => phrase.includes(year))
    ? undefined
    : { year, bit: 1 << i, rest: text.replaceAll(year, " ") };
}

/**
 * Grants a wish where papers of the year have all the other words: those of the year count as having its word too. Changes the
 * masks and gives the documents of the year; undefined, with nothing changed, where no paper fits.
 */
export function grantYear(
  index: InvertedIndex,
  { year, bit }: Wish,
  documents: Uint32Array,
  { mask, full }: Coverage,
): Uint32Array | undefined {
  const wished = Number(year);
  const ofYear = documents.filter(
    (document) => Math.floor(index.facts.firstDay(document) / 10_000) === wished,
  );
  if (!ofYear.some((document) => ((mask[document] ?? 0) | bit) === full)) return undefined;
  for (const document of ofYear) mask[document] = (mask[document] ?? 0) | bit;
  return ofYear;
}

/** Raises the scores of documents of a wished year. */
export function rewardYear(ofYear: Uint32Array, scores: Float64Array): void {
  for (const document of ofYear) scores[document] = (scores[document] ?? 0) * OF_THE_YEAR;
}
