import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import type { FileItem } from "./file-item.ts";
import { checkListing } from "../believable.ts";
import type { ColumnMap } from "../csv/columns.ts";
import { utf8Chunks } from "./encoding.ts";
import { refusedKind } from "./refused.ts";
import { streamReaderOf } from "./streamed-forms.ts";
import { gunzip, isGzip, peek, UnpackError } from "./unpack.ts";
import { MAX_WHOLE_BYTES, readWholeFile, wholeBytes } from "./whole-file.ts";

/** A file's form shows in its beginning. */
const HEAD_BYTES = 16 * 1024;
/** Bytes that are read at once: four times what is usual takes half the time, and more is no faster. */
export const CHUNK_BYTES = 256 * 1024;

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

/** The bytes of a file, counted as they are read. */
async function* countedBytes(file: string, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(file, {
    highWaterMark: CHUNK_BYTES,
  }) as AsyncIterable<Uint8Array>) {
    count(chunk.byteLength);
    yield chunk;
  }
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
  const reader = streamReaderOf(start, inner, columns);
  if (refused !== undefined) {
    yield refuse("a list of papers", `${refused.what}: ${refused.instead}`);
  } else if (reader !== undefined) {
    yield* reader(chunks, name);
  } else if (start.trim() !== "" || head.length >= HEAD_BYTES) {
    const bytes = (size ?? 0) > MAX_WHOLE_BYTES ? undefined : await wholeBytes(chunks);
    if (bytes !== undefined) yield* readWholeFile(name, { bytes, savedAt });
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
