import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { arxivIdOf } from "../../../src/corpus/identifiers/paper-id.ts";
import type { Problem } from "../../../src/corpus/problem.ts";
import { quoteLine } from "../../../src/corpus/problem.ts";
import { parseReference } from "../../../src/corpus/identifiers/reference.ts";
import { utf8Chunks } from "../../../src/sources/files/encoding.ts";
import { INPUT, listFiles, nothing } from "../../../src/sources/files/files-source.ts";
import { STANDARD_INPUT } from "../../../src/sources/files/read-file.ts";
import { gunzip, isGzip, peek } from "../../../src/sources/files/unpack.ts";
import type { Selection } from "../../../src/sources/selection.ts";
import type { SourceItem } from "../../../src/sources/source.ts";
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

/** The text of bytes, packed or not, that may be a list of ids; undefined where they are something else. */
async function listIn(chunks: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const { head, chunks: all } = await peek(chunks, 2);
  const whole = await peek(utf8Chunks(isGzip(head) ? gunzip(all) : all), MAX_BYTES + 1);
  await whole.close();
  if (whole.head.length > MAX_BYTES) return undefined;
  const text = whole.head.toString("utf8");
  const [first] = linesOf(text);
  return first !== undefined && selectionOf(first.text) !== undefined ? text : undefined;
}

/** A list of ids that a file is; undefined where it is another kind of file, or cannot be read. */
async function readList(file: string): Promise<IdList | undefined> {
  try {
    const stats = await stat(file);
    if (!stats.isFile() || stats.size > MAX_BYTES) return undefined;
    const text = await listIn(createReadStream(file));
    return text === undefined ? undefined : { name: path.basename(file), place: file, text };
  } catch {
    // Who reads it as a file of papers says why.
    return undefined;
  }
}

/** A list of ids: what problems call it, and where it lies. */
interface IdList {
  readonly name: string;
  readonly place: string;
  readonly text: string;
}

/** The lists in a folder: text files of which the first line names a paper. */
async function listsInFolder(folder: string): Promise<readonly IdList[]> {
  const { files, folder: name } = await listFiles(folder);
  if (name === undefined) return [];
  const lists: IdList[] = [];
  for (const file of files) {
    const list = /\.txt(?:\.gz)?$/i.test(file) ? await readList(file) : undefined;
    if (list !== undefined) lists.push(list);
  }
  return lists;
}

type Input = AsyncIterable<Uint8Array>;

async function* once(bytes: Buffer, rest: Input): AsyncGenerator<Uint8Array> {
  yield bytes;
  yield* rest;
}

/** The list of ids that standard input is, and else all of what it gives. */
async function readInput(input: Input): Promise<{ readonly list?: IdList; readonly input: Input }> {
  const { head, chunks } = await peek(input, MAX_BYTES + 1);
  const text =
    head.length > MAX_BYTES ? undefined : await listIn(once(head, nothing())).catch(() => undefined);
  if (text === undefined) return { input: chunks };
  return { list: { name: STANDARD_INPUT, place: INPUT, text }, input: nothing() };
}

/** Files of which some were lists of ids. */
export interface WithoutLists {
  readonly files: readonly string[];
  /** Lists in folders, which are not to be read with the others there. */
  readonly inFolders: ReadonlySet<string>;
  /** What standard input still gives. */
  readonly input: Input;
  /** The papers that the lists name. */
  readonly selections: readonly Selection[];
  /** Lines that name no paper that a service can be asked for. */
  readonly problems: readonly Problem[];
}

/** Takes what is a list of ids or links, one a line, out of files, folders and standard input. The first line says what a file is. */
export async function readIdLists(places: readonly string[], stdin: Input): Promise<WithoutLists> {
  const piped = places.includes(INPUT) ? await readInput(stdin) : { input: stdin };
  const named: IdList[] = "list" in piped && piped.list !== undefined ? [piped.list] : [];
  const inFolders: IdList[] = [];
  for (const place of places.filter((one) => one !== INPUT)) {
    const list = await readList(place);
    if (list === undefined) inFolders.push(...(await listsInFolder(place)));
    else named.push(list);
  }
  const lines = [...named, ...inFolders].flatMap(({ name, text }) =>
    linesOf(text).map((one) => ({ ...one, file: name, selection: selectionOf(one.text) })),
  );
  const taken = new Set(named.map(({ place }) => place));
  return {
    files: places.filter((place) => !taken.has(place)),
    inFolders: new Set(inFolders.map(({ place }) => place)),
    input: piped.input,
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
