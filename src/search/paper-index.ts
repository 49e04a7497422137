import type { Authors, Paper, PaperId, Upvotes } from "../corpus/paper.ts";
import type { PartialDate } from "../corpus/partial-date.ts";
import type { SearchQuery } from "./query/search-query.ts";

/** Characters `[start, end)` of a text. */
export type Range = readonly [start: number, end: number];

/** A piece of an abstract with the words that matched. */
export interface Snippet {
  readonly text: string;
  readonly marks: readonly Range[];
}

/** One paper of an answer. */
export interface Hit {
  readonly paper: Paper;
  /** Higher is better; comparable within one answer only. */
  readonly score: number;
  /** The sentence of the abstract that matches best; absent without an abstract. */
  readonly snippet?: Snippet;
  /** The words of the query that stand nowhere in the paper, as they were typed. */
  readonly missing: readonly string[];
  /** That it was found by its meaning alone: it has none of the words. */
  readonly wordless?: true;
}

/** A word of the query that no paper has, and the word that was searched in its place. */
export interface Correction {
  readonly typed: string;
  readonly used: string;
}

export interface SearchResult {
  /** Papers that match any word and every filter. */
  readonly total: number;
  /** Those of them that have all the words. */
  readonly complete: number;
  readonly hits: readonly Hit[];
  readonly corrections: readonly Correction[];
  /** Words that no paper has, nor anything like them. */
  readonly unknown: readonly string[];
  /** Papers that match but were left out because their date is not known and the query asks for a date. */
  readonly undated: number;
  /** How many of the unknown words were not compared with similar ones, since only the first 8 are. */
  readonly notCompared: number;
  /** A year among the words that was taken as a wish for papers of it, since some have all the other words. */
  readonly year?: string;
  /**
   * Papers that are left out unread: whether they match is for their texts to say, and reading all of them would take
   * too long. Those that come first in the answer are read first. 0 for all but phrases of very common words.
   */
  readonly unread: number;
  /** Of the papers of `total`; absent where the window asks for none. */
  readonly facets?: Facets;
}

/** What is known of a paper without its texts and names, for whoever goes over all papers. */
export interface PaperRecord extends Pick<
  Paper,
  "id" | "date" | "comments" | "status" | "listedOn" | "organisation"
> {
  readonly upvotes?: Pick<Upvotes, "count">;
  /** Whether its authors are known by name or by their number alone; absent where neither is known. */
  readonly authors?: Authors["kind"];
}

/** One paper that has all the words of a query, or is near another. */
export interface Match {
  readonly id: PaperId;
  /** As a hit's: higher is better, comparable within one answer only; 0 in an answer to a query without words. */
  readonly score: number;
}

/** Which part of an answer is wanted: `limit` hits (1-100) from the `offset`-th (from 0) on. */
export interface Window {
  readonly offset: number;
  readonly limit: number;
  /** How many years, organisations and sources of all that is found are counted; none where this is absent. */
  readonly facets?: number;
}

/** What many papers of an answer have in common, and how many a search that asks for it too would find. */
export interface Facet {
  readonly value: string;
  readonly count: number;
}

/** What all papers of an answer have in common. */
export interface Facets {
  /** `2024`, the newest first. */
  readonly years: readonly Facet[];
  /** By their names, those with the most papers first. */
  readonly organisations: readonly Facet[];
  /** The pages, files and services that list them, in the same way. */
  readonly sources: readonly Facet[];
}

/** "Like these, unlike those." Papers that the index does not hold are passed over. */
export interface SimilarRequest {
  readonly like: readonly PaperId[];
  readonly unlike: readonly PaperId[];
}

export interface SimilarHit {
  readonly paper: Paper;
  /** Cosine similarity: above 0, at most 1; with `unlike` it may be as low as -1. */
  readonly score: number;
  /** The words both papers share, as the asked paper spells them, the most telling first; at most five. */
  readonly shared: readonly string[];
  /** Words of the asked paper beside those of this one that mean nearly the same, where they share few; at most two. */
  readonly alike: readonly (readonly [asked: string, found: string])[];
}

export interface SimilarResult {
  readonly total: number;
  readonly hits: readonly SimilarHit[];
}

