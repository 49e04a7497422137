import type { Change, SavedEnd } from "./index-changes.ts";
import { appendChanges } from "./index-changes.ts";
import { writeIndexFile } from "./index-writing.ts";
import type { Damage } from "./damage.ts";
import type { IndexCopy } from "../inverted/inverted-index.ts";
import { openSections } from "./index-file.ts";
import type { Pace } from "../pace.ts";

/**
 * Changes that may stand behind a saved index, which is written whole after that. Each makes every opening longer by some 0.4
 * ms, the time it takes to index a paper, and writing all takes some 40 µs for each paper: of few papers few changes are worth
 * it, and no opening should take 0.2 s longer.
 */
const CHANGES = { least: 10, most: 500, share: 0.01 } as const;

/** How many changes may stand behind a saved index of so many papers. */
export const mostChanges = (papers: number): number =>
  Math.min(CHANGES.most, Math.max(CHANGES.least, papers * CHANGES.share));

/** Saves an index, as little of it as will do. */
export interface Saver {
  /** Notes a change that was made to the index. */
  readonly note: (change: Change) => void;
  /** One after the other; each saves what was changed until it begins. */
  readonly save: (sources: string, pace: Pace) => Promise<void>;
}

/** Where an index is saved, and how all of it is copied: `copied` is called at the very moment of which the copy is. */
export interface SavingParts {
  readonly file: string;
  readonly size: () => number;
  readonly copy: (pace: Pace, copied: () => void) => Promise<IndexCopy>;
  /** Where damage is noted that shows when what was written is read. */
  readonly damage: Damage;
  /** The end of what is saved; absent for an index that never was. */
  readonly end?: SavedEnd;
}

/** A saver of the index that is saved up to `end`. */
export function createSaver({ file, size, copy, damage, end: start }: SavingParts): Saver {
  let end = start;
  /** What was changed since; nothing where that is too much, and all is written. */
  let changes: Change[] | undefined = [];
  let underWay: Promise<void> | undefined;

  const isAppendable = (): boolean =>
    end !== undefined && changes !== undefined && end.changes + changes.length < mostChanges(size());
  /** Adds the changes behind what is saved; false where that cannot be. */
  const append = async (sources: string, pace: Pace): Promise<boolean> => {
    const [from, added] = [end, changes];
    if (from === undefined || added === undefined) return false;
    changes = [];
    try {
      end = await appendChanges(file, from, { changes: added, sources, pace });
      return end !== undefined;
    } catch (error) {
      // What came meanwhile is behind it; what was written of it is not closed.
      changes = changes === undefined ? undefined : [...added, ...changes];
      throw error;
    }
  };
  const write = async (sources: string, pace: Pace): Promise<void> => {
    end = undefined;
    const { sections, written } = await copy(pace, () => (changes = []));
    end = await writeIndexFile(file, { sections, sources, pace });
    const saved = openSections(file, end, damage);
    if (saved !== undefined) written(saved);
  };
  /** Begins at once: what is changed after this call is not saved by it. */
  const saveNow = async (sources: string, pace: Pace): Promise<void> => {
    if (isAppendable() && (await append(sources, pace))) return;
    await write(sources, pace);
  };
  return {
    note(change) {
      changes?.push(change);
      if ((end?.changes ?? 0) + (changes?.length ?? 0) > CHANGES.most) changes = undefined;
    },
    save(sources, pace) {
      const begin = (): Promise<void> => saveNow(sources, pace);
      const mine = underWay === undefined ? begin() : underWay.then(begin, begin);
      underWay = mine;
      return mine.finally(() => {
        if (underWay === mine) underWay = undefined;
      });
    },
  };
}
