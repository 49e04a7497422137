import { quoteLine } from "../../corpus/problem.ts";
import type { FileLine } from "../files/lines.ts";
import { MAX_LINE_BYTES } from "../files/lines.ts";

/** What parts the cells of a row. */
export const DELIMITERS = [",", ";", "\t"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** A row with its first line, or what stood in the place of one. */
export type Row =
  | {
      readonly kind: "row";
      readonly cells: readonly string[];
      readonly line: number;
      readonly stray: boolean;
      /** The first of its lines whose bytes are not UTF-8. */
      readonly misread?: number;
    }
  | { readonly kind: "damaged"; readonly line: number; readonly expected: string; readonly found: string };

/** A cell that is longer is none: its quote was never closed. */
const MAX_ROW_LINES = 60;
const MAX_ROW_LENGTH = 200_000;

/** The cells of a row. */
interface Cells {
  readonly cells: readonly string[];
  /** Whether a cell that does not begin with a quotation mark has one without a partner: its beginning may be lost. */
  readonly stray: boolean;
}

const isOdd = (cell: string): boolean => cell.includes('"') && (cell.match(/"/g) ?? []).length % 2 === 1;

/** The cells of a text, that its last one is still open, or that a line's end is in none where it seems to be. A quote inside of a cell that does not begin with one is a letter. */
export function splitRow(text: string, delimiter: Delimiter): Cells | "open" | "astray" {
  const cells: string[] = [];
  let stray = false;
  for (let at = 0; at <= text.length;) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      const bare = text.slice(at, end < 0 ? text.length : end);
      stray ||= isOdd(bare);
      cells.push(bare);
      if (end < 0) return { cells, stray };
      at = end + 1;
      continue;
    }
    let cell = "";
    for (at++; ; at++) {
      const quote = text.indexOf('"', at);
      if (quote < 0) return "open";
      cell += text.slice(at, quote);
      at = quote + 1;
      if (text[at] !== '"') break;
      cell += '"';
    }
    const end = text.indexOf(delimiter, at);
    // What stands behind a closing quote belongs to the cell, save where another line's quote closed it.
    if (cell.includes("\n") && text.slice(at, end < 0 ? text.length : end).trim() !== "") return "astray";
    cells.push(cell + text.slice(at, end < 0 ? text.length : end));
    if (end < 0) return { cells, stray };
    at = end + 1;
  }
  return { cells, stray };
}

const tooLong = ({ number, bytes }: Extract<FileLine, { kind: "too-long" }>): Row => ({
  kind: "damaged",
  line: number,
  expected: `a line of at most ${MAX_LINE_BYTES} bytes`,
  found: `one of ${bytes}`,
});

type Line = Extract<FileLine, { kind: "line" }>;

/** A line whose quote never closes: it is told, and what follows is read from its next line on. */
const openRow = ({ number, text }: Line): Row => ({
  kind: "damaged",
  line: number,
  expected: "a closing quotation mark",
  found: quoteLine(text),
});

/** Rows under construction: lines of which the last cell is open. */
function createRows(delimiter: Delimiter): {
  readonly push: (line: Line) => Row[];
  readonly end: () => Row[];
} {
  let waiting: Line[] = [];
  let length = 0;
  /** Columns of the first row. A row over several lines has as many, or took in other rows. */
  let width: number | undefined;
  const reset = (): void => {
    waiting = [];
    length = 0;
  };
  /** Gives the first line up, and reads the others anew. */
  const giveUp = (): Row[] => {
    const [first, ...rest] = waiting;
    reset();
    return first === undefined ? [] : [openRow(first), ...rest.flatMap(push)];
  };
  const push = (line: Line): Row[] => {
    if (waiting.length === 0 && line.text.trim() === "") return [];
    // Only a quote can close what is open.
    const couldClose = waiting.length === 0 || line.text.includes('"');
    waiting.push(line);
    length += line.text.length;
    const read = couldClose ? splitRow(waiting.map(({ text }) => text).join("\n"), delimiter) : "open";
    if (read === "astray" || (waiting.length > 1 && read !== "open" && read.cells.length !== width))
      return giveUp();
    if (read !== "open") {
      width ??= read.cells.length;
      const [{ number } = line] = waiting;
      const misread = waiting.find((one) => one.misread === true)?.number;
      reset();
      return [{ kind: "row", ...read, line: number, ...(misread === undefined ? {} : { misread }) }];
    }
    return waiting.length > MAX_ROW_LINES || length > MAX_ROW_LENGTH ? giveUp() : [];
  };
  const end = (): Row[] => {
    const rows: Row[] = [];
    while (waiting.length > 0) rows.push(...giveUp());
    return rows;
  };
  return { push, end };
}

/** Takes lines apart into the rows of a table; holds one row at a time. */
export async function* readRows(lines: AsyncIterable<FileLine>, delimiter: Delimiter): AsyncGenerator<Row> {
  const rows = createRows(delimiter);
  for await (const line of lines) {
    if (line.kind === "line") yield* rows.push(line);
    else {
      yield* rows.end();
      yield tooLong(line);
    }
  }
  yield* rows.end();
}
