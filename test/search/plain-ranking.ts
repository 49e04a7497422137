import { titleKey } from "../../src/corpus/identifiers/paper-id.ts";
import type { Paper } from "../../src/corpus/paper.ts";
import { stem } from "../../src/search/text/stem.ts";

/**
 * The ranking of DESIGN.md for plain words, written down a second time as slowly and plainly as it can be: BM25 over the title
 * twice and the abstract once, feedback, completeness, titles with the whole query side by side, names that stand out, and papers that no longer stand at the end.
 * Every paper is scored for every word, and nothing is kept or left out.
 */
export interface PlainHit {
  readonly paper: Paper;
  readonly score: number;
}

interface Document {
  readonly paper: Paper;
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];

function read(paper: Paper): Document {
  const words = [...wordsOf(paper.title), ...wordsOf(paper.title), ...wordsOf(paper.abstract ?? "")].map(
    stem,
  );
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { paper, counts, length: words.length };
}

/** All papers that have a word of the query, the best first; those of equal scores by their order. */
export function rankPlainly(papers: readonly Paper[], text: string): PlainHit[] {
  const documents = papers.map(read);
  const mean = documents.reduce((sum, { length }) => sum + length, 0) / documents.length;
  const frequency = (term: string): number => documents.filter(({ counts }) => counts.has(term)).length;
  const idf = (term: string): number => {
    const n = frequency(term);
    return Math.log(1 + (documents.length - n + 0.5) / (n + 0.5));
  };
  const saturation = ({ counts, length }: Document, term: string): number => {
    const count = counts.get(term) ?? 0;
    return (count * 2.5) / (count + 1.5 * (0.3 + (0.7 * length) / mean));
  };
  const score = (document: Document, weights: ReadonlyMap<string, number>): number =>
    Array.from(weights, ([term, weight]) => weight * idf(term) * saturation(document, term)).reduce(
      (a, b) => a + b,
      0,
    );

  const typed = wordsOf(text).map(stem);
  const asked = new Map<string, number>();
  for (const term of typed) asked.set(term, (asked.get(term) ?? 0) + 1);
  const first = documents
    .map((document, number) => ({ document, number, score: score(document, asked) }))
    .filter((one) => typed.some((term) => one.document.counts.has(term)))
    .toSorted((a, b) => b.score - a.score || a.number - b.number);

  const best = first.slice(0, 8);
  const mass = best.reduce((sum, one) => sum + one.score, 0);
  const telling = new Map<string, number>();
  for (const one of best)
    for (const term of one.document.counts.keys())
      if (frequency(term) > 1)
        telling.set(
          term,
          (telling.get(term) ?? 0) + (one.score / mass) * saturation(one.document, term) * idf(term),
        );
  const chosen = [...telling].toSorted(([, a], [, b]) => b - a).slice(0, 30);
  const share = (term: string, value: number): number => value / idf(term);
  const all = chosen.reduce((sum, [term, value]) => sum + share(term, value), 0);
  const mixed = new Map(Array.from(asked, ([term, weight]) => [term, 0.6 * weight]));
  for (const [term, value] of chosen)
    mixed.set(term, (mixed.get(term) ?? 0) + (0.4 * typed.length * share(term, value)) / all);

  const distinct = [...asked.keys()];
  const reward = ({ counts }: Document): number =>
    distinct.length < 2 || distinct.length > 4
      ? 1
      : 1 + distinct.filter((term) => counts.has(term)).length / distinct.length;
  const phrased = ({ paper: { title } }: Document): boolean =>
    typed.length > 1 &&
    typed.length < 5 &&
    ` ${wordsOf(title).map(stem).join(" ")} `.includes(` ${typed.join(" ")} `);
  const second = first.map((one, place) => ({
    ...one,
    score:
      (place < 200 ? score(one.document, mixed) * (phrased(one.document) ? 1.4 : 1) : 0.6 * one.score) *
      reward(one.document),
  }));
  const most = Math.max(0, ...second.map((one) => one.score));
  const lifted = second.map((one) => ({
    ...one,
    score: one.score + (titleKey(one.document.paper.title) === titleKey(text) ? most : 0),
  }));
  const highest = Math.max(0, ...lifted.map((one) => one.score));
  return lifted
    .map((one) => ({
      ...one,
      score: one.score - (one.document.paper.status === undefined ? 0 : highest + 1),
    }))
    .toSorted((a, b) => b.score - a.score || a.number - b.number)
    .map(({ document: { paper }, score: value }) => ({ paper, score: value }));
}
