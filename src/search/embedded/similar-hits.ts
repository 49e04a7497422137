import type { SimilarHit } from "../paper-index.ts";
import { indexWords } from "../text/index-words.ts";
import { stem } from "../text/stem.ts";
import { findWords, splitHyphens, withoutUrls } from "../text/words.ts";
import type { InvertedIndex } from "./inverted-index.ts";
import type { Direction } from "./meaning/mix-similar.ts";
import type { Pace } from "./pace.ts";
import { numberOf } from "./packed-lists.ts";
import { textLength } from "./phrase.ts";
import type { Vector } from "./vectors.ts";
import { weight } from "./vectors.ts";

/** Shared words named as the reason of a hit. */
const REASONS = 5;

/** A shared word is named when it tells at least this much of what the most telling one does. */
const TELLING = 0.15;

/** The nearness of a word to a paper that is about it: between that of its topics and that of common words. */
const TOPICAL = 0.3;

/** The words of a word with their spelling: each part of a compound as itself, the whole for what is made of it. */
function spellingsOfWord(raw: string): [stem: string, spelling: string][] {
  const parts = new Map(splitHyphens(raw).map((part) => [stem(part.toLowerCase()), part]));
  return indexWords(raw).map((word): [string, string] => [stem(word), parts.get(stem(word)) ?? raw]);
}

/** How the given papers spell the wanted terms, the first of them before the others. */
async function spellingsOf(
  index: InvertedIndex,
  { documents, wanted }: { readonly documents: readonly number[]; readonly wanted: ReadonlySet<number> },
  pace: Pace,
): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  for (const document of documents) {
    const paper = found.size === wanted.size ? undefined : index.paper(document);
    if (paper === undefined) continue;
    pace.entries(textLength(paper));
    for (const { raw } of findWords(withoutUrls(`${paper.title}\n${paper.abstract ?? ""}`))) {
      if (!index.termsOfWord(raw).some((term) => wanted.has(term) && !found.has(term))) continue;
      for (const [text, spelling] of spellingsOfWord(raw)) {
        const term = index.termOf(text);
        if (term !== undefined && wanted.has(term) && !found.has(term)) found.set(term, spelling);
      }
    }
    await pace.pause();
  }
  return found;
}

/** What a reason is found in. */
export interface Asked {
  readonly index: InvertedIndex;
  readonly asked: Vector;
  readonly near: Direction | undefined;
}

/**
 * The terms that a document shares with what was asked for, the most telling first. One that is far from what the papers are
 * about, such as “prominent”, is none.
 */
function sharedTerms({ index, asked, near }: Asked, document: number): number[] {
  const topical = (term: number): number => {
    if (near === undefined) return 1;
    const nearness = near.meanings.table.nearness(index.termText(term), near.vector);
    // A stem that the table does not know is a name or a rare word, which tells most.
    return nearness === 0 ? TOPICAL ** 2 : Math.max(0, nearness) ** 2;
  };
  const shared: [number, number][] = [];
  for (const entry of index.termsOf(document)) {
    const term = numberOf(entry);
    const value = asked.get(term) ?? 0;
    if (value > 0) shared.push([term, value * weight(entry, index.idf(term)) * topical(term)]);
  }
  const telling = shared.toSorted(([, a], [, b]) => b - a);
  const least = (telling[0]?.[1] ?? 0) * TELLING;
  return telling
    .filter(([, value]) => value >= least)
    .slice(0, REASONS * 3)
    .map(([term]) => term);
}

/** The hits of some documents, with the words they share with what was asked for as these papers spell them. */
export async function renderSimilar(
  asked: Asked,
  { documents, liked }: { readonly documents: readonly number[]; readonly liked: readonly number[] },
  scores: Float64Array,
  pace: Pace,
): Promise<SimilarHit[]> {
  const { index } = asked;
  const shared = documents.map((document) => sharedTerms(asked, document));
  const spellings = await spellingsOf(index, { documents: liked, wanted: new Set(shared.flat()) }, pace);
  return documents.flatMap((document, i): SimilarHit[] => {
    const paper = index.paper(document);
    if (paper === undefined) return [];
    const words = shared[i]?.flatMap((term) => spellings.get(term) ?? []) ?? [];
    const named = [...new Map(words.map((word) => [word.toLowerCase(), word])).values()].slice(0, REASONS);
    return [{ paper, score: scores[document] ?? 0, shared: named }];
  });
}
