import { lazily } from "../../lazily.ts";
import type { Catalogue } from "../../corpus/merging/catalogue.ts";
import type { Paper, PaperId } from "../../corpus/paper.ts";
import type { RemovedPaper, StoredLine } from "./stored-line.ts";

/** The papers that were removed and have not been taken in by hand since. */
export interface RemovedPapers {
  /** Notes what a line of the record says of them. */
  readonly note: (line: StoredLine) => void;
  /** Forgets all, since another file is read from its beginning. */
  readonly reset: () => void;
  /** The newest format that the record names. */
  readonly format: () => number;
  readonly get: (id: PaperId) => RemovedPaper | undefined;
  readonly all: () => readonly RemovedPaper[];
  /** The same as a catalogue, by which mentions of them are known; undefined where there are none. */
  readonly catalogue: () => Promise<Catalogue | undefined>;
}

/** A removed paper as one that says no more than what it is known by. */
export const asPaper = (removed: RemovedPaper): Paper => ({ ...removed, listedOn: [], origins: [] });

/** What the record keeps of a paper that is removed. */
export function removedOf({ id, title, otherTitles, doi, otherDois, urls }: Paper): RemovedPaper {
  return {
    id,
    title,
    ...(otherTitles === undefined ? {} : { otherTitles }),
    ...(doi === undefined ? {} : { doi }),
    ...(otherDois === undefined ? {} : { otherDois }),
    ...(urls === undefined ? {} : { urls }),
  };
}

/** None at first. */
export function createRemovedPapers(): RemovedPapers {
  const byId = new Map<PaperId, RemovedPaper>();
  const makeCatalogue = () =>
    lazily(async () => {
      if (byId.size === 0) return undefined;
      // Loaded when papers come: most starts of the program take in none.
      const { createCatalogue } = await import("../../corpus/merging/catalogue.ts");
      return createCatalogue(Array.from(byId.values(), asPaper));
    });
  let catalogue = makeCatalogue();
  let format = 1;
  return {
    format: () => format,
    reset() {
      byId.clear();
      catalogue = makeCatalogue();
      format = 1;
    },
    note(line) {
      if (line.kind === "format") format = Math.max(format, line.format);
      if (line.kind === "removed") byId.set(line.paper.id, line.paper);
      else if (line.kind === "readmitted") for (const id of line.ids) byId.delete(id);
      else return;
      catalogue = makeCatalogue();
    },
    get: (id) => byId.get(id),
    all: () => [...byId.values()],
    catalogue: () => catalogue(),
  };
}
