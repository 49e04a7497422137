import type { MeaningData } from "../meaning/meanings.ts";
import type { Paper, PaperId } from "../../../corpus/paper.ts";
import type { AbbreviationTable, DefinitionCount } from "../terms/abbreviation-table.ts";
import { createAbbreviationTable } from "../terms/abbreviation-table.ts";
import type { Pace } from "../pace.ts";
import type { Packed, PackedLists } from "./packed-lists.ts";
import { countOf, createPackedLists, numberOf } from "./packed-lists.ts";
import type { TermNumbers } from "../terms/term-numbers.ts";
import { countTerms, definitionsOf, sameTerms } from "../terms/paper-terms.ts";
import { NAME_MARK, createTermNumbers } from "../terms/term-numbers.ts";
import type { Vocabulary } from "../terms/vocabulary.ts";
import { createVocabulary } from "../terms/vocabulary.ts";
import type { Facts } from "./facts.ts";
import { createFacts } from "./facts.ts";
import type { Boards } from "../ranking/board.ts";
import { createBoards } from "../ranking/board.ts";
import type { TermValues } from "../terms/term-values.ts";
import { createTermValues } from "../terms/term-values.ts";

/** What an index holds, as plain data: what is saved, and what an index is opened from. */
export interface IndexData {
  /** By document number; a number that a removed paper had is null until another paper gets it. */
  readonly papers: readonly (Paper | null)[];
  readonly terms: readonly string[];
  readonly words: readonly string[];
  readonly definitions: readonly DefinitionCount[];
  /** For each word of `words` the term it is indexed under. */
  readonly wordTerms: Uint32Array;
  /** For each paper the number of its indexed words, those of the title counted twice. */
  readonly lengths: Uint32Array;
  readonly documentTerms: Packed;
  readonly termDocuments: Packed;
  /** What the papers mean; absent where no encoder took part. */
  readonly meaning?: MeaningData;
}

/**
 * Papers by their terms and terms by their papers. A document is the number of a paper and a term the number of a
 * stem, both counted from 0; lists and arrays are keyed by them.
 */
export interface InvertedIndex {
  readonly vocabulary: Vocabulary;
  readonly abbreviations: AbbreviationTable;
  /** Number of papers. */
  readonly size: () => number;
  /** One more than the highest document number in use. */
  readonly slots: () => number;
  readonly paper: (document: number) => Paper | undefined;
  readonly document: (id: PaperId) => number | undefined;
  readonly documents: () => IterableIterator<number>;
  readonly facts: Facts;
  /** Arrays that one question after the other uses. */
  readonly boards: Boards;
  readonly worths: TermValues;
  /** Adds a paper, in place of the paper with its id if there is one. */
  readonly put: (paper: Paper) => void;
  /** Removes a paper; false when there is none with this id. */
  readonly remove: (id: PaperId) => boolean;
  /** The term of a stem that some paper has. */
  readonly termOf: (stem: string) => number | undefined;
  /** The term of a word of an author's or organisation's name (`nameWords`) that some paper has. */
  readonly nameTermOf: (name: string) => number | undefined;
  readonly isNameTerm: (term: number) => boolean;
  readonly documentsOf: (term: number) => Uint32Array;
  readonly termsOf: (document: number) => Uint32Array;
  /** One more than the highest term number. */
  readonly termSlots: () => number;
  /** The stem that a term stands for. */
  readonly termText: (term: number) => string;
  /** The number of the indexed words of a paper, those of the title counted twice. */
  readonly wordsOf: (document: number) => number;
  /** The terms a word of an indexed text stands under. */
  readonly termsOfWord: (raw: string) => readonly number[];
  /** In how many papers a term stands. */
  readonly frequency: (term: number) => number;
  /** ln(1 + (N - n + 0.5) / (n + 0.5)) for a term of n out of N papers: the idf of BM25, never negative. */
  readonly idf: (term: number) => number;
  /** Lengths of the documents relative to the average (1 = average); they hold until the index changes. */
  readonly relativeLengths: () => Float64Array;
  /** Counts the changes, for whoever keeps something derived from the whole index. */
  readonly version: () => number;
  /** The whole content, unchanged by what comes later. It is copied in parts, and nothing may change meanwhile. */
  readonly snapshot: (pace: Pace) => Promise<IndexData>;
}

/** The parts of an index; documents and terms are positions in their arrays. */
interface Parts {
  readonly papers: (Paper | null)[];
  readonly byId: Map<PaperId, number>;
  readonly free: number[];
  readonly facts: Facts;
  readonly lengths: number[];
  readonly terms: TermNumbers;
  readonly documentTerms: PackedLists;
  readonly termDocuments: PackedLists;
  readonly vocabulary: Vocabulary;
  readonly abbreviations: AbbreviationTable;
  totalLength: number;
  version: number;
}

function openParts(start: IndexData | undefined): Parts {
  const papers = [...(start?.papers ?? [])];
  const byId = new Map<PaperId, number>();
  const free: number[] = [];
  const facts = createFacts();
  papers.forEach((paper, document) => {
    if (paper === null) free.push(document);
    else {
      byId.set(paper.id, document);
      facts.put(document, paper);
    }
  });
  const lengths = Array.from(start?.lengths ?? []);
  const vocabulary = createVocabulary();
  start?.words.forEach((word, i) => vocabulary.add(word, start.wordTerms[i] ?? 0));
  return {
    papers,
    byId,
    free,
    facts,
    lengths,
    terms: createTermNumbers(vocabulary, start?.terms ?? []),
    documentTerms: createPackedLists(start?.documentTerms),
    termDocuments: createPackedLists(start?.termDocuments),
    vocabulary,
    abbreviations: createAbbreviationTable(start?.definitions),
    totalLength: lengths.reduce((sum, length) => sum + length, 0),
    version: 0,
  };
}

