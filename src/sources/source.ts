import type { Listing } from "../corpus/paper.ts";
import type { Problem } from "../corpus/problem.ts";
import type { IsoDay } from "./days.ts";

/** Where and when a mention was read. It stays beside the listing: a paper keeps only `listedOn`. */
interface Provenance {
  /** The `name` of the source. */
  readonly source: string;
  /** The list it stood on, in the source's own words: `2026-03-06`, `cs.AI+cs.CL`, `papers.bib`. */
  readonly list: string;
  /** The day of that list, which is the day readers saw it, not the paper's date; absent where lists have no day. */
  readonly day?: IsoDay;
  /** ISO 8601 instant. */
  readonly readAt: string;
}

/** What a source gives, one by one. */
export type SourceItem =
  | {
      readonly kind: "paper";
      readonly listing: Listing;
      readonly from: Provenance;
      /** The ids under which a service was asked for it, as the service writes them. */
      readonly ids?: readonly string[];
    }
  /** Something that could not be read; all else goes on. */
  | {
      readonly kind: "problem";
      readonly problem: Problem;
      /** The ids under which a service was asked for what is told of, where it answered. */
      readonly ids?: readonly string[];
    }
  /**
   * A list was read to its end, and all its papers came before this item. Whoever asks for the next item has stored
   * them: only then the list counts as known and may be answered by “unchanged” the next time.
   */
  | {
      readonly kind: "list";
      readonly list: string;
      readonly day?: IsoDay;
      /** What a file gave, where the list is one. */
      readonly file?: FileRead;
      /** Of a list of several days, the first; `day` is then the last. */
      readonly first?: IsoDay;
      readonly state: ListState;
      /** Of a feed, how many entries are no papers, by what they lack. */
      readonly passed?: Readonly<Record<string, number>>;
    };

/** What a file of papers gave, all in all. */
export interface FileRead {
  readonly name: string;
  /** Papers read, one that stands in it twice counted twice. */
  readonly papers: number;
  /** What was left out, by what was expected in its place. */
  readonly left: Counts;
  /** Papers' parts that could not be read; the papers are counted above. */
  readonly partly: number;
  /** Fields that were not understood, and how many papers have them. */
  readonly fields: Counts;
  /** Files of a folder that are of kinds that are not read. */
  readonly passed?: Counts;
}

/** How often each of some names came; those that are too many to be kept are counted together under “others”. */
export type Counts = ReadonlyMap<string, number>;

/**
 * `read`: with papers. `empty`: none, as on weekends and holidays. `unchanged`: as when it was last read.
 * `not-open`: the list of this day does not exist yet.
 */
export type ListState = "read" | "empty" | "unchanged" | "not-open";

/** What a reader asks of a source. */
export interface SourceRequest {
  /** The first day wanted. Default: the newest lists only. */
  readonly since?: IsoDay;
  /** Ends the reading: the iteration rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/**
 * Where papers come from. Lists come oldest first and their papers as they are read. Nothing rejects but the signal: a
 * list that cannot be read is a problem and has no `list` item, so the next reading begins with the earliest day that
 * has none (or is `not-open`), or some days earlier: lists of today still grow, and votes rise for days.
 */
export interface Source {
  /** For people, and unique: `Hugging Face Papers`. */
  readonly name: string;
  readonly read: (request: SourceRequest) => AsyncIterable<SourceItem>;
}

/** What a parser made of one answer or file, before it is known when it was read. Parsers never throw. */
export interface ParsedList {
  readonly items: readonly ListedPaper[];
  readonly problems: readonly Problem[];
  /** False where the text was cut off or was not the list at all: there may be more papers than these. */
  readonly whole: boolean;
}

/** A paper of a list and, where each has its own, the day it was listed. */
export interface ListedPaper {
  readonly listing: Listing;
  readonly day?: IsoDay;
  /** The ids that a service has for it. */
  readonly ids?: readonly string[];
}

/** The parsed list of a text that is not one: a problem and no papers. */
export function notAList(file: string, expected: string, found: string): ParsedList {
  return { items: [], problems: [{ file, expected, found }], whole: false };
}
