import { isDeepStrictEqual } from "node:util";
import type { Authors, FactName, Origin, PaperFacts, SourceKind } from "../paper.ts";
import { STATUS_KINDS } from "../paper.ts";

/**
 * Which of two statements about a paper is believed. What a source states comes before what the identifier says by itself; then
 * this is asked, in this order, until one of them is ahead:
 *
 * 1. The more complete value: a day before a month before a year, names before a number of authors, an organisation
 *    with its handle before one without; of votes, the count that was read later.
 * 2. The source that knows better, by the tables below.
 * 3. The later reading: titles and abstracts change with a paper's versions.
 * 4. The longer abstract, the larger number; of saved pages it is not known which is later.
 * 5. The one that was known first.
 *
 * Addresses do not conflict, nor do names that are hidden: all are kept, as are the DOIs that are not believed.
 */

/** The value of a fact. */
export interface FactValues extends Required<PaperFacts> {
  readonly title: string;
  readonly arxivId: string;
}

/** A value and where it was taken from. */
export interface Statement<Value> {
  readonly value: Value;
  readonly origin: Origin;
}

/** OpenAlex and Semantic Scholar derive what they say from all others, and guess which mentions are of one paper. */
const DERIVED: readonly SourceKind[] = ["openalex", "semantic-scholar"];

/**
 * Of a paper itself arXiv, to which it was submitted, knows best, and its answers more than its feed. Crossref and DataCite have
 * what its publisher or repository deposited, and files what somebody made of that; feeds of journals cut texts off.
 */
const OF_THE_PAPER: readonly SourceKind[] = [
  "arxiv",
  "arxiv-feed",
  "huggingface",
  "crossref",
  "datacite",
  "file",
  "feed",
  ...DERIVED,
  "page",
];
/** The feed knows only the day of the announcement, which is up to five days after the submission. */
const OF_ITS_DATE: readonly SourceKind[] = [
  "arxiv",
  "huggingface",
  "crossref",
  "datacite",
  "file",
  "feed",
  ...DERIVED,
  "arxiv-feed",
  "page",
];
/** What people made of a paper is known where they do so. */
const OF_ITS_READERS: readonly SourceKind[] = [
  "huggingface",
  "page",
  "file",
  "arxiv",
  "arxiv-feed",
  "crossref",
  "datacite",
  "feed",
  ...DERIVED,
];

/**
 * Where a paper was published its publisher knows, who deposits that at Crossref with the DOI; then libraries, whose
 * entries come in files; arXiv hears of it from the authors.
 */
const OF_ITS_PUBLICATION: readonly SourceKind[] = [
  "crossref",
  "datacite",
  "file",
  "feed",
  "arxiv",
  "arxiv-feed",
  ...DERIVED,
  "huggingface",
  "page",
];

const ORDER: Readonly<Record<FactName, readonly SourceKind[]>> = {
  title: OF_THE_PAPER,
  arxivId: OF_THE_PAPER,
  abstract: OF_THE_PAPER,
  authors: OF_THE_PAPER,
  status: OF_THE_PAPER,
  date: OF_ITS_DATE,
  organisation: OF_ITS_READERS,
  comments: OF_ITS_READERS,
  upvotes: OF_ITS_READERS,
  hiddenAuthors: OF_ITS_READERS,
  urls: OF_THE_PAPER,
  editors: OF_ITS_PUBLICATION,
  keywords: OF_ITS_PUBLICATION,
  arxivClass: OF_THE_PAPER,
  version: OF_THE_PAPER,
  license: OF_THE_PAPER,
  journalRef: OF_THE_PAPER,
  code: OF_ITS_READERS,
  type: OF_ITS_PUBLICATION,
  containerTitle: OF_ITS_PUBLICATION,
  collectionTitle: OF_ITS_PUBLICATION,
  eventTitle: OF_ITS_PUBLICATION,
  volume: OF_ITS_PUBLICATION,
  issue: OF_ITS_PUBLICATION,
  page: OF_ITS_PUBLICATION,
  number: OF_ITS_PUBLICATION,
  edition: OF_ITS_PUBLICATION,
  publisher: OF_ITS_PUBLICATION,
  publisherPlace: OF_ITS_PUBLICATION,
  genre: OF_ITS_PUBLICATION,
  doi: OF_ITS_PUBLICATION,
  otherDois: OF_ITS_PUBLICATION,
  isbn: OF_ITS_PUBLICATION,
  issn: OF_ITS_PUBLICATION,
  language: OF_ITS_PUBLICATION,
};

type Measures = { readonly [Fact in FactName]?: (value: FactValues[Fact]) => number };

const COMPLETENESS: Measures = {
  date: (date) => date.length,
  authors: (authors) => (authors.kind === "named" ? (authors.others ? 1 : 2) : 0),
  editors: ({ others }) => (others ? 0 : 1),
  // A preprint that was published is what it was published as.
  type: (type) => (type === "article" || type === "document" ? 0 : 1),
  organisation: ({ handle }) => (handle === undefined ? 0 : 1),
  upvotes: ({ readAt }) => Date.parse(readAt),
  // A retraction says most; it is not undone by a notice of another kind.
  status: ({ kind }) => (kind === "retracted" ? STATUS_KINDS.length : -STATUS_KINDS.indexOf(kind)),
};

const countOf = (authors: Authors): number =>
  authors.kind === "named" ? authors.names.length : authors.count;

const LENGTH: Measures = {
  abstract: (text) => text.length,
  status: ({ words }) => words.length,
  authors: countOf,
  keywords: (words) => words.length,
  comments: (count) => count,
};

const timeOf = ({ readAt }: Origin): number => (readAt === undefined ? -Infinity : Date.parse(readAt));

const isDerived = ({ origin }: Statement<unknown>): boolean => origin.kind === "identifier";

/** The statement that is believed. Of two that say the same, that of the source that knows better, or the first. */
export function believed<Fact extends FactName>(
  fact: Fact,
  a: Statement<FactValues[Fact]>,
  b: Statement<FactValues[Fact]>,
): Statement<FactValues[Fact]> {
  if (isDerived(a) !== isDerived(b)) return isDerived(a) ? b : a;
  const knowledge = ({ origin: { kind } }: Statement<unknown>): number =>
    kind === "identifier" ? -Infinity : -ORDER[fact].indexOf(kind);
  if (isDeepStrictEqual(a.value, b.value)) return knowledge(b) > knowledge(a) ? b : a;
  const by = (measures: Measures, { value }: Statement<FactValues[Fact]>): number =>
    measures[fact]?.(value) ?? 0;
  const aheads = [
    (one: typeof a) => by(COMPLETENESS, one),
    knowledge,
    (one: typeof a) => timeOf(one.origin),
    (one: typeof a) => by(LENGTH, one),
  ];
  for (const ahead of aheads) {
    const [first, second] = [ahead(a), ahead(b)];
    if (first !== second) return second > first ? b : a;
  }
  return a;
}
