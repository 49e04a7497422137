import { setImmediate as nextTurn } from "node:timers/promises";
import type { Paper } from "../../corpus/paper.ts";
import type { Hit, Match, PaperIndex, SearchResult, Window } from "../paper-index.ts";
import type { SearchQuery } from "../query/search-query.ts";
import { createCopies } from "./copies.ts";
import type { Filter, Work } from "./filter.ts";
import { createFilter, hasFilters } from "./filter.ts";
import type { SourceCheck } from "./index-file.ts";
import { readIndexFile, writeIndexFile } from "./index-file.ts";
import type { IndexData, InvertedIndex } from "./inverted-index.ts";
import { createInvertedIndex } from "./inverted-index.ts";
import type { Coverage, Ranking } from "./rank.ts";
import { applyFeedback, coverWords, rewardCompleteness, scoreDocuments } from "./rank.ts";
import { createNeighbours } from "./similar.ts";
import { createSettling, createShelf, indexTitles, paperOf } from "./shelf.ts";
import type { Reading } from "./snippet.ts";
import { bestSentence } from "./snippet.ts";
import { orderDocuments } from "./sort.ts";
import { rankStandingOut } from "./standing-out.ts";
import type { TermQuery } from "./term-query.ts";
import { readTermQuery } from "./term-query.ts";
import type { Wish } from "./wished-year.ts";
import { grantYear, wishOf } from "./wished-year.ts";

/** Papers that a filter looks at before other work gets its turn: some 5 ms where it reads each one's text. */
const FILTERED = 400;

/** Papers indexed before other work gets its turn: some 5 ms. */
const BATCH = 20;

/** What is needed to choose the sentences that speak of a query's words, and to mark the words. */
function readingOf(index: InvertedIndex, query: TermQuery): Reading {
  const asked = query.words.flatMap(({ alternatives }) => alternatives.flat());
  return { worth: new Map(asked.map((term) => [term, index.idf(term)])), termsOf: index.termsOfWord };
}

function renderHit(paper: Paper, score: number, missing: readonly string[], reading: Reading): Hit {
  return {
    paper,
    score,
    ...(paper.abstract === undefined ? {} : { snippet: bestSentence(paper.abstract, reading) }),
    missing,
  };
}

function missingWords(query: TermQuery, { mask }: Coverage, document: number): string[] {
  const has = mask[document] ?? 0;
  return query.words.filter((_word, i) => i < 31 && (has & (1 << i)) === 0).map(({ typed }) => typed);
}

/** Documents a query may be answered with: those that have its words, or all when it has filters only. */
function candidates(
  index: InvertedIndex,
  query: SearchQuery,
  terms: TermQuery,
  ranked: readonly number[],
): Iterable<number> {
  if (terms.words.length > 0) return ranked;
  const listing = hasFilters({ ...query, excluded: [] }) || query.sort !== "relevance";
  return listing ? index.documents() : [];
}

/** Which documents a filter keeps, in their order, and how many it would keep if their date were known. */
async function sift(
  documents: Iterable<number>,
  filter: Filter,
): Promise<{ readonly kept: number[]; readonly undated: number }> {
  const kept: number[] = [];
  let [undated, seen] = [0, 0];
  for (const document of documents) {
    const verdict = filter(document);
    if (verdict === "keep") kept.push(document);
    else if (verdict === "undated") undated++;
    if (++seen % FILTERED === 0) await nextTurn();
  }
  return { kept, undated };
}

/** Attempts at an answer while papers come in; the last one is given as it is. */
const ATTEMPTS = 3;

/** Work that gives way to others, done anew when the index has changed meanwhile, so that an answer is of one moment. */
async function ofOneMoment<T>(index: InvertedIndex, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const version = index.version();
    const result = await work();
    if (index.version() === version || attempt === ATTEMPTS) return result;
  }
}

/** A query and its terms; with a year, ranked by the other words and only if papers of the year have these. */
interface Asked {
  readonly query: SearchQuery;
  readonly terms: TermQuery;
  readonly weights: TermQuery["weights"];
  readonly wish?: Wish;
}

/** The documents of an answer with what they are ordered by. */
interface Found extends Ranking {
  readonly coverage: Coverage;
  readonly complete: readonly number[];
  readonly undated: number;
}

/** Filters and scores the documents of a query; undefined where a year is wished that none of them fits. */
async function findRanked(index: InvertedIndex, asked: Asked, work: Work): Promise<Found | undefined> {
  const { query, terms, weights, wish } = asked;
  const ranking = scoreDocuments(index, weights);
  for (const term of weights.keys()) work.postings += index.frequency(term);
  const coverage = coverWords(index, terms.words);
  const pool = candidates(index, query, terms, ranking.documents);
  const { kept, undated } = hasFilters(query)
    ? await sift([...pool], createFilter(index, query, work))
    : { kept: [...pool], undated: 0 };
  const ranked = applyFeedback(index, weights, { scores: ranking.scores, documents: kept });
  if (wish !== undefined && !grantYear(index, wish, ranked, coverage)) return undefined;
  const complete = kept.filter((document) => coverage.mask[document] === coverage.full);
  const { scores } = rewardCompleteness(ranked, coverage);
  rankStandingOut(index, query.text, { scores, documents: kept });
  return { scores, documents: kept, coverage, complete, undated };
}

