import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import path from "node:path";
import { isMissing } from "../../files/atomic-file.ts";
import { withinLengths } from "../../corpus/long-texts.ts";
import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import { requireFile } from "../../files/file-kind.ts";
import { readPieces } from "../../files/read-pieces.ts";
import { UserError } from "../../user-error.ts";
import { MARKS, parseStored, refuseNewer, renderStored } from "./stored-line.ts";
import type { StoredLine } from "./stored-line.ts";

/**
 * The papers that were taken in besides the bundled pages: one JSON object a line, as they were read, already
 * readable, each with where and when it was read; and those that were removed (stored-line.ts). This file is the record;
 * the index is made from it and can be thrown away. It only grows, by whole lines at its end: a last line without its end
 * was never stored, unless somebody wrote it. Where it is compacted, a new file takes its place (compaction.ts).
 */
const FILE = "papers.jsonl";
const LINE_END = 10;

/** Read and added to a hash before other work gets its turn: less than a millisecond. */
const PART_BYTES = 256 * 1024;

/** Read and parsed before other work gets its turn: some 2 ms. */
const PARSED_BYTES = 64 * 1024;

/** Where the stored papers of a state folder lie; their lock is named after it. */
export const storedFile = (folder: string): string => path.join(folder, FILE);

/** Earlier versions cut abstracts and put their mark behind. */
export const MARK_LENGTH = 1;

/** Some whole lines of the stored papers. */
export interface StoredPart {
  /** What can be read, in its order. */
  readonly items: readonly StoredLine[];
  readonly problems: readonly Problem[];
  /** The lines themselves; empty for a last line that lacks its end. */
  readonly bytes: Buffer;
}

/** What an operator can do where the disk does not give the papers; every other error as it is. */
function explainReading(error: unknown, file: string): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  return new UserError(
    `${file} cannot be read: ${error.message}. Let the user who runs Paperboy read it, or set PAPERBOY_STATE to another folder.`,
  );
}

/** Opens the stored papers for reading; undefined where there are none. Throws a UserError where they cannot be read. */
export async function openStored(folder: string): Promise<FileHandle | undefined> {
  const file = storedFile(folder);
  await requireFile(file);
  return open(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw explainReading(error, file);
  });
}

/** Which file of all that the disk ever had under this name, and how much it holds. */
export interface StoredExtent {
  readonly bytes: number;
  /** Absent where there is none. */
  readonly file?: number;
  /** The name of a file that was compacted: its number on the disk may be that of an earlier one. */
  readonly generation?: string;
}

/** A line that names a file is shorter. */
const FIRST_BYTES = 256;

/** The extent of an open file. */
export async function extentOf(handle: FileHandle): Promise<StoredExtent> {
  const { size, ino } = await handle.stat();
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
  const text = buffer.toString("utf8", 0, bytesRead);
  const first = text.startsWith(MARKS[2]) ? parseStored(text.split("\n")[0] ?? "") : undefined;
  const named = first?.kind === "format" && first.generation !== undefined;
  return { bytes: size, file: ino, ...(named ? { generation: first.generation } : {}) };
}

/**
 * What the disk says of an open file: which it is, how long, and when it was changed last. Whoever writes it changes that, also
 * where somebody sets the time of its content.
 */
export async function stampOf(handle: FileHandle): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await handle.stat({ bigint: true });
  return [ino, size, mtimeNs, ctimeNs].join(" ");
}

/** How much is stored, and the stamp of that; no stamp where nothing is. */
export async function storedStamp(folder: string): Promise<{ bytes: number; stamp: string } | undefined> {
  const handle = await openStored(folder);
  try {
    return handle === undefined
      ? undefined
      : { bytes: (await handle.stat()).size, stamp: await stampOf(handle) };
  } finally {
    await handle?.close();
  }
}

/** How much is stored. */
export async function storedExtent(folder: string): Promise<StoredExtent> {
  const handle = await openStored(folder);
  try {
    return handle === undefined ? { bytes: 0 } : await extentOf(handle);
  } finally {
    await handle?.close();
  }
}

/** Hands the first `end` bytes to `use`, in pieces; fewer where fewer are stored. Gives the extent of the very file. */
export async function eachStoredByte(
  folder: string,
  end: number,
  use: (bytes: Buffer) => void,
): Promise<StoredExtent> {
  const handle = await openStored(folder);
  try {
    if (handle === undefined) return { bytes: 0 };
    for await (const piece of readPieces(handle, { start: 0, end }, PART_BYTES)) use(piece);
    return await extentOf(handle);
  } finally {
    await handle?.close();
  }
}

/**
 * The newest format that the stored papers of a folder name; 1 where they name none. Throws a UserError where a newer
 * version wrote them.
 */
export async function recordFormat(folder: string): Promise<number> {
  let format = 1;
  const pick = pickMarked((line) => {
    refuseNewer(line, storedFile(folder));
    if (line.kind === "format") format = Math.max(format, line.format);
  });
  await eachStoredByte(folder, Infinity, pick);
  return format;
}

