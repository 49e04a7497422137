import type { Paper } from "../../../corpus/paper.ts";
import type { Saved, Sections } from "../saved/sections.ts";
import { createDoubles, createNumbers } from "../terms/numbers.ts";
import type { PaperText } from "./line-text.ts";
import { textOfLine } from "./line-text.ts";
import { createTextLog } from "./text-log.ts";

/** Papers by document as they were put, whole. They lie as JSON in files and are read when they are asked for. */
export interface PaperStore {
  /** One more than the highest document in use. */
  readonly slots: () => number;
  readonly has: (document: number) => boolean;
  readonly get: (document: number) => Paper | undefined;
  /** The texts alone, for whoever reads many: they are not remembered. */
  readonly text: (document: number) => PaperText | undefined;
  readonly put: (document: number, paper: Paper) => void;
  readonly clear: (document: number) => void;
  /** All papers as they are now, to be written; they are read while they are written, whatever comes meanwhile. */
  readonly copy: () => PaperCopy;
}

/** The papers of one moment. */
interface PaperCopy {
  readonly sections: Sections;
  /** They were written, and can be read there from now on. */
  readonly written: (saved: Saved) => void;
}

/** Papers that were asked for last are asked for next: a question reads the same ones several times. */
const REMEMBERED = 50;

const LINE_END = "\n";

/** The papers asked for last. */
function createMemory() {
  let recent = new Map<number, Paper>();
  let before = new Map<number, Paper>();
  return {
    get(document: number): Paper | undefined {
      return recent.get(document) ?? before.get(document);
    },
    note(document: number, paper: Paper): void {
      if (recent.size >= REMEMBERED) [recent, before] = [new Map(), recent];
      recent.set(document, paper);
    },
    forget(document: number): void {
      recent.delete(document);
      before.delete(document);
    },
  };
}

/** The lines of papers by document. */
interface Lines {
  readonly slots: () => number;
  readonly has: (document: number) => boolean;
  readonly read: (document: number) => string | undefined;
  readonly put: (document: number, line: string) => void;
  readonly clear: (document: number) => void;
  readonly copy: () => PaperCopy;
}

/** Where lines of these sizes are among what was saved. */
function placesOf(sizes: Uint32Array): Float64Array {
  const places = new Float64Array(sizes.length);
  let at = 0;
  for (const [document, size] of sizes.entries()) {
    places[document] = -1 - at;
    at += size;
  }
  return places;
}

/** Where lines are: in the log, or at -1 - their place among what was saved; and their bytes, 0 where there is none. */
function openLines(saved: Saved, file: string | undefined): Lines {
  let base = saved;
  const log = createTextLog(file);
  const before = saved.words("papers.sizes");
  const [sizes, places] = [createNumbers(before), createDoubles(placesOf(before))];
  let slots = before.length;
  /** How many lines are in the log. */
  let logged = 0;
  const lineOf = (from: Saved, place: number, size: number): Buffer =>
    place < 0 ? from.piece("papers", -1 - place, size) : log.read(place, size);
  const clear = (document: number): void => {
    if (sizes.get(document) > 0 && places.get(document) >= 0) logged--;
    sizes.set(document, 0);
  };
  /** The lines that were copied were written one behind the other. */
  const moveTo = (now: Saved, copied: Uint32Array, from: Float64Array): void => {
    base = now;
    for (const [document, place] of placesOf(copied).entries()) {
      const known = places.get(document);
      if (sizes.get(document) === 0 || known !== from[document]) continue;
      places.set(document, place);
      if (known >= 0) logged--;
    }
    if (logged === 0) log.clear();
  };
  return {
    slots: () => slots,
    has: (document) => sizes.get(document) > 0,
    read(document) {
      const size = sizes.get(document);
      return size === 0 ? undefined : lineOf(base, places.get(document), size).toString("utf8");
    },
    put(document, text) {
      clear(document);
      const line = Buffer.from(text);
      sizes.set(document, line.length);
      places.set(document, log.append(line));
      logged++;
      slots = Math.max(slots, document + 1);
    },
    clear,
    copy() {
      const [from, copied, copiedPlaces] = [base, sizes.copy(slots), places.copy(slots)];
      const lines = function* (): Generator<Buffer> {
        for (const [document, size] of copied.entries())
          if (size > 0) yield lineOf(from, copiedPlaces[document] ?? 0, size);
      };
      return {
        sections: [
          ["papers", { [Symbol.iterator]: lines }],
          ["papers.sizes", copied],
        ],
        written: (now) => moveTo(now, copied, copiedPlaces),
      };
    },
  };
}

/** The papers that were saved. What comes then lies beside `file`; without one, in memory. */
export function createPaperStore(saved: Saved, file?: string): PaperStore {
  const { slots, has, read, put, clear, copy } = openLines(saved, file);
  const memory = createMemory();
  return {
    slots,
    has,
    get(document) {
      const known = memory.get(document);
      if (known !== undefined) return known;
      const line = read(document);
      if (line === undefined) return undefined;
      const paper = JSON.parse(line) as Paper;
      memory.note(document, paper);
      return paper;
    },
    text(document) {
      const known = memory.get(document);
      if (known !== undefined) return known;
      const line = read(document);
      return line === undefined ? undefined : textOfLine(line);
    },
    put(document, paper) {
      memory.forget(document);
      put(document, JSON.stringify(paper) + LINE_END);
    },
    clear(document) {
      memory.forget(document);
      clear(document);
    },
    copy,
  };
}
