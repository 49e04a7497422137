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
import { findModelNear, planModelMix, wordlessOf } from "./mix-model.ts";
import type { Coverage } from "../ranking/cover.ts";
import { completeOf } from "../ranking/cover.ts";
import type { Feedback, Ranking } from "../ranking/rank.ts";
import { completenessRewards, scaleWords } from "../ranking/rank.ts";
import { clamp, coveredShares } from "./covered.ts";
import { movedTowards } from "./speaking.ts";
import type { QueryWord } from "../query/term-query.ts";
import { bestByScore } from "../ranking/top-documents.ts";

/**
 * How meaning takes part in a search. Both sides are brought to 0..1 over the candidates and mixed. Meaning weighs `least` in
 * a short query whose words the best papers have, up to `most` where no paper has many of them, and nothing in a long one,
 * which has words enough. DESIGN.md has the figures.
 */
const WEIGHT = { least: 0.3, most: 0.7 } as const;

/** The share of the words (by idf) that some good paper has: below the first meaning weighs most, above the second least. */
const COVERED = { few: 0.2, many: 0.5 } as const;

/** Words of a query: up to the first its meaning counts in full, from the second on not at all. */
const LENGTH = { short: 7, long: 10 } as const;

/** The best papers speak along, at this share of the query. */
const FEEDBACK = { share: 0.1, papers: 4 } as const;

/** Candidates by meaning, and good papers looked at for how many of the words they have. Those by words are feedback's. */
const POOL = { near: 100, good: 20 } as const;

/** Papers without any of the words must be this near (cosine) to be found, and so many are, where words cover less. */
const WITHOUT_WORDS = { nearness: 0.3, papers: 20, covered: 0.6 } as const;

/** The stems of a query for its vector: its topic, as texts are indexed. */
export function queryStems({ text }: SearchQuery): string[] {
  const parts = Array.from(findWords(text)).map(({ raw }) => ({ raw, parts: splitHyphens(raw) }));
  const flat = parts.flatMap(({ raw, parts: own }) => own.map((part) => ({ raw, word: part.toLowerCase() })));
  const topic = flat.slice(...findTopic(flat.map(({ word }) => word)));
  return [...new Set(topic.map(({ raw }) => raw))].flatMap((raw) => indexWords(raw).map(stem));
}

/** The weight of the table's meaning in a search. */
function tableWeight(words: number, share: number): number {
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
  if ((coveredShares(index, words, best, coverage)[0] ?? 0) >= WITHOUT_WORDS.covered) return [];
  const { vector, documents } = near;
  return documents
    .filter((document) => (scores[document] ?? 0) === 0)
    .filter((document) => nearnessOf(meanings, vector, document) >= WITHOUT_WORDS.nearness)
    .slice(0, WITHOUT_WORDS.papers);
}

/** A ranking by words before feedback: what meaning is mixed into. */
export interface Mixed extends Ranking {
  /** The best documents, the best first. */
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

/** How meaning takes part in a ranking. */
export interface Mix {
  /** Who speaks along in words, where meaning has a say in that too. */
  readonly feedback?: Feedback;
  /** Mixes meaning into the scores after feedback; those of candidates are from 0 to 1 then, and others keep their order. */
  readonly apply: () => void;
}

/** Mixes the table's meaning into the scores of words. */
function mixTable(
  { meanings, near }: Mixing,
  { scores, documents, best }: Ranking & Pick<Mixed, "best">,
  candidates: readonly number[],
  weight: number,
): void {
  if (weight === 0) return;
  scaleWords({ scores, documents }, best, 1 - weight);
  const byWords = candidates.map((document) => scores[document] ?? 0);
  const mix = (vector: MeaningVector): void => {
    const nearness = candidates.map((document) => nearnessOf(meanings, vector, document));
    const [least, most] = [Math.min(...nearness), Math.max(...nearness)];
    candidates.forEach((document, i) => {
      const meant = ((nearness[i] ?? 0) - least) / (most - least || 1);
      scores[document] = (byWords[i] ?? 0) + weight * meant;
    });
  };
  mix(near.vector);
  const { share, papers } = FEEDBACK;
  const speaking = bestByScore(candidates, scores, papers);
  const weightOf = (document: number): number => scores[document] ?? 0;
  mix(movedTowards(near.vector, meanings.vectors, { documents: speaking, weightOf, share }));
}

/** Plans how meaning is mixed into a ranking. */
export function planMix(mixing: Mixing, ranking: Mixed): Mix {
  const { index, meanings, near, words, coverage } = mixing;
  const { scores, best } = ranking;
  const shares = coveredShares(index, words, best.slice(0, POOL.good), coverage);
  const { model, vector } = near;
  if (model === undefined) {
    const weight = tableWeight(words.length, shares[0] ?? 0);
    const candidates = [...new Set([...best, ...nearAmong(near.documents, ranking)])];
    return { apply: () => mixTable(mixing, ranking, candidates, weight) };
  }
  const meant = nearAmong([...near.documents, ...model.documents], ranking);
  const rewards = completenessRewards(coverage);
  return planModelMix(model, {
    ...ranking,
    candidates: [...new Set([...best, ...meant])],
    byTable: (document) => nearnessOf(meanings, vector, document),
    tableMean: meanings.vectors.average(vector),
    byWords: (document) => (scores[document] ?? 0) * (rewards?.[coverage.mask[document] ?? 0] ?? 1),
    asked: { words: words.length, shares },
  });
}
