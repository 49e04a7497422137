import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { parsePage } from "../../corpus/pages/parse-page.ts";
import type { Listing } from "../../corpus/paper.ts";
import type { Problem } from "../../corpus/problem.ts";
import type { FileItem } from "./file-item.ts";
import { checkListing } from "../believable.ts";
import type { ColumnMap } from "../csv/columns.ts";
import { readBibtex } from "../bibtex/read-bibtex.ts";
import { htmlTitle } from "../fetch/body.ts";
import { decodeText } from "../fetch/decode.ts";
import { MISREAD, textOfBytes, utf8Chunks } from "./encoding.ts";
import { parseHtmlPage } from "../huggingface/html-page.ts";
import { readJsonLines } from "../json/read-json.ts";
import { refusedKind } from "./refused.ts";
import type { StreamReader } from "./streamed-forms.ts";
import { parseFeedFile } from "./feed-file.ts";
import { streamReaderOf } from "./streamed-forms.ts";
import { gunzip, isGzip, peek, UnpackError } from "./unpack.ts";

/** Files that are read as a whole may be this large; JSON Lines and BibTeX are read piece by piece and may have any size. */
const MAX_WHOLE_BYTES = 64 * 1024 * 1024;

/** A file's form shows in its beginning. */
const HEAD_BYTES = 16 * 1024;

type Form = "json-lines" | "bibtex" | "html" | "feed" | "page";

/** What a file is that does not begin as its form does. */
const BY_ENDING: ReadonlyMap<string, Form> = new Map([
  [".jsonl", "json-lines"],
  [".ndjson", "json-lines"],
  [".html", "html"],
  [".htm", "html"],
]);

/** What a file is, by its beginning, and by its name where that says nothing. */
function formOf(head: string, name: string): Form {
  const start = head.replace(/^\uFEFF/, "").trimStart();
  if (start.startsWith("{")) return "json-lines";
  if (htmlTitle(start) !== undefined) return "html";
  if (/^(?:<\?xml[^>]*>\s*)?(?:<\?xml-stylesheet[^>]*>\s*)?<(?:rss|feed|rdf:RDF)[\s>]/i.test(start))
    return "feed";
  const ending = path.extname(name).toLowerCase();
  if (ending === ".bib" || /^@\s*[A-Za-z]+\s*[{(]/.test(start)) return "bibtex";
  // Such as a part of a snapshot that begins in the middle of a line.
  return (start === "" ? undefined : BY_ENDING.get(ending)) ?? "page";
}

/** What is read: a file, standard input, or what was packed in one of them. */
interface OpenFile {
  /** What problems call it. */
  readonly name: string;
  /** In bytes; absent where it is not known. */
  readonly size?: number;
  readonly savedAt: Date;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** What the columns of a table are told to mean. */
  readonly columns?: ColumnMap | undefined;
}

async function* readWhole(name: string, file: WholeFile): AsyncGenerator<FileItem> {
  const decoded = decodeText(file.bytes);
  if (decoded.kind === "undecodable" && !decoded.found.endsWith("UTF-8")) {
    yield {
      kind: "problem",
      problem: { file: name, expected: "text as it says it is", found: decoded.found },
    };
    return;
  }
  const { text } = decoded.kind === "text" ? decoded : textOfBytes(file.bytes);
  if (decoded.kind === "undecodable")
    yield { kind: "problem", problem: { file: name, ...MISREAD, kept: true } };
  const form = formOf(text.slice(0, HEAD_BYTES), name);
  if (form === "json-lines" || form === "bibtex") return;
  const { items, problems } = parseWhole(form, name, { text, savedAt: file.savedAt });
  for (const listing of items) yield { kind: "paper", listing };
  for (const problem of problems) yield { kind: "problem", problem };
}

/** What reads a file piece by piece; undefined for one that has to be read as a whole. */
function readerOf(head: string, name: string, columns?: ColumnMap): StreamReader | undefined {
  const streamed = streamReaderOf(head, name, columns);
  if (streamed !== undefined) return streamed;
  const form = formOf(head, name);
  if (form === "json-lines") return readJsonLines;
  return form === "bibtex" ? readBibtex : undefined;
}

interface WholeFile {
  readonly bytes: Buffer;
  readonly savedAt: Date;
}

function parseWhole(
  form: "html" | "feed" | "page",
  name: string,
  { text, savedAt }: { text: string; savedAt: Date },
): { items: readonly Listing[]; problems: readonly Problem[] } {
  switch (form) {
    case "html": {
      // The votes are those of the hour at which the page was saved.
      const { items, problems } = parseHtmlPage(text, { file: name, readAt: savedAt });
      return { items: items.map(({ listing }) => ({ ...listing, listedOn: name })), problems };
    }
    case "feed": {
      const { items, problems } = parseFeedFile(text, name);
      return { items: items.map(({ listing }) => ({ ...listing, listedOn: name })), problems };
    }
    case "page":
      return parsePage(name, text);
  }
}

/** The bytes of a file, counted as they are read. */
async function* countedBytes(file: string, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
    count(chunk.byteLength);
    yield chunk;
  }
}

/** All bytes; undefined where they are too many. */
async function wholeBytes(chunks: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  const all: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > MAX_WHOLE_BYTES) return undefined;
    all.push(chunk);
  }
  return Buffer.concat(all);
}