async function searchIndex(
  index: InvertedIndex,
  query: SearchQuery,
  { offset, limit }: Window,
  work: Work,
): Promise<SearchResult> {
  const terms = readTermQuery(index, query.text);
  const wish = wishOf(query, terms.words);
  const granted =
    wish &&
    (await findRanked(index, { query, terms, wish, weights: readTermQuery(index, wish.rest).weights }, work));
  const found = granted ?? (await findRanked(index, { query, terms, weights: terms.weights }, work));
  if (found === undefined) throw new Error("a search without a wish is always answered");
  const { scores, documents: kept, coverage, complete, undated } = found;
  const year = granted && wish?.year;
  const ordered = orderDocuments({ index, query, scores, kept, complete }, offset + limit);
  const reading = readingOf(index, terms);
  return {
    total: ordered.total,
    complete: complete.length,
    hits: ordered.documents.slice(offset).flatMap((document) => {
      const paper = index.paper(document);
      return paper === undefined
        ? []
        : [renderHit(paper, scores[document] ?? 0, missingWords(terms, coverage, document), reading)];
    }),
    corrections: terms.corrections,
    unknown: terms.unknown.filter((word) => word !== year),
    undated,
    ...(year === undefined ? {} : { year }),
  };
}

/** All documents that have every word of a query, with their papers and their scores as a search has them. */
async function findMatching(index: InvertedIndex, query: SearchQuery, work: Work): Promise<Match[]> {
  const terms = readTermQuery(index, query.text);
  const ranking = scoreDocuments(index, terms.weights);
  for (const term of terms.weights.keys()) work.postings += index.frequency(term);
  const coverage = coverWords(index, terms.words);
  // Common words alone are words that find nothing, not the absence of words.
  const pool = query.text === "" ? [...index.documents()] : ranking.documents;
  const full = pool.filter((document) => coverage.mask[document] === coverage.full);
  const { kept } = await sift(full, createFilter(index, query, work));
  const scores =
    query.text === ""
      ? ranking.scores
      : applyFeedback(index, terms.weights, { scores: ranking.scores, documents: kept }).scores;
  return kept.flatMap((document) => {
    const paper = index.paper(document);
    return paper === undefined ? [] : [{ paper, score: scores[document] ?? 0 }];
  });
}

function* allPapers(index: InvertedIndex): Generator<Paper> {
  for (const document of index.documents()) {
    const paper = index.paper(document);
    if (paper !== undefined) yield paper;
  }
}

/** The index in memory, as a port. `file` is where `save` writes; without one `save` does nothing. */
function embed(file: string | undefined, start: IndexData | undefined, work: Work): PaperIndex {
  const index = createInvertedIndex(start);
  const titles = indexTitles(index);
  const neighbours = createNeighbours(index);
  const settling = createSettling(index, titles);
  void settling.begin();
  const shelf = createShelf(index, titles);
  const copies = createCopies();
  return {
    size: index.size,
    get: async (id) => paperOf(index, titles, id),
    async *papers() {
      yield* allPapers(index);
    },
    async add(papers) {
      let count = 0;
      for (const paper of papers) {
        if (copies.underWay()) await copies.finished();
        shelf.put(paper);
        if (++count % BATCH === 0) await nextTurn();
      }
      void settling.begin();
    },
    async remove(ids) {
      if (copies.underWay()) await copies.finished();
      for (const id of ids) shelf.drop(id);
    },
    titled: async (title) => titles.titled(title).flatMap((document) => index.paper(document) ?? []),
    search: (query, window) => ofOneMoment(index, () => searchIndex(index, query, window, work)),
    matching: (query) => ofOneMoment(index, () => findMatching(index, query, work)),
    similar: async (request, window) => neighbours.find(request, window),
    async suggest(text, limit) {
      await settling.end();
      return titles.complete(text, limit).flatMap((document) => {
        const paper = index.paper(document);
        return paper === undefined ? [] : [{ id: paper.id, title: paper.title }];
      });
    },
    save: async (sources) => {
      if (file !== undefined) await writeIndexFile(file, await copies.make(index.snapshot), sources);
    },
  };
}

const noWork = (): Work => ({ postings: 0, texts: 0 });

/** An empty index that lives in memory; `file` is where it is saved, and `work` counts what its queries cost. */
export function createEmbeddedIndex(file?: string, work: Work = noWork()): PaperIndex {
  return embed(file, undefined, work);
}

/** The index saved in `file` from sources that pass the check, or why there is none that can be used. */
export async function openEmbeddedIndex(
  file: string,
  check: SourceCheck,
): Promise<{ kind: "opened"; index: PaperIndex } | { kind: "unusable"; reason: string }> {
  const opened = await readIndexFile(file, check);
  return opened.kind === "opened" ? { kind: "opened", index: embed(file, opened.data, noWork()) } : opened;
}
