import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import { listingOf } from "../citation/citation.ts";
import { MISREAD } from "../files/encoding.ts";
import type { FileItem } from "../files/file-item.ts";
import { readLines } from "../files/lines.ts";
import type { ColumnMap, Columns } from "./columns.ts";
import { readCells, readColumns } from "./columns.ts";
import type { Delimiter, Row } from "./rows.ts";
import { DELIMITERS, readRows, splitRow } from "./rows.ts";

/** How a table is read. */
export interface TableStyle {
  readonly delimiter: Delimiter;
  /** What columns are told to mean; all others are guessed. */
  readonly columns?: ColumnMap;
}

type CellRow = Extract<Row, { kind: "row" }>;

/** What of a row is not as it should be, although it is read: its bytes, or the number of its cells. */
function damageOf({ cells, line, misread, stray }: CellRow, width: number, file: string): Problem[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== "");
  // Cells that are empty at the end say nothing.
  const fits = cells.length <= width ? cells.length === width : last < width;
  const tell = (expected: string, found: string, at = line): Problem => ({
    file,
    line: at,
    expected,
    found,
    kept: true,
  });
  return [
    ...(misread === undefined ? [] : [tell(MISREAD.expected, MISREAD.found, misread)]),
    ...(fits ? [] : [tell(`a row of ${width} cells`, `one of ${cells.length}`)]),
    ...(stray ? [tell("a cell that begins with a quotation mark", "one that has a single mark inside")] : []),
  ];
}

function readRow(row: CellRow, { columns, width }: Header, file: string): FileItem[] {
  const { cells, line } = row;
  const read = listingOf(readCells(cells, columns), { file, line });
  const damage = damageOf(row, width, file);
  if (!("listing" in read)) {
    const problem = { ...read, expected: "a row with a title", found: quoteLine(cells.join(" ").trim()) };
    return [{ kind: "problem", problem }];
  }
  const unknown = columns.unknown.flatMap(([index, name]) =>
    (cells[index] ?? "").trim() === "" ? [] : [name],
  );
  const problems = [...damage, ...read.problems];
  return [{ kind: "paper", line, unknown, listing: read.listing, problems }];
}

/** The first row. */
interface Header {
  readonly columns: Columns;
  readonly width: number;
  readonly cells: string;
}

/** The header has no column for titles: nothing can be read. */
function headerProblem(header: readonly string[], place: Pick<Problem, "file" | "line">): FileItem {
  const expected =
    'a first row with the names of the columns, one of them “title”, or which it is, such as --map "title=Name"';
  return { kind: "problem", problem: { ...place, expected, found: quoteLine(header.join(", ")) } };
}

/** Reads a table of papers, one a row, whose first row names the columns. A damaged row is told with its line. */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
  { delimiter, columns: told }: TableStyle,
): AsyncGenerator<FileItem> {
  let header: Header | undefined;
  for await (const row of readRows(readLines(chunks), delimiter)) {
    if (row.kind === "damaged") {
      const { line, expected, found } = row;
      yield { kind: "problem", problem: { file, line, expected, found } };
    } else if (header === undefined && isSeparatorLine(row.cells)) {
      continue;
    } else if (header !== undefined) {
      // Where a table was added to another, its first row stands among the others.
      if (row.cells.join("\n") !== header.cells) yield* readRow(row, header, file);
    } else {
      const columns = readColumns(row.cells, told);
      header = { columns, width: row.cells.length, cells: row.cells.join("\n") };
      if (columns.of.has("title")) continue;
      yield headerProblem(row.cells, { file, line: row.line });
      return;
    }
  }
}

/** `sep=;`, by which Excel is told what parts cells. */
const SEPARATOR = /^\uFEFF?"?sep=(.)?"?$/i;
const isSeparatorLine = (cells: readonly string[]): boolean =>
  SEPARATOR.test(cells[0] ?? "") && cells.slice(1).every((cell) => cell === "");

function cellsOf(header: string, delimiter: Delimiter): readonly string[] {
  const read = splitRow(header, delimiter);
  return typeof read === "string" ? [] : read.cells;
}

/** What parts the cells of a first row: that which gives the most columns. */
function delimiterOf(header: string): Delimiter {
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, cells: cellsOf(header, delimiter) }));
  const [best] = counted.toSorted((a, b) => b.cells.length - a.cells.length);
  return best?.delimiter ?? ",";
}

/** How a table with this beginning is written; undefined where its first row has no known column for titles and another one. */
export function tableStyleOf(start: string, name: string, columns?: ColumnMap): TableStyle | undefined {
  const [first = "", second = ""] = start.split(/\r?\n/, 2);
  const header = isSeparatorLine(first.split(/[,;\t]/)) ? second : first;
  const delimiter = delimiterOf(header);
  const style = columns === undefined ? { delimiter } : { delimiter, columns };
  if (/\.(?:csv|tsv|tab)(?:\.gz)?$/i.test(name)) return style;
  const known = readColumns(cellsOf(header, delimiter), columns).of;
  return known.has("title") && known.size >= 2 && header.length < 4000 ? style : undefined;
}
