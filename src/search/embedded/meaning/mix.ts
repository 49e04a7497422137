import type { SearchQuery } from "../../query/search-query.ts";
import { indexWords } from "../../text/index-words.ts";
import { stem } from "../../text/stem.ts";
import { findTopic } from "../../text/stop-words.ts";
import { findWords, splitHyphens } from "../../text/words.ts";
import type { Correction } from "../../paper-index.ts";
import type { WordTable } from "../../meaning/word-table.ts";
import type { MeaningVector } from "../../meaning/encoder.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Meanings } from "./meanings.ts";
import type { ModelNear } from "./mix-model.ts";
import { findModelNear, mixModel, wordlessOf } from "./mix-model.ts";
import type { Coverage } from "../ranking/cover.ts";
import { completeOf } from "../ranking/cover.ts";
import type { Ranking } from "../ranking/rank.ts";
import type { QueryWord } from "../query/term-query.ts";
import { bestByScore } from "../ranking/top-documents.ts";

/**
 * How meaning takes part in a search. Both sides are brought to 0..1 over the candidates and mixed. Meaning weighs `least` in
 * a short query whose words the best papers have, up to `most` where no paper has many of them, and nothing in a long one,
 * which has words enough. DESIGN.md has the figures.
 */
const WEIGHT = { least: 0.3, most: 0.6 } as const;

/** The share of the words (by idf) that some good paper has: below the first meaning weighs most, above the second least. */
const COVERED = { few: 0.2, many: 0.4 } as const;

/** Words of a query: up to the first its meaning counts in full, from the second on not at all. */
const LENGTH = { short: 7, long: 9 } as const;

/** Candidates by meaning, and good papers looked at for how many of the words they have. Those by words are feedback's. */
const POOL = { near: 100, good: 20 } as const;

/** Papers without any of the words must be this near (cosine) to be found, and so many are, where words cover less. */
const WITHOUT_WORDS = { nearness: 0.3, papers: 20, covered: 0.6 } as const;

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

/** The stems of a query for its vector: its topic, as texts are indexed. */
function queryStems({ text }: SearchQuery): string[] {
  const parts = Array.from(findWords(text)).map(({ raw }) => ({ raw, parts: splitHyphens(raw) }));
  const flat = parts.flatMap(({ raw, parts: own }) => own.map((part) => ({ raw, word: part.toLowerCase() })));
  const topic = flat.slice(...findTopic(flat.map(({ word }) => word)));
  return [...new Set(topic.map(({ raw }) => raw))].flatMap((raw) => indexWords(raw).map(stem));
}

/** The largest share of a query's words, weighed by idf, that one of the best papers has. */
function covered(
  index: InvertedIndex,
  words: readonly QueryWord[],
  best: readonly number[],
  { mask }: Coverage,
): number {
  const rarest = Math.log(1 + index.size() / 0.5);
  const worth = words
    .slice(0, 31)
    .map(({ alternatives }) => Math.max(...alternatives.flat().map((term) => index.idf(term)), 0) || rarest);
  const total = worth.reduce((sum, one) => sum + one, 0);
  const shares = best.map((document) => {
    const has = mask[document] ?? 0;
    return worth.reduce((sum, one, i) => sum + ((has & (1 << i)) === 0 ? 0 : one), 0) / total;
  });
  return Math.max(0, ...shares);
}

/** The weight of the table's meaning in a search. */
function weightOf(words: number, share: number): number {
  const long = clamp((LENGTH.long - words) / (LENGTH.long - LENGTH.short));
  const lacking = clamp((COVERED.many - share) / (COVERED.many - COVERED.few));
  return long * (WEIGHT.least + (WEIGHT.most - WEIGHT.least) * lacking);
}

/** What a search is mixed from. */
export interface Mixing {
  readonly index: InvertedIndex;
  readonly meanings: Meanings;
  readonly near: Near;
  readonly words: readonly QueryWord[];
  readonly coverage: Coverage;
}

/** A query's vector with the papers nearest to it. */
export interface Near {
  readonly vector: MeaningVector;
  readonly documents: readonly number[];
  /** The same by a model of language; absent where none takes part. */
  readonly model?: ModelNear;
}

