import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import { listingOf } from "../citation/citation.ts";
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

function readRow({ cells, line }: Extract<Row, { kind: "row" }>, columns: Columns, file: string): FileItem {
  const read = listingOf(readCells(cells, columns), { file, line });
  if (!("listing" in read))
    return {
      kind: "problem",
      problem: { ...read, expected: "a row with a title", found: quoteLine(cells.join(" ").trim()) },
    };
  const unknown = columns.unknown.flatMap(([index, name]) =>
    (cells[index] ?? "").trim() === "" ? [] : [name],
  );
  return { kind: "paper", line, unknown, ...read };
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
  let columns: Columns | undefined;
  for await (const row of readRows(readLines(chunks), delimiter)) {
    if (row.kind === "damaged") {
      const { line, expected, found } = row;
      yield { kind: "problem", problem: { file, line, expected, found } };
    } else if (columns !== undefined) {
      yield readRow(row, columns, file);
    } else {
      columns = readColumns(row.cells, told);
      if (columns.of.has("title")) continue;
      yield headerProblem(row.cells, { file, line: row.line });
      return;
    }
  }
}

/** What parts the cells of a first row: that which gives the most columns. */
function delimiterOf(header: string): Delimiter {
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, cells: splitRow(header, delimiter) }));
  const [best] = counted.toSorted((a, b) => b.cells.length - a.cells.length);
  return best?.delimiter ?? ",";
}

/** How a table with this beginning is written; undefined where its first row has no known column for titles and another one. */
export function tableStyleOf(start: string, name: string, columns?: ColumnMap): TableStyle | undefined {
  const [header = ""] = start.split(/\r?\n/, 1);
  const delimiter = delimiterOf(header);
  const style = columns === undefined ? { delimiter } : { delimiter, columns };
  if (/\.(?:csv|tsv|tab)(?:\.gz)?$/i.test(name)) return style;
  const cells = splitRow(header, delimiter);
  const known = typeof cells === "string" ? undefined : readColumns(cells, columns).of;
  return known?.has("title") === true && known.size >= 2 && header.length < 4000 ? style : undefined;
}