/** How many papers there are, and of how many of them something is known. */
export interface IndexCounts {
  readonly papers: number;
  readonly dated: number;
  /** Papers whose authors are known by name or number, and those known by name. */
  readonly withAuthors: number;
  readonly withNames: number;
  readonly withOrganisation: number;
  readonly withComments: number;
  /** Dates of the oldest and the newest paper that has one. */
  readonly oldest?: PartialDate;
  readonly newest?: PartialDate;
  /** The pages, files and services that list papers, by name. */
  readonly sources: readonly string[];
}

/** An organisation with the number of its papers. */
export interface OrganisationCount {
  readonly name: string;
  /** Its handles, where papers have one. */
  readonly handles: readonly string[];
  readonly papers: number;
}

/** A title that completes what somebody is typing. */
export interface Suggestion {
  readonly id: PaperId;
  readonly title: string;
}

/**
 * The searchable papers. Methods are asynchronous because an index need not live in this process; none blocks the
 * event loop for long, and every answer sees whole papers only.
 */
export interface PaperIndex {
  readonly size: () => Promise<number>;
  /** What is known of how many papers; whoever wants it needs to look at no paper. */
  readonly counts: () => Promise<IndexCounts>;
  /** All organisations that papers name, in no stated order. */
  readonly organisations: () => Promise<readonly OrganisationCount[]>;
  /** A paper by lot, one that still stands where there is any: `chance`, from 0 up to 1, decides. Undefined without a paper. */
  readonly draw: (chance: number) => Promise<Paper | undefined>;
  /** The ids that begin with some letters. */
  readonly idsFrom: (start: string) => Promise<readonly PaperId[]>;
  /**
   * Another number whenever an answer may have changed, for whoever keeps what follows from the papers. What other programs
   * change in an engine of its own may be noticed some seconds later.
   */
  readonly version: () => number;
  /** A paper by its id; by the id that its title gives too, which it had before its arXiv id was known. */
  readonly get: (id: PaperId) => Promise<Paper | undefined>;
  /** The papers of a whole title, however its case, accents, punctuation and spaces are written. */
  readonly titled: (title: string) => Promise<readonly Paper[]>;
  /** The papers that have one of these keys among those that make two mentions one paper (`identityKeys`). */
  readonly identified: (keys: readonly string[]) => Promise<readonly Paper[]>;
  /** The papers that have one of these keys among all that they are known by (`lookupKeys`). */
  readonly known: (keys: readonly string[]) => Promise<readonly Paper[]>;
  /**
   * All papers, in the order they were added; one that took the place of another may stand in its place. An engine in
   * another process gives them in pages.
   */
  readonly papers: () => AsyncIterable<Paper>;
  /** What is known of all papers without their texts, in the same order and much faster. */
  readonly records: () => AsyncIterable<PaperRecord>;
  /** Adds papers, which are found when this resolves; one with a known id takes the place of the paper that had it. */
  readonly add: (papers: Iterable<Paper>) => Promise<void>;
  /** Removes papers, which are found no more when this resolves; unknown ids are passed over. */
  readonly remove: (ids: Iterable<PaperId>) => Promise<void>;
  readonly search: (query: SearchQuery, window: Window) => Promise<SearchResult>;
  /**
   * All papers that have every word of a query and pass its filters, in no stated order: for rules that go over papers,
   * where `search` is for people who look for one. A query without words matches every paper that passes. It reads as
   * many texts as its phrases ask for, however long that takes: nobody waits for it. They come in pages; `among` asks of
   * some papers only.
   */
  readonly matching: (query: SearchQuery, among?: readonly PaperId[]) => AsyncIterable<readonly Match[]>;
  readonly similar: (request: SimilarRequest, window: Window) => Promise<SimilarResult>;
  /**
   * The first `limit` papers that `similar` finds to be like one, without the words they share, which take as long again:
   * for rules that compare many papers. None for a paper that the index does not hold.
   */
  readonly nearest: (id: PaperId, limit: number) => Promise<readonly Match[]>;
  /** Titles for autocomplete from a beginning, from some of their words, or from words with a typing error. */
  readonly suggest: (text: string, limit: number) => Promise<readonly Suggestion[]>;
  /** Writes the index where it was opened from, all at once or not at all. `sources` names what it was made from. */
  readonly save: (sources: string) => Promise<void>;
}
