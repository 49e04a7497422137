import type { FileRead } from "../../sources/source.ts";
import type { Outcome } from "./report.ts";

/** What became of the papers of a file, with all else that it gave. */
export interface FileReport extends FileRead {
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

/** Tells the outcomes of papers apart by their files: outcomes come later than papers, some at a time, in the same order. */
export interface FileReports {
  /** What became of the next papers. */
  readonly credit: (outcomes: readonly Outcome[]) => void;
  /** A file was read to its end. */
  readonly end: (file: FileRead) => void;
  readonly reports: () => readonly FileReport[];
}

interface Counted {
  file?: FileRead;
  readonly outcomes: Record<Outcome, number>;
  papers: number;
}

const nothing = (): Counted => ({ outcomes: { added: 0, improved: 0, unchanged: 0 }, papers: 0 });

/** Reports of no files; its memory grows with their number only. */
export function createFileReports(): FileReports {
  const ended: Counted[] = [];
  let open = nothing();
  /** The first file that ended and whose papers have not all come. */
  let next = 0;
  const owner = (): Counted => {
    for (; next < ended.length; next++) {
      const one = ended[next];
      if (one !== undefined && one.papers < (one.file?.papers ?? 0)) return one;
    }
    return open;
  };
  return {
    credit(outcomes) {
      for (const outcome of outcomes) {
        const one = owner();
        one.outcomes[outcome]++;
        one.papers++;
      }
    },
    end(file) {
      ended.push({ ...open, file });
      open = nothing();
    },
    reports: () => ended.flatMap(({ file, outcomes }) => (file === undefined ? [] : [{ ...file, outcomes }])),
  };
}