/** Where lines begin that are no listings, in some whole lines. */
function markedStarts(lines: Buffer): number[] {
  const starts = MARKS.flatMap((mark) => {
    const found = lines.subarray(0, mark.length).equals(Buffer.from(mark)) ? [0] : [];
    for (let i = lines.indexOf(`\n${mark}`); i >= 0; i = lines.indexOf(`\n${mark}`, i + 1)) found.push(i + 1);
    return found;
  });
  return starts.toSorted((a, b) => a - b);
}

/** Picks the lines that are no listings out of bytes that come in pieces, and hands them to `use` in their order. */
export function pickMarked(use: (line: StoredLine) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const end = all.lastIndexOf(LINE_END) + 1;
    for (const start of markedStarts(all.subarray(0, end))) {
      const line = parseStored(all.toString("utf8", start, all.indexOf(LINE_END, start)));
      if (line !== undefined && line.kind !== "listing") use(line);
    }
    // The pieces are read into the same memory.
    rest = Buffer.from(all.subarray(end));
  };
}

function parseLines(bytes: Buffer, place: { file: string; line?: number }): StoredPart {
  const items: StoredLine[] = [];
  const problems: Problem[] = [];
  const { file, line: first } = place;
  bytes
    .toString("utf8")
    .split("\n")
    .forEach((line, i) => {
      if (line === "") return;
      const stored = parseStored(line);
      const where = first === undefined ? { file } : { file, line: first + i };
      if (stored === undefined)
        problems.push({ ...where, expected: "a paper this program stored", found: quoteLine(line) });
      else if (stored.kind === "listing") {
        const checked = withinLengths(stored.listing, where, MARK_LENGTH);
        items.push({ kind: "listing", listing: checked.listing });
        problems.push(...checked.problems);
      } else {
        refuseNewer(stored, file);
        items.push(stored);
      }
    });
  return { items, problems, bytes };
}

const countLines = (bytes: Buffer): number =>
  bytes.reduce((sum, byte) => sum + (byte === LINE_END ? 1 : 0), 0);

/**
 * What is stored in an open file after the first `from` bytes, which must end a line, some lines at a time. A last line
 * without its end gives its paper, if it is one, and no bytes: it may be on its way. Throws a UserError where a newer
 * version wrote it.
 */
export async function* readStored(handle: FileHandle, file: string, from = 0): AsyncGenerator<StoredPart> {
  let rest: Buffer = Buffer.alloc(0);
  let line = from === 0 ? 1 : undefined;
  const { size } = await handle.stat();
  for await (const piece of readPieces(handle, { start: from, end: size }, PARSED_BYTES)) {
    const bytes = Buffer.concat([rest, piece]);
    const end = bytes.lastIndexOf(LINE_END) + 1;
    rest = bytes.subarray(end);
    if (end === 0) continue;
    const lines = bytes.subarray(0, end);
    yield parseLines(lines, line === undefined ? { file } : { file, line });
    if (line !== undefined) line += countLines(lines);
  }
  if (parseStored(rest.toString("utf8")) === undefined) return;
  yield { ...parseLines(rest, line === undefined ? { file } : { file, line }), bytes: Buffer.alloc(0) };
}

/** Where the last whole line ends. */
export async function lastLineEnd(handle: FileHandle): Promise<number> {
  let { size: end } = await handle.stat();
  while (end > 0) {
    const start = Math.max(0, end - PART_BYTES);
    const piece = Buffer.alloc(end - start);
    await handle.read(piece, 0, piece.length, start);
    const at = piece.lastIndexOf(LINE_END);
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}

/** Ends the last line where it lacks its end, or cuts it off where it is no paper: a crash left it. */
async function mendEnd(handle: FileHandle): Promise<Stored> {
  const from = await lastLineEnd(handle);
  const rest = Buffer.alloc((await handle.stat()).size - from);
  await handle.read(rest, 0, rest.length, from);
  if (rest.length === 0) return { bytes: rest };
  const line = rest.toString("utf8");
  if (parseStored(line) === undefined) {
    await handle.truncate(from);
    return { bytes: Buffer.alloc(0), cut: line };
  }
  await handle.appendFile("\n");
  return { bytes: Buffer.concat([rest, Buffer.from([LINE_END])]) };
}

/** What storing did. */
export interface Stored {
  /** What follows the whole lines that there were. */
  readonly bytes: Buffer;
  /** A last line that was no paper and lacked its end; it is no more. */
  readonly cut?: string;
}

/** Adds lines and forces them to disk. Call it under the lock. What only takes away leaves the file's time as it is. */
export async function storeLines(folder: string, added: readonly StoredLine[]): Promise<Stored> {
  const handle = await open(storedFile(folder), "a+", 0o600);
  try {
    const { atime, mtime } = await handle.stat();
    const mended = await mendEnd(handle);
    const lines = Buffer.from(added.map(renderStored).join(""));
    await handle.appendFile(lines);
    if (!added.some(({ kind }) => kind === "listing")) await handle.utimes(atime, mtime);
    await handle.datasync();
    return { ...mended, bytes: Buffer.concat([mended.bytes, lines]) };
  } finally {
    await handle.close();
  }
}
