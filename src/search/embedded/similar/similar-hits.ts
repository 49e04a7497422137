import type { SimilarHit } from "../../paper-index.ts";
import { indexWords } from "../../text/index-words.ts";
import { stem } from "../../text/stem.ts";
import { findWords, splitHyphens, withoutUrls } from "../../text/words.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Direction } from "../meaning/mix-similar.ts";
import type { Pace } from "../pace.ts";
import { numberOf } from "../inverted/packed-lists.ts";
import { textLength } from "../query/phrase.ts";
import type { Vector } from "./vectors.ts";
import { weight } from "./vectors.ts";

/** Shared words named as the reason of a hit. */
const REASONS = 5;

/** A shared word is named when it tells at least this much of what the most telling one does. */
const TELLING = 0.15;

/** The nearness of a word to a paper that is about it: between that of its topics and that of common words. */
const TOPICAL = 0.3;

/**
 * Where papers share fewer than `few` words that tell, so many pairs of words that mean nearly the same (cosine) are named
 * too, of the terms that tell most of each side and are near to what the papers are about (see `topical`).
 */
const ALIKE = { few: 3, named: 2, considered: 16, nearness: 0.5, topical: 0.06 } as const;

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

/** How much a term tells of what papers are about, beside how rare it is: the square of its nearness to them. */
function topical({ index, near }: Asked, term: number): number {
  if (near === undefined) return 1;
  const nearness = near.meanings.table.nearness(index.termText(term), near.vector);
  // A stem that the table does not know is a name or a rare word, which tells most.
  return nearness === 0 ? TOPICAL ** 2 : Math.max(0, nearness) ** 2;
}

/**
 * The terms that a document shares with what was asked for, the most telling first. One that is far from what the papers are
 * about, such as “prominent”, is none.
 */
function sharedTerms(of: Asked, document: number): number[] {
  const { index, asked } = of;
  const shared: [number, number][] = [];
  for (const entry of index.termsOf(document)) {
    const term = numberOf(entry);
    const value = asked.get(term) ?? 0;
    if (value > 0) shared.push([term, value * weight(entry, index.idf(term)) * topical(of, term)]);
  }
  const telling = shared.toSorted(([, a], [, b]) => b - a);
  const least = (telling[0]?.[1] ?? 0) * TELLING;
  return telling
    .filter(([, value]) => value >= least)
    .slice(0, REASONS * 3)
    .map(([term]) => term);
}

/** The terms that tell most, each with what it tells. */
const mostTelling = (terms: readonly (readonly [term: number, value: number])[], count: number): number[] =>
  terms
    .toSorted(([a, x], [b, y]) => y - x || a - b)
    .slice(0, count)
    .map(([term]) => term);

/**
 * Terms of what was asked for beside those of a document that mean nearly the same, the nearest first, each once. Both are
 * among the terms that tell most of their papers, and neither is shared.
 */
function alikeTerms(of: Asked, document: number): (readonly [asked: number, found: number])[] {
  const { index, asked, near } = of;
  if (near === undefined) return [];
  const { table } = near.meanings;
  const entries = Array.from(index.termsOf(document)).filter((entry) => !index.isNameTerm(numberOf(entry)));
  const has = new Set(entries.map(numberOf));
  const wanted = Array.from(asked)
    .filter(([term]) => !has.has(term) && topical(of, term) >= ALIKE.topical)
    .map(([term, value]) => [term, value * topical(of, term)] as const);
  const offered = entries
    .filter((entry) => !asked.has(numberOf(entry)) && topical(of, numberOf(entry)) >= ALIKE.topical)
    .map(
      (entry) =>
        [numberOf(entry), weight(entry, index.idf(numberOf(entry))) * topical(of, numberOf(entry))] as const,
    );
  const others = mostTelling(offered, ALIKE.considered);
  const pairs = mostTelling(wanted, ALIKE.considered).flatMap((term) => {
    const vector = table.vectorOf(index.termText(term));
    return others.map((other) => ({ term, other, nearness: table.nearness(index.termText(other), vector) }));
  });
  const named = new Set<number>();
  return pairs
    .filter(({ nearness }) => nearness >= ALIKE.nearness)
    .toSorted((a, b) => b.nearness - a.nearness)
    .filter(({ term, other }) => {
      const isNew = !named.has(term) && !named.has(other);
      if (isNew) named.add(term).add(other);
      return isNew;
    })
    .slice(0, ALIKE.named)
    .map(({ term, other }) => [term, other] as const);
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
  const alike = documents.map((document, i) =>
    (shared[i]?.length ?? 0) < ALIKE.few ? alikeTerms(asked, document) : [],
  );
  const wanted = new Set([...shared.flat(), ...alike.flat().map(([term]) => term)]);
  const spellings = await spellingsOf(index, { documents: liked, wanted }, pace);
  const hits: SimilarHit[] = [];
  for (const [i, document] of documents.entries()) {
    const paper = index.paper(document);
    if (paper === undefined) continue;
    const words = shared[i]?.flatMap((term) => spellings.get(term) ?? []) ?? [];
    const named = [...new Map(words.map((word) => [word.toLowerCase(), word])).values()].slice(0, REASONS);
    const pairs = alike[i] ?? [];
    const own = { documents: [document], wanted: new Set(pairs.map(([, other]) => other)) };
    const theirs = pairs.length === 0 ? undefined : await spellingsOf(index, own, pace);
    const spelled = pairs.flatMap(([term, other]) => {
      const [word, twin] = [spellings.get(term), theirs?.get(other)];
      return word === undefined || twin === undefined ? [] : [[word, twin] as const];
    });
    hits.push({ paper, score: scores[document] ?? 0, shared: named, alike: spelled });
  }
  return hits;
}
