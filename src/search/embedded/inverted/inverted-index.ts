import type { Paper, PaperId } from "../../../corpus/paper.ts";
import type { AbbreviationTable } from "../terms/abbreviation-table.ts";
import { createAbbreviationTable } from "../terms/abbreviation-table.ts";
import type { Pace } from "../pace.ts";
import type { PaperIds } from "../papers/paper-ids.ts";
import { openPaperIds } from "../papers/paper-ids.ts";
import type { PaperText } from "../papers/line-text.ts";
import type { PaperStore } from "../papers/paper-store.ts";
import { createPaperStore } from "../papers/paper-store.ts";
import type { Saved, Sections } from "../saved/sections.ts";
import { jsonBytes, NOTHING_SAVED } from "../saved/sections.ts";
import type { PaperRecord } from "../../paper-index.ts";
import type { PackedLists } from "./packed-lists.ts";
import { countOf, numberOf, openPackedLists, packedSections } from "./packed-lists.ts";
import type { DefinitionCount } from "../terms/abbreviation-table.ts";
import type { Numbers } from "../terms/numbers.ts";
import { createNumbers } from "../terms/numbers.ts";
import type { TermNumbers } from "../terms/term-numbers.ts";
import { countTerms, definitionsOf, sameTerms } from "../terms/paper-terms.ts";
import { NAME_MARK, createTermNumbers } from "../terms/term-numbers.ts";
import type { Vocabulary } from "../terms/vocabulary.ts";
import { createVocabulary } from "../terms/vocabulary.ts";
import type { Facts } from "./facts.ts";
import { openFacts } from "./facts.ts";
import type { Boards } from "../ranking/board.ts";
import { createBoards } from "../ranking/board.ts";
import type { TermValues } from "../terms/term-values.ts";
import { createTermValues } from "../terms/term-values.ts";

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
  readonly has: (document: number) => boolean;
  /** The whole paper, which is read from the disk where it was not asked for lately. */
  readonly paper: (document: number) => Paper | undefined;
  /** Its title and abstract alone, for whoever reads many. */
  readonly text: (document: number) => PaperText | undefined;
  readonly document: (id: PaperId) => number | undefined;
  readonly id: (document: number) => PaperId;
  /** What is known of a paper without its texts. */
  readonly record: (document: number) => PaperRecord;
  /** All documents in ascending order. */
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
  /** The same for terms that are asked for in ascending order, which is faster. */
  readonly documentsInOrder: () => (term: number) => Uint32Array;
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
  readonly snapshot: (pace: Pace) => Promise<IndexCopy>;
}

/** The content of one moment, to be saved. */
export interface IndexCopy {
  readonly sections: Sections;
  /** It was written, and papers are read there from now on. */
  readonly written: (saved: Saved) => void;
}

/** The parts of an index; documents and terms are positions in their arrays. */
interface Parts {
  readonly papers: PaperStore;
  readonly ids: PaperIds;
  readonly free: number[];
  readonly facts: Facts;
  readonly lengths: Numbers;
  readonly terms: TermNumbers;
  readonly documentTerms: PackedLists;
  readonly termDocuments: PackedLists;
  readonly vocabulary: Vocabulary;
  readonly abbreviations: AbbreviationTable;
  totalLength: number;
  version: number;
}

function openParts(saved: Saved, file: string | undefined): Parts {
  const papers = createPaperStore(saved, file);
  const free: number[] = [];
  const lengths = createNumbers(saved.words("lengths"));
  let totalLength = 0;
  for (let document = 0; document < papers.slots(); document++) {
    if (!papers.has(document)) free.push(document);
    totalLength += lengths.get(document);
  }
  const vocabulary = createVocabulary(saved);
  return {
    papers,
    ids: openPaperIds(saved),
    free,
    facts: openFacts(saved),
    lengths,
    terms: createTermNumbers(vocabulary, saved),
    documentTerms: openPackedLists(saved, "documentTerms"),
    termDocuments: openPackedLists(saved, "termDocuments"),
    vocabulary,
    abbreviations: createAbbreviationTable((saved.json("definitions") ?? []) as DefinitionCount[]),
    totalLength,
    version: 0,
  };
}

