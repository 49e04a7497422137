import { setImmediate as nextTurn } from "node:timers/promises";

/**
 * What work costs, in steps of some nanoseconds: measured on two cores of an Intel Xeon with Node 20, on warm code, and
 * rounded up. Only the proportions matter to who counts steps.
 */
const COST = {
  /** An entry of a list of papers or terms that is read, or a document that is looked at. */
  entry: 10,
  /** A character of a text that is folded, to look for phrases in it. */
  folded: 3,
  /** A character of a folded text in which one phrase is looked for. */
  searched: 1,
} as const;

/** Steps after which other work gets its turn: some 5 ms. */
const SLICE = 5_000_000;

/** What queries have cost so far, whatever the machine. */
export interface Work {
  /** Entries of lists that were read. */
  postings: number;
  /** Texts that were folded to look for phrases in them. */
  texts: number;
  /** All that was done, in steps. */
  steps: number;
  /** The most steps between two turns of other work. */
  longest: number;
}

/** No work yet. */
export const noWork = (): Work => ({ postings: 0, texts: 0, steps: 0, longest: 0 });

/** Counts the work of one answer, and gives way to other work in between. */
export interface Pace {
  /** Notes entries of lists, or documents, that are about to be looked at. */
  readonly entries: (count: number) => void;
  /** Notes that a text of so many characters is folded and so many phrases are looked for in it; gives its steps. */
  readonly text: (characters: number, phrases: number) => number;
  /** Whether other work should have its turn now. */
  readonly due: () => boolean;
  /** Gives way; resolves at once where it is not due. */
  readonly pause: () => Promise<void>;
}

/** Steps of folding a text and looking for phrases in it. */
export const textSteps = (characters: number, phrases: number): number =>
  characters * (COST.folded + phrases * COST.searched);

/** A pace that adds to `work`. */
export function createPace(work: Work): Pace {
  let since = 0;
  const spend = (steps: number): number => {
    since += steps;
    work.steps += steps;
    work.longest = Math.max(work.longest, since);
    return steps;
  };
  const due = (): boolean => since >= SLICE;
  return {
    entries(count) {
      work.postings += count;
      spend(count * COST.entry);
    },
    text(characters, phrases) {
      work.texts++;
      return spend(textSteps(characters, phrases));
    },
    due,
    async pause() {
      if (!due()) return;
      since = 0;
      await nextTurn();
    },
  };
}
