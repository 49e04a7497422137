import type { Brand } from "./brand.ts";
import type { PartialDate } from "./partial-date.ts";
import type { NameParts } from "./names/person-name.ts";
import type { Publication } from "./publication.ts";

/** `arxiv:1706.03762` (never with a version) or, where no id is known, `title:<slug>`. Minted in paper-id.ts. */
export type PaperId = Brand<"PaperId">;

/** An arXiv identifier without version: `1706.03762`, `0704.0001` or the old form `cs/0112017`. */
export type ArxivId = Brand<"ArxivId">;

/** Names in the order of the paper. */
export interface NamedAuthors {
  readonly kind: "named";
  /** As they are printed. */
  readonly names: readonly string[];
  /** For each name its parts; absent where a source gave no parts. */
  readonly parts?: readonly NameParts[];
  /** That there are more who are not named: "and others". */
  readonly others?: true;
}

/** Names in the order of the paper, or only their number where a source gives no more. */
export type Authors = NamedAuthors | { readonly kind: "counted"; readonly count: number };

export interface Organisation {
  readonly name: string;
  /** The short form in links, such as `nvidia`. */
  readonly handle?: string;
}

/** Votes go on rising for days, so a count is worth nothing without the time it was read. */
export interface Upvotes {
  readonly count: number;
  /** ISO 8601 instant. */
  readonly readAt: string;
}

/** Why a paper no longer stands: taken back by its authors or arXiv, by its journal, or replaced by another. */
export const STATUS_KINDS = ["withdrawn", "retracted", "superseded"] as const;
export type StatusKind = (typeof STATUS_KINDS)[number];

/** That a paper no longer stands, and the words that say so. */
export interface PaperStatus {
  readonly kind: StatusKind;
  readonly words: string;
}

/** What is known of a paper besides its title. What is not known is absent; nothing is ever guessed. */
export interface PaperFacts extends Publication {
  readonly abstract?: string;
  readonly date?: PartialDate;
  readonly authors?: Authors;
  readonly organisation?: Organisation;
  readonly comments?: number;
  readonly upvotes?: Upvotes;
  /** Absent for a paper that stands. */
  readonly status?: PaperStatus;
  /** The editors of the book or proceedings it stands in. */
  readonly editors?: NamedAuthors;
  /** What its authors or publisher say it is about. */
  readonly keywords?: readonly string[];
  /** DOIs under which it stands besides `doi`, such as that of a preprint; in lower case. */
  readonly otherDois?: readonly string[];
  /** Further http(s) addresses that a source gave: code, project page, publisher. */
  readonly urls?: readonly string[];
  /** Keys (`authorKey`) of authors who keep their names to themselves: these are printed nowhere, whoever tells them. */
  readonly hiddenAuthors?: readonly string[];
}

/**
 * What kind of place a mention was read at: arXiv's query API or metadata snapshot, arXiv's daily feed, Hugging Face's
 * lists (live, or saved with their data), a file of papers, a page that was saved as text, what Crossref, DataCite,
 * OpenAlex and Semantic Scholar answered, or the feed of a journal.
 */
export const SOURCE_KINDS = [
  "arxiv",
  "arxiv-feed",
  "huggingface",
  "file",
  "page",
  "crossref",
  "openalex",
  "semantic-scholar",
  "datacite",
  "feed",
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Whatever is taken from a mention of a paper. */
export type FactName = "title" | "arxivId" | keyof PaperFacts;

/** Where and when a mention was read. */
export interface Origin {
  /** `identifier` of what no source states and the arXiv identifier says: the month. */
  readonly kind: SourceKind | "identifier";
  /** The page, file or service, by its name. */
  readonly listedOn: string;
  /** ISO 8601 instant; absent for the bundled pages, whose age is not known. */
  readonly readAt?: string;
}

/** A mention and the facts of a paper that were taken from it. */
export interface Taken extends Origin {
  readonly facts: readonly FactName[];
}

/** One mention of a paper in one source, before mentions of the same paper are merged. */
export interface Listing extends PaperFacts {
  readonly title: string;
  readonly arxivId?: ArxivId;
  /** The page, file or service it stood on, by its name. */
  readonly listedOn: string;
  /** Default `file`. */
  readonly sourceKind?: SourceKind;
  /** ISO 8601 instant. */
  readonly readAt?: string;
}

/** A paper of the corpus. All texts are readable: no LaTeX, no entities, no control characters. */
export interface Paper extends PaperFacts {
  readonly id: PaperId;
  readonly title: string;
  /** The pages and files it was listed on, each once, in the order they were read. */
  readonly listedOn: readonly string[];
  /** Where each fact was taken from, and when; every fact stands in one of them. */
  readonly origins: readonly Taken[];
  /** Other titles under which it was listed: those of earlier versions, and spellings that gave it another id. */
  readonly otherTitles?: readonly string[];
}

/** How many authors a paper has; undefined where not even that is known. */
export function authorCount(paper: PaperFacts): number | undefined {
  if (paper.authors === undefined) return undefined;
  return paper.authors.kind === "named" ? paper.authors.names.length : paper.authors.count;
}
