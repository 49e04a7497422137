import type { Turns, Work } from "../../turns.ts";
import type { Sections } from "./saved/sections.ts";
import { createTurns, noWork } from "../../turns.ts";

/** What work costs, in steps: measured and rounded up. Only the proportions matter to who counts steps. */
const COST = {
  /** An entry of a list of papers or terms that is read, or a document that is looked at. */
  entry: 10,
  /** A paper whose record is looked at, and each phrase that it may have. */
  record: 500,
  phrase: 50,
  /** A word that is looked for among similar ones: a walk through a part of the vocabulary. */
  lookup: 1_000_000,
  /** A run of words of a query that is looked up as a whole. */
  run: 1_000,
  /** A character of a text that is folded, to look for phrases in it. */
  folded: 4,
  /** A character of a folded text in which one phrase is looked for. */
  searched: 2,
  /** A character of a text of which the best sentence is chosen: finding where sentences end is slow. */
  chosen: 1_000,
  /** A character of a text in which one pattern is looked for. */
  matched: 10,
  /** A paper that is indexed, and each of its characters. */
  paper: 50_000,
  indexed: 300,
  /** A word or a list that is copied to be saved, and a byte that is written: made to text and added to the hash. */
  copied: 100,
  written: 10,
  /** A paper that is read from the disk. */
  read: 3_000,
} as const;

/** Bytes that are copied in a nanosecond. */
const COPIED_BYTES = 4;

/** What an index has done so far. */
export interface IndexWork extends Work {
  /** Entries of lists that were read. */
  postings: number;
  /** Words that were looked for among similar ones. */
  lookups: number;
  /** Texts that were folded to look for phrases in them. */
  texts: number;
  /** The steps of that. */
  reading: number;
}

/** No work yet. */
export const noIndexWork = (): IndexWork => ({ postings: 0, lookups: 0, texts: 0, reading: 0, ...noWork() });

/** Counts the work of one answer or change, and gives way to other work in between. */
export interface Pace extends Omit<Turns, "spend"> {
  /** Notes entries of lists, or documents, that are about to be looked at. */
  readonly entries: (count: number) => void;
  /** Notes that the record of a paper is looked at, and that it may have so many phrases. */
  readonly record: (phrases?: number) => void;
  /** Notes that a word is about to be looked for among similar ones. */
  readonly lookup: () => void;
  /** Notes that runs of words are looked up. */
  readonly runs: (count: number) => void;
  /** Notes that a text of so many characters is folded and so many phrases are looked for in it. */
  readonly text: (characters: number, phrases: number) => void;
  /** Notes that the best sentence of a text of so many characters is chosen. */
  readonly chosen: (characters: number) => void;
  /** Notes that so many patterns are looked for in a text of so many characters. */
  readonly matched: (characters: number, patterns: number) => void;
  /** Notes that a paper of so many characters is indexed. */
  readonly indexed: (characters: number) => void;
  /** Notes that words or lists are copied. */
  readonly copied: (count: number) => void;
  /** Notes that parts were copied at once. */
  readonly packed: (sections: Sections) => void;
  /** Notes that a paper is read whole. */
  readonly read: () => void;
  /** Notes that bytes are written. */
  readonly written: (bytes: number) => void;
}

/** Steps of folding a text and looking for phrases in it. */
export const textSteps = (characters: number, phrases: number): number =>
  characters * (COST.folded + phrases * COST.searched);

/** A pace that adds to `work`. */
export function createPace(work: IndexWork): Pace {
  const { spend, due, pause } = createTurns(work);
  return {
    due,
    pause,
    entries(count) {
      work.postings += count;
      spend(count * COST.entry);
    },
    record: (phrases = 0) => spend(COST.record + phrases * COST.phrase),
    lookup() {
      work.lookups++;
      spend(COST.lookup);
    },
    runs: (count) => spend(count * COST.run),
    text(characters, phrases) {
      work.texts++;
      work.reading += textSteps(characters, phrases);
      spend(textSteps(characters, phrases));
    },
    chosen: (characters) => spend(characters * COST.chosen),
    matched: (characters, patterns) => spend(characters * patterns * COST.matched),
    indexed: (characters) => spend(COST.paper + characters * COST.indexed),
    copied: (count) => spend(count * COST.copied),
    packed(sections) {
      for (const [, content] of sections)
        if (ArrayBuffer.isView(content)) spend(Math.ceil(content.byteLength / COPIED_BYTES));
    },
    read: () => spend(COST.read),
    written: (bytes) => spend(bytes * COST.written),
  };
}