function insertPaper(parts: Parts, paper: Paper): void {
  const document = parts.free.pop() ?? parts.papers.length;
  const { counts, length } = countTerms(paper, parts.terms.wordTerms, parts.terms.nameTerms);
  parts.papers[document] = paper;
  parts.facts.put(document, paper);
  parts.lengths[document] = length;
  parts.totalLength += length;
  parts.byId.set(paper.id, document);
  for (const [term, count] of counts) {
    parts.documentTerms.append(document, term, count);
    parts.termDocuments.append(term, document, count);
  }
  parts.abbreviations.add(definitionsOf(paper));
  parts.version++;
}

function removePaper(parts: Parts, id: PaperId): boolean {
  const document = parts.byId.get(id);
  const paper = document === undefined ? undefined : parts.papers[document];
  if (document === undefined || paper === undefined || paper === null) return false;
  for (const entry of parts.documentTerms.get(document))
    parts.termDocuments.remove(numberOf(entry), document, countOf(entry));
  parts.documentTerms.clear(document);
  parts.totalLength -= parts.lengths[document] ?? 0;
  parts.lengths[document] = 0;
  parts.papers[document] = null;
  parts.facts.clear(document);
  parts.byId.delete(id);
  parts.free.push(document);
  parts.abbreviations.remove(definitionsOf(paper));
  parts.version++;
  return true;
}

function putPaper(parts: Parts, paper: Paper): void {
  const document = parts.byId.get(paper.id);
  const before = document === undefined ? undefined : parts.papers[document];
  if (document !== undefined && before && sameTerms(before, paper)) {
    parts.papers[document] = paper;
    parts.facts.put(document, paper);
    return;
  }
  removePaper(parts, paper.id);
  insertPaper(parts, paper);
}

/** All items, copied with other work in between. */
async function collect<T>(items: Iterable<T>, pace: Pace): Promise<T[]> {
  const all: T[] = [];
  for (const item of items) {
    all.push(item);
    pace.copied(1);
    if (pace.due()) await pace.pause();
  }
  return all;
}

async function snapshot(parts: Parts, pace: Pace): Promise<IndexData> {
  const words: string[] = [];
  const wordTerms: number[] = [];
  for (const [word, term] of parts.vocabulary.entries()) {
    words.push(word);
    wordTerms.push(term);
    pace.copied(1);
    if (pace.due()) await pace.pause();
  }
  return {
    papers: [...parts.papers],
    terms: Array.from({ length: parts.terms.size() }, (_, term) => parts.terms.textOf(term)),
    words,
    definitions: await collect(parts.abbreviations.entries(), pace),
    wordTerms: Uint32Array.from(wordTerms),
    lengths: Uint32Array.from(parts.lengths),
    documentTerms: await parts.documentTerms.pack(parts.papers.length, pace),
    termDocuments: await parts.termDocuments.pack(parts.terms.size(), pace),
  };
}

/** Values of idf by the number of papers, computed when they are asked for first and kept while the size is the same. */
function createIdf(size: () => number): (frequency: number) => number {
  let values = new Float64Array(0);
  let of = -1;
  return (n) => {
    if (of !== size()) {
      of = size();
      if (values.length > of) values.fill(0);
      else values = new Float64Array(Math.ceil(of * 1.1) + 2);
    }
    const known = values[n] ?? 0;
    return known === 0 ? (values[n] = Math.log(1 + (of - n + 0.5) / (n + 0.5))) : known;
  };
}

/** The relative lengths of all documents, computed once for each state of the index. */
function createLengths(parts: Parts): () => Float64Array {
  let relative = new Float64Array(0);
  let of = -1;
  return () => {
    if (of === parts.version) return relative;
    of = parts.version;
    const { byId, lengths, totalLength } = parts;
    if (relative.length < lengths.length) relative = new Float64Array(Math.ceil(lengths.length * 1.1));
    for (let document = 0; document < lengths.length; document++)
      relative[document] = ((lengths[document] ?? 0) * byId.size) / Math.max(1, totalLength);
    return relative;
  };
}

/** An index with the given content, or an empty one. */
export function createInvertedIndex(start?: IndexData): InvertedIndex {
  const parts = openParts(start);
  const { papers, byId, facts, lengths, terms, documentTerms, termDocuments, vocabulary, abbreviations } =
    parts;
  const frequency = termDocuments.lengthOf;
  const idfOf = createIdf(() => byId.size);
  const known = (text: string): number | undefined => {
    const term = terms.find(text);
    return term === undefined || frequency(term) === 0 ? undefined : term;
  };
  return {
    vocabulary,
    abbreviations,
    facts,
    boards: createBoards(),
    worths: createTermValues(terms.size),
    size: () => byId.size,
    slots: () => papers.length,
    paper: (document) => papers[document] ?? undefined,
    document: (id) => byId.get(id),
    documents: () => byId.values(),
    put: (paper) => putPaper(parts, paper),
    remove: (id) => removePaper(parts, id),
    termOf: known,
    nameTermOf: (name) => known(NAME_MARK + name),
    isNameTerm: terms.isName,
    documentsOf: termDocuments.get,
    termsOf: documentTerms.get,
    termSlots: terms.size,
    termText: terms.textOf,
    wordsOf: (document) => lengths[document] ?? 0,
    termsOfWord: terms.wordTerms,
    frequency,
    idf: (term) => idfOf(frequency(term)),
    relativeLengths: createLengths(parts),
    version: () => parts.version,
    snapshot: (pace) => snapshot(parts, pace),
  };
}
