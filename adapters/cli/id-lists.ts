import { open, stat } from "node:fs/promises";
import path from "node:path";
import { arxivIdOf } from "../../src/corpus/paper-id.ts";
import type { Problem } from "../../src/corpus/problem.ts";
import { quoteLine } from "../../src/corpus/problem.ts";
import { parseReference } from "../../src/corpus/reference.ts";
import type { Selection } from "../../src/sources/selection.ts";
import type { SourceItem } from "../../src/sources/source.ts";
import { parseSelection } from "./selection-names.ts";

/** A list of 20,000 links; what is longer is another kind of file. */
const MAX_BYTES = 1024 * 1024;

/** The paper that a line names: an id, a DOI or a link; undefined for other text. */
function selectionOf(line: string): Selection | undefined {
  const named = parseSelection(line);
  if (named !== undefined) return named.kind === "paper" || named.kind === "looked-up" ? named : undefined;
  const reference = parseReference(line);
  if (reference?.kind === "doi") return { kind: "looked-up", service: "crossref", id: reference.doi };
  const id = reference?.kind === "paper" ? arxivIdOf(reference.id) : undefined;
  return id === undefined ? undefined : { kind: "paper", id };
}

/** The lines that say something, without what stands behind `#` and the mark of a list, each with its number. */
const linesOf = (text: string): { readonly text: string; readonly line: number }[] =>
  text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((one, i) => ({
      text: one
        .replace(/(?:^|\s)#.*$/, "")
        .replace(/^\s*[-*•]\s+/, "")
        .trim(),
      line: i + 1,
    }))
    .filter((one) => one.text !== "");

/** The text of a file that may be a list of ids; undefined where it is another kind of file, or cannot be read. */
async function readList(file: string): Promise<string | undefined> {
  try {
    const stats = await stat(file);
    if (!stats.isFile() || stats.size > MAX_BYTES) return undefined;
    const handle = await open(file);
    try {
      const text = await handle.readFile("utf8");
      const [first] = linesOf(text);
      return first !== undefined && selectionOf(first.text) !== undefined ? text : undefined;
    } finally {
      await handle.close();
    }
  } catch {
    // Who reads it as a file of papers says why.
    return undefined;
  }
}

/** Files of which some were lists of ids. */
export interface WithoutLists {
  readonly files: readonly string[];
  /** The papers that the lists name. */
  readonly selections: readonly Selection[];
  /** Lines that name no paper that a service can be asked for. */
  readonly problems: readonly Problem[];
}

/** Takes the files that are lists of ids or links, one a line, out of all files. The first line says what a file is. */
export async function readIdLists(files: readonly string[]): Promise<WithoutLists> {
  const read = await Promise.all(
    files.map(async (file) => ({ file, text: file === "-" ? undefined : await readList(file) })),
  );
  const lines = read.flatMap(({ file, text }) =>
    linesOf(text ?? "").map((one) => ({
      ...one,
      file: path.basename(file),
      selection: selectionOf(one.text),
    })),
  );
  return {
    files: read.flatMap(({ file, text }) => (text === undefined ? [file] : [])),
    selections: lines.flatMap(({ selection }) => selection ?? []),
    problems: lines.flatMap(({ file, line, text, selection }) =>
      selection === undefined
        ? [
            {
              file,
              line,
              expected: "an id of arXiv, a DOI, or a link with one of them",
              found: quoteLine(text),
            },
          ]
        : [],
    ),
  };
}

/** Problems, and then what was selected. */
export async function* withProblems(
  problems: readonly Problem[],
  selected: AsyncIterable<SourceItem>,
): AsyncGenerator<SourceItem> {
  for (const problem of problems) yield { kind: "problem", problem };
  yield* selected;
}
