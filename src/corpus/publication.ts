/**
 * What kinds of works papers are: those of CSL that the field has (CSL 1.0.2, appendix III, "Types"). An `article` is a preprint.
 */
const WORK_TYPES = [
  "article",
  "article-journal",
  "article-magazine",
  "article-newspaper",
  "book",
  "chapter",
  "dataset",
  "document",
  "entry-encyclopedia",
  "manuscript",
  "paper-conference",
  "patent",
  "post-weblog",
  "report",
  "review",
  "software",
  "speech",
  "standard",
  "thesis",
  "webpage",
] as const;
export type WorkType = (typeof WORK_TYPES)[number];

export const isWorkType = (value: unknown): value is WorkType => WORK_TYPES.some((type) => type === value);

/**
 * Where and how a paper was published, as a citation needs it: CSL-JSON's variables, in their meaning (CSL 1.0.2, appendix
 * IV), with hyphens as capitals. Texts are readable and as the source writes them: pages `1–12`, `e1234`, volumes `XII`.
 */
export interface Publication {
  readonly type?: WorkType;
  /** The journal, the proceedings or the book it stands in. */
  readonly containerTitle?: string;
  /** The series of the book. */
  readonly collectionTitle?: string;
  /** The conference or workshop. */
  readonly eventTitle?: string;
  readonly volume?: string;
  readonly issue?: string;
  readonly page?: string;
  /** The number of a report or patent, or an article's own number in place of pages. */
  readonly number?: string;
  readonly edition?: string;
  /** The publisher, or the university or institution of a thesis or report. */
  readonly publisher?: string;
  readonly publisherPlace?: string;
  /** What a thesis or report calls itself: `PhD thesis`. */
  readonly genre?: string;
  /** In lower case, without `https://doi.org/`. */
  readonly doi?: string;
  readonly isbn?: string;
  readonly issn?: string;
  /** arXiv's primary class: `cs.CL`. */
  readonly arxivClass?: string;
  /** The version of a preprint or program: `2`. */
  readonly version?: string;
  readonly language?: string;
  /** The licence, by its address or its short name (SPDX): `https://creativecommons.org/licenses/by/4.0/`, `CC-BY-4.0`. */
  readonly license?: string;
  /** The address of the code repository. */
  readonly code?: string;
  /** Journal, volume and pages in one line, as arXiv's authors write it; used where nothing more exact is known. */
  readonly journalRef?: string;
}

/** The parts of a publication that are texts, in the order in which they are told. */
export const PUBLICATION_TEXTS = [
  "type",
  "containerTitle",
  "collectionTitle",
  "eventTitle",
  "volume",
  "issue",
  "page",
  "number",
  "edition",
  "publisher",
  "publisherPlace",
  "genre",
  "doi",
  "isbn",
  "issn",
  "arxivClass",
  "version",
  "language",
  "license",
  "code",
  "journalRef",
] as const satisfies readonly (keyof Publication)[];
