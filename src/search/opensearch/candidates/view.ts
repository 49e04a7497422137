import { titleKey } from "../../../corpus/identifiers/paper-id.ts";
import { openFacts } from "../../embedded/inverted/facts.ts";
import type { InvertedIndex } from "../../embedded/inverted/inverted-index.ts";
import type { Meanings } from "../../embedded/meaning/meanings.ts";
import { encodeStems, trustIn } from "../../embedded/meaning/meanings.ts";
import type { Boards } from "../../embedded/ranking/board.ts";
import type { NamedDocuments } from "../../embedded/ranking/standing-out.ts";
import { nameOf } from "../../embedded/ranking/standing-out.ts";
import { NOTHING_SAVED } from "../../embedded/saved/sections.ts";
import type { TermNumbers } from "../../embedded/terms/term-numbers.ts";
import type { TermValues } from "../../embedded/terms/term-values.ts";
import { createVectorStore } from "../../meaning/vector-store.ts";
import type { WordTable } from "../../meaning/word-table.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Candidate } from "./paper-cache.ts";

/** What is known of all papers, of which the candidates are some. */
export interface Whole {
  readonly papers: number;
  /** The mean number of words of a paper. */
  readonly averageLength: number;
  readonly knowledge: Knowledge;
  readonly terms: TermNumbers;
  readonly boards: Boards;
  readonly worths: TermValues;
}

const EMPTY = new Uint32Array(0);

/** The lists of the candidates' terms. */
function listsOf(candidates: readonly Candidate[]): ReadonlyMap<number, Uint32Array> {
  const lists = new Map<number, number[]>();
  candidates.forEach(({ entries }, document) => {
    for (const entry of entries) {
      const packed = ((document << 8) | (entry & 255)) >>> 0;
      const list = lists.get(entry >>> 8);
      if (list === undefined) lists.set(entry >>> 8, [packed]);
      else list.push(packed);
    }
  });
  return new Map(Array.from(lists, ([term, list]) => [term, Uint32Array.from(list)]));
}

const never = (): never => {
  throw new Error("candidates are not changed");
};

const nothing = (): void => undefined;

/**
 * Some papers as an index that the embedded engine's ranking works on: their own terms, and how common these are among all
 * papers. So both engines rank alike.
 */
export function viewOf(candidates: readonly Candidate[], whole: Whole): InvertedIndex {
  const { papers, averageLength, knowledge, terms, boards, worths } = whole;
  const facts = openFacts(NOTHING_SAVED);
  candidates.forEach(({ paper }, document) => facts.put(document, paper));
  const numbers = new Map(candidates.map(({ paper }, document) => [paper.id, document]));
  let lists: ReadonlyMap<number, Uint32Array> | undefined;
  const documentsOf = (term: number): Uint32Array => (lists ??= listsOf(candidates)).get(term) ?? EMPTY;
  const lengths = Float64Array.from(candidates, ({ length }) => length / (averageLength || 1));
  const known = (text: string): number | undefined => {
    const term = terms.add(text);
    return knowledge.frequency(term) === 0 ? undefined : term;
  };
  const paper = (document: number) => candidates[document]?.paper;
  const idOf = (document: number) => {
    const one = paper(document);
    if (one === undefined) throw new RangeError(`there is no candidate ${document}`);
    return one.id;
  };
  return {
    vocabulary: { ...knowledge.vocabulary, add: never, pack: never },
    abbreviations: { ...knowledge.abbreviations, add: never, remove: never, entries: never },
    facts,
    boards,
    worths,
    size: () => papers,
    slots: () => candidates.length,
    has: (document) => document < candidates.length,
    paper,
    text: paper,
    document: (id) => numbers.get(id),
    id: idOf,
    record: (document) => ({ id: idOf(document), ...facts.record(document) }),
    documents: () => candidates.keys(),
    put: never,
    remove: never,
    termOf: known,
    nameTermOf: (name) => known(`@${name}`),
    isNameTerm: terms.isName,
    documentsOf,
    documentsInOrder: () => documentsOf,
    termsOf: (document) => candidates[document]?.entries ?? EMPTY,
    termSlots: terms.size,
    termText: terms.textOf,
    wordsOf: (document) => candidates[document]?.length ?? 0,
    termsOfWord: terms.wordTerms,
    frequency: knowledge.frequency,
    idf(term) {
      const n = Math.min(papers, knowledge.frequency(term));
      return Math.log(1 + (papers - n + 0.5) / (n + 0.5));
    },
    relativeLengths: () => lengths,
    version: () => 0,
    snapshot: never,
  };
}

/** The candidates with a title, or a name before its colon, of a key. */
export const namedAmong =
  (candidates: readonly Candidate[]): NamedDocuments =>
  (key) =>
    candidates.flatMap(({ paper: { title, otherTitles = [] } }, document) =>
      [title, nameOf(title), ...otherTitles].some((one) => titleKey(one) === key) ? [document] : [],
    );

/** What candidates mean, by the vectors that were stored with them. */
export function meaningsOf(
  candidates: readonly Candidate[],
  index: InvertedIndex,
  table: WordTable,
): Meanings {
  const { dimensions } = table;
  const bytes = new Int8Array(candidates.length * dimensions);
  candidates.forEach(({ vector }, document) => {
    if (vector?.length === dimensions) bytes.set(vector, document * dimensions);
  });
  const vectors = createVectorStore(dimensions, bytes);
  return {
    table,
    vectors,
    model: undefined,
    changed: nothing,
    removed: nothing,
    settle: () => Promise.resolve(false),
    settleFew: () => Promise.resolve(),
    able: () => Promise.resolve(true),
    left: () => 0,
    settled: () => 0,
    ask: async (stems) => (candidates.length === 0 ? undefined : encodeStems(table, stems)),
    trust: (document) => trustIn(index.wordsOf(document)),
    pack: () => [],
  };
}
