import type { Counts, FileRead } from "../source.ts";
import type { FileItem } from "./file-item.ts";

/** A file may have any number of names of fields; so many are kept. */
const KEPT = 100;
const OTHERS = "others";

/** Counts names; its memory stays flat. */
function createCounts(): { readonly add: (name: string) => void; readonly counts: () => Counts } {
  const counts = new Map<string, number>();
  return {
    add(name) {
      const kept = counts.has(name) || counts.size < KEPT ? name : OTHERS;
      counts.set(kept, (counts.get(kept) ?? 0) + 1);
    },
    counts: () => counts,
  };
}

/** Counts what a file gives, item by item. */
export interface FileCounts {
  readonly add: (item: FileItem) => void;
  readonly read: () => FileRead;
}

/** Counts of a file of which nothing was read yet. */
export function createFileCounts(name: string): FileCounts {
  const left = createCounts();
  const fields = createCounts();
  let [papers, partly] = [0, 0];
  return {
    add(item) {
      switch (item.kind) {
        case "paper":
          papers++;
          break;
        case "problem":
          if (item.problem.kept === true) partly++;
          // What is quoted of the file differs every time.
          else left.add(item.problem.expected.replace(/ (?:in|of|for) (?:[a-z ]*)“[^”]*”/g, ""));
          break;
        case "field":
          fields.add(item.name);
          break;
      }
    },
    read: () => ({ name, papers, left: left.counts(), partly, fields: fields.counts() }),
  };
}
