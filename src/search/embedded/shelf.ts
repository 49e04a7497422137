import { setImmediate as nextTurn } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { titlePaperId } from "../../corpus/identifiers/paper-id.ts";
import type { Paper, PaperId } from "../../corpus/paper.ts";
import type { InvertedIndex } from "./inverted/inverted-index.ts";
import type { Meanings } from "./meaning/meanings.ts";
import type { Identifiers } from "./papers/identifiers.ts";
import { openIdentifiers } from "./papers/identifiers.ts";
import type { Saved } from "./saved/sections.ts";
import type { TitleIndex } from "./titles/title-index.ts";
import { openTitleIndex } from "./titles/title-index.ts";

const titlesOf = (paper: Paper | undefined): string[] =>
  paper === undefined ? [] : [paper.title, ...(paper.otherTitles ?? [])];

/** What papers are found by besides words. */
export interface Registers {
  readonly titles: TitleIndex;
  readonly identifiers: Identifiers;
}

/** What the papers of an index are found by, as it was saved with it. */
export function openRegisters(index: InvertedIndex, saved: Saved): Registers {
  return {
    titles: openTitleIndex({ saved, titlesOf: (document) => titlesOf(index.paper(document)) }),
    identifiers: openIdentifiers(saved, index.paper),
  };
}

/** Titles made ready before other work gets its turn: a few milliseconds. */
const SETTLED = 100;

/** Getting ready for completions, which takes a while after many papers came. */
export interface Settling {
  /** Gets ready while nobody asks, however often it is told to. A process that is done does not wait for it. */
  readonly begin: () => Promise<void>;
  /** Resolves when completions are; other work has its turn meanwhile. */
  readonly end: () => Promise<void>;
  /** Resolves when all is ready that is saved. */
  readonly endAll: () => Promise<void>;
}

/** Gets an index and the titles of its papers ready. */
export function createSettling({ titles, identifiers }: Registers, meanings: Meanings | undefined): Settling {
  const step = (): boolean => titles.settle(SETTLED);
  let underWay = false;
  return {
    async begin() {
      if (underWay) return;
      underWay = true;
      try {
        do await nextTurn(undefined, { ref: false });
        while (step() || identifiers.settle(SETTLED) || (await meanings?.settle()) === true);
      } catch {
        // What cannot be read is met again by whoever asks for it.
      }
      underWay = false;
    },
    async end() {
      while (step()) await nextTurn();
    },
    async endAll() {
      while (step() || identifiers.settle(SETTLED) || (await meanings?.settle()) === true) await nextTurn();
    },
  };
}

/**
 * The paper with an id or, for an id made from a title, the one of that title: it has got an arXiv id since. Of several,
 * the one that a mention by that title is filed under (merge.ts).
 */
export function paperOf(index: InvertedIndex, titles: TitleIndex, id: PaperId): Paper | undefined {
  const own = index.document(id);
  if (own !== undefined) return index.paper(own);
  return titles
    .perhapsNamed(id)
    .flatMap((document) => index.paper(document) ?? [])
    .filter((paper) => titlesOf(paper).some((title) => titlePaperId(title) === id))
    .reduce<Paper | undefined>((first, paper) => (first && first.id < paper.id ? first : paper), undefined);
}

/** Whether two states of a paper are known by the same addresses and DOIs. */
const sameIdentifiers = (a: Paper, b: Paper): boolean =>
  isDeepStrictEqual([a.id, a.doi, a.otherDois, a.urls], [b.id, b.doi, b.otherDois, b.urls]);

/** Changes to the papers, with all that they are found by kept in step. */
export interface Shelf {
  readonly put: (paper: Paper) => void;
  readonly drop: (id: PaperId) => void;
  /** How many papers were put or dropped. */
  readonly changes: () => number;
}

/** The way to change an index and the registers of its papers. */
export function createShelf(
  index: InvertedIndex,
  { titles, identifiers }: Registers,
  meanings: Meanings | undefined,
): Shelf {
  let changes = 0;
  return {
    changes: () => changes,
    put(paper) {
      changes++;
      const document = index.document(paper.id);
      const old = document === undefined ? undefined : index.paper(document);
      const [before, after] = [titlesOf(old), titlesOf(paper)];
      // Most changes are votes: the lists of common words are long, and a paper that is put again keeps its number.
      const sameTitles = before.length === after.length && before.every((title, i) => title === after[i]);
      const sameNames = old !== undefined && sameIdentifiers(old, paper);
      if (!sameTitles && document !== undefined) titles.remove(document, before);
      if (!sameNames && document !== undefined && old !== undefined) identifiers.remove(document, old);
      index.put(paper);
      const now = index.document(paper.id) ?? 0;
      if (!sameTitles) titles.put(now, after);
      if (!sameNames) identifiers.put(now, paper);
      meanings?.changed(now, old);
    },
    drop(id) {
      changes++;
      const document = index.document(id);
      const paper = document === undefined ? undefined : index.paper(document);
      if (document === undefined || paper === undefined) return;
      meanings?.removed(document);
      titles.remove(document, titlesOf(paper));
      identifiers.remove(document, paper);
      index.remove(id);
    },
  };
}