/** A query as it was meant: a model of language makes nothing of typing errors. A word that the table knows is none. */
const meantText = (table: WordTable, { text }: SearchQuery, corrections: readonly Correction[]): string =>
  corrections
    .filter(({ typed }) => !indexWords(typed).some((word) => table.knows(stem(word))))
    .reduce((said, { typed, used }) => said.replaceAll(typed, used), text);

/** The papers nearest in meaning to a query; undefined where nothing of its stems is known. */
export async function findNear(
  meanings: Meanings,
  query: SearchQuery,
  corrections: readonly Correction[],
): Promise<Near | undefined> {
  const vector = await meanings.ask(queryStems(query));
  if (vector === undefined) return undefined;
  const model = await findModelNear(meanings.model, meantText(meanings.table, query, corrections));
  const documents = meanings.vectors.nearest(vector, POOL.near);
  return { vector, documents, ...(model === undefined ? {} : { model }) };
}

const nearnessOf = ({ vectors, trust }: Meanings, vector: MeaningVector, document: number): number =>
  (vectors.similarity(document, vector) ?? 0) * trust(document);

/**
 * The near papers that have none of a query's words and are near enough to be found without, the nearest first. To the table
 * none where some paper has most of the words: then these say what is meant.
 */
export function withoutWords(
  { index, meanings, near, words, coverage }: Mixing,
  { scores, documents: ranked }: Ranking,
): number[] {
  if (near.model !== undefined) return wordlessOf(near.model, scores);
  if (completeOf(ranked, coverage).length > 0) return [];
  const best = bestByScore(ranked, scores, POOL.good);
  if (covered(index, words, best, coverage) >= WITHOUT_WORDS.covered) return [];
  const { vector, documents } = near;
  return documents
    .filter((document) => (scores[document] ?? 0) === 0)
    .filter((document) => nearnessOf(meanings, vector, document) >= WITHOUT_WORDS.nearness)
    .slice(0, WITHOUT_WORDS.papers);
}

/** A ranking after feedback: what meaning is mixed into. */
interface Mixed extends Ranking {
  /** The documents that were scored anew, the best before it first. */
  readonly best: readonly number[];
  /** A number for each document, all zeros before and after. */
  readonly marks: Uint8Array;
}

/** The near documents that are among those of a ranking. */
function nearAmong(near: readonly number[], { documents, marks }: Mixed): number[] {
  for (const document of near) marks[document] = 1;
  const found: number[] = [];
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i] ?? 0;
    if (marks[document] === 1) found.push(document);
  }
  for (const document of near) marks[document] = 0;
  return found;
}

/** Mixes meaning into the scores of a search, which are from 0 to 1 then; documents beyond the best by words keep their order. */
export function mixMeaning(mixing: Mixing, ranking: Mixed): void {
  const { index, meanings, near, words, coverage } = mixing;
  const { scores, documents, best } = ranking;
  const top = best.reduce((most, document) => Math.max(most, scores[document] ?? 0), 0);
  const share = covered(index, words, best.slice(0, POOL.good), coverage);
  const byTable = (document: number): number => nearnessOf(meanings, near.vector, document);
  if (near.model !== undefined) {
    const meant = nearAmong([...near.documents, ...near.model.documents], ranking);
    const candidates = [...new Set([...best, ...meant])];
    mixModel(near.model, { scores, documents, top, candidates, byTable }, { words: words.length, share });
    return;
  }
  const weight = weightOf(words.length, share);
  if (weight === 0) return;
  const nearness = new Map(
    [...best, ...nearAmong(near.documents, ranking)].map((document) => [document, byTable(document)]),
  );
  const [least, most] = [Math.min(...nearness.values()), Math.max(...nearness.values())];
  const byWords = (1 - weight) / (top || 1);
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i] ?? 0;
    scores[document] = byWords * (scores[document] ?? 0);
  }
  for (const [document, value] of nearness)
    scores[document] = (scores[document] ?? 0) + (weight * (value - least)) / (most - least || 1);
}