/** Reads what begins so; `inner` is its name without the ending of what it was packed in. */
async function* readBegun(file: OpenFile, head: Buffer, inner: string): AsyncGenerator<FileItem> {
  const { name, size, savedAt, chunks, columns } = file;
  const refuse = (expected: string, found: string): FileItem => ({
    kind: "problem",
    problem: { file: name, expected, found },
  });
  const refused = refusedKind(head, inner);
  const start = head.toString("utf8");
  const reader = readerOf(start, inner, columns);
  if (refused !== undefined) {
    yield refuse("a list of papers", `${refused.what}: ${refused.instead}`);
  } else if (reader !== undefined) {
    yield* reader(chunks, name);
  } else if (start.trim() !== "" || head.length >= HEAD_BYTES) {
    const bytes = (size ?? 0) > MAX_WHOLE_BYTES ? undefined : await wholeBytes(chunks);
    if (bytes !== undefined) yield* readWhole(name, { bytes, savedAt });
    else
      yield refuse(
        `a page of at most ${MAX_WHOLE_BYTES} bytes, or a list of papers`,
        size === undefined ? "a longer one" : `${size} bytes`,
      );
  }
}

async function* readOpen(file: OpenFile, inner: string): AsyncGenerator<FileItem> {
  const { head, chunks, close } = await peek(utf8Chunks(file.chunks), HEAD_BYTES);
  try {
    yield* readBegun({ ...file, chunks }, head, inner);
  } finally {
    await close();
  }
}

/** Reads what may be packed. */
async function* readPacked(file: OpenFile): AsyncGenerator<FileItem> {
  const { head, chunks, close } = await peek(file.chunks, 2);
  const { size: _packed, ...packed } = file;
  try {
    if (!isGzip(head)) yield* readOpen({ ...file, chunks }, file.name);
    else yield* readOpen({ ...packed, chunks: gunzip(chunks) }, file.name.replace(/\.gz$/i, ""));
  } catch (error) {
    if (!(error instanceof UnpackError)) throw error;
    yield {
      kind: "problem",
      problem: { file: file.name, expected: "a whole gzip file", found: error.message },
    };
  } finally {
    await close();
  }
}

/** How files are read. */
export interface ReadingOptions {
  readonly now?: () => Date;
  /** Called with the bytes read. */
  readonly count?: (bytes: number) => void;
  /** What the columns of tables are told to mean; all others are guessed. */
  readonly columns?: ColumnMap | undefined;
}

async function* readForm(
  file: string,
  name: string,
  { count = () => undefined, columns }: ReadingOptions,
): AsyncGenerator<FileItem> {
  const stats = await stat(file);
  if (stats.isFile()) {
    const chunks = countedBytes(file, count);
    yield* readPacked({ name, size: stats.size, savedAt: stats.mtime, chunks, columns });
    return;
  }
  // A device or a pipe might never end.
  const found = stats.isDirectory() ? "a folder" : "a device or pipe";
  yield { kind: "problem", problem: { file: name, expected: "a file", found } };
}

/**
 * When a file was written, now at the latest, is when its papers were read: it says no more today than it said then. Two
 * files that contradict each other would otherwise each be the later one every time they are read.
 */
async function writtenAt(file: string, now: Date): Promise<string> {
  const { mtime } = await stat(file);
  return (mtime < now ? mtime : now).toISOString();
}

/** Papers as they may be stored, with when they were read, and all that was said of them beside. */
async function* checkItems(
  items: AsyncIterable<FileItem>,
  { name, readAt, now }: { name: string; readAt: string; now: () => Date },
): AsyncGenerator<FileItem> {
  for await (const item of items) {
    if (item.kind !== "paper") {
      yield item;
      continue;
    }
    const { line } = item;
    const place = line === undefined ? { file: name } : { file: name, line };
    const { listing, problems } = checkListing(item.listing, place, now());
    yield { kind: "paper", listing: { ...listing, readAt } };
    for (const problem of [...problems, ...(item.problems ?? [])]) yield { kind: "problem", problem };
    for (const field of item.unknown ?? []) yield { kind: "field", name: field };
  }
}

const unreadable = (file: string, error: unknown): FileItem => ({
  kind: "problem",
  problem: {
    file,
    expected: "a file that can be read",
    found: error instanceof Error ? error.message : String(error),
  },
});

/**
 * Reads a file of papers, in any of the forms that docs/papers.md names, told apart by their beginning, and unpacks gzip.
 * Problems carry the file's name and line; a file that cannot be read at all is one problem, and a date in the future is
 * taken out and told. Never throws.
 */
export async function* readPapersFile(file: string, options: ReadingOptions = {}): AsyncGenerator<FileItem> {
  const { now = () => new Date() } = options;
  const name = path.basename(file);
  try {
    const readAt = await writtenAt(file, now());
    yield* checkItems(readForm(file, name, options), { name, readAt, now });
  } catch (error) {
    yield unreadable(file, error);
  }
}

/** What standard input is called. */
export const STANDARD_INPUT = "standard input";

/** Reads papers out of a stream, as `readPapersFile` does of a file. */
export async function* readPapersStream(
  chunks: AsyncIterable<Uint8Array>,
  { now = () => new Date(), columns }: ReadingOptions = {},
): AsyncGenerator<FileItem> {
  const name = STANDARD_INPUT;
  const savedAt = now();
  try {
    yield* checkItems(readPacked({ name, savedAt, chunks, columns }), {
      name,
      readAt: savedAt.toISOString(),
      now,
    });
  } catch (error) {
    yield unreadable(name, error);
  }
}