function insertPaper(parts: Parts, paper: Paper): void {
  const document = parts.free.pop() ?? parts.papers.slots();
  const { counts, length } = countTerms(paper, parts.terms.wordTerms, parts.terms.nameTerms);
  parts.papers.put(document, paper);
  parts.facts.put(document, paper);
  parts.lengths.set(document, length);
  parts.totalLength += length;
  parts.ids.put(document, paper.id);
  for (const [term, count] of counts) {
    parts.documentTerms.append(document, term, count);
    parts.termDocuments.append(term, document, count);
  }
  parts.abbreviations.add(definitionsOf(paper));
  parts.version++;
}

function removePaper(parts: Parts, id: PaperId): boolean {
  const document = parts.ids.document(id);
  const paper = document === undefined ? undefined : parts.papers.get(document);
  if (document === undefined || paper === undefined) return false;
  for (const entry of parts.documentTerms.get(document))
    parts.termDocuments.remove(numberOf(entry), document, countOf(entry));
  parts.documentTerms.clear(document);
  parts.totalLength -= parts.lengths.get(document);
  parts.lengths.set(document, 0);
  parts.papers.clear(document);
  parts.facts.clear(document);
  parts.ids.remove(id);
  parts.free.push(document);
  parts.abbreviations.remove(definitionsOf(paper));
  parts.version++;
  return true;
}

function putPaper(parts: Parts, paper: Paper): void {
  const document = parts.ids.document(paper.id);
  const before = document === undefined ? undefined : parts.papers.get(document);
  if (document !== undefined && before && sameTerms(before, paper)) {
    parts.papers.put(document, paper);
    parts.facts.put(document, paper);
    return;
  }
  removePaper(parts, paper.id);
  insertPaper(parts, paper);
}

async function snapshot(parts: Parts, pace: Pace): Promise<IndexCopy> {
  const { papers, ids, facts, lengths, terms, vocabulary, abbreviations } = parts;
  const slots = papers.slots();
  const copy = papers.copy();
  const sections = [...copy.sections];
  const small = [
    () => ids.pack(slots),
    () => facts.pack(slots),
    () => terms.pack(),
    () => vocabulary.pack(),
    (): Sections => [
      ["lengths", lengths.copy(slots)],
      ["definitions", jsonBytes([...abbreviations.entries()])],
    ],
  ];
  for (const pack of small) {
    const packed = pack();
    sections.push(...packed);
    pace.packed(packed);
    await pace.pause();
  }
  sections.push(...packedSections("documentTerms", await parts.documentTerms.pack(slots, pace)));
  sections.push(...packedSections("termDocuments", await parts.termDocuments.pack(terms.size(), pace)));
  return { sections, written: copy.written };
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
    const { ids, lengths, papers, totalLength } = parts;
    const slots = papers.slots();
    if (relative.length < slots) relative = new Float64Array(Math.ceil(slots * 1.1));
    for (let document = 0; document < slots; document++)
      relative[document] = (lengths.get(document) * ids.size()) / Math.max(1, totalLength);
    return relative;
  };
}

function* documentsOf({ papers }: Parts): Generator<number> {
  for (let document = 0; document < papers.slots(); document++) if (papers.has(document)) yield document;
}

/** The index that was saved, or an empty one. Papers that come are kept beside `file`; without one, in memory. */
export function openInvertedIndex(saved: Saved = NOTHING_SAVED, file?: string): InvertedIndex {
  const parts = openParts(saved, file);
  const { papers, ids, facts, lengths, terms, documentTerms, termDocuments, vocabulary, abbreviations } =
    parts;
  const frequency = termDocuments.lengthOf;
  const idfOf = createIdf(ids.size);
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
    size: ids.size,
    slots: papers.slots,
    has: papers.has,
    paper: papers.get,
    text: papers.text,
    document: ids.document,
    id: ids.id,
    record: (document) => ({ id: ids.id(document), ...facts.record(document) }),
    documents: () => documentsOf(parts),
    put: (paper) => putPaper(parts, paper),
    remove: (id) => removePaper(parts, id),
    termOf: known,
    nameTermOf: (name) => known(NAME_MARK + name),
    isNameTerm: terms.isName,
    documentsOf: termDocuments.get,
    documentsInOrder: termDocuments.inOrder,
    termsOf: documentTerms.get,
    termSlots: terms.size,
    termText: terms.textOf,
    wordsOf: lengths.get,
    termsOfWord: terms.wordTerms,
    frequency,
    idf: (term) => idfOf(frequency(term)),
    relativeLengths: createLengths(parts),
    version: () => parts.version,
    snapshot: (pace) => snapshot(parts, pace),
  };
}
