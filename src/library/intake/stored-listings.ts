import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import path from "node:path";
import { isMissing } from "../../files/atomic-file.ts";
import { countOf, isObject, nestsTooDeep } from "../../corpus/merging/fields.ts";
import { withinLengths } from "../../corpus/long-texts.ts";
import { parseArxivId } from "../../corpus/identifiers/paper-id.ts";
import { SOURCE_KINDS, STATUS_KINDS } from "../../corpus/paper.ts";
import { isWorkType, PUBLICATION_TEXTS } from "../../corpus/publication.ts";
import type { Listing } from "../../corpus/paper.ts";
import { parsePartialDate } from "../../corpus/partial-date.ts";
import type { Parsed, Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import { requireFile } from "../../files/file-kind.ts";
import { readPieces } from "../../files/read-pieces.ts";
import { UserError } from "../../user-error.ts";

/**
 * The papers that were taken in besides the bundled pages: one JSON object a line, as they were read, already
 * readable, each with where and when it was read. This file is the record; the index is made from it and can be thrown
 * away. It only grows, by whole lines at its end: a last line without its end was never stored, unless somebody wrote it.
 */
const FILE = "papers.jsonl";
const LINE_END = 10;

/** Read and added to a hash before other work gets its turn: less than a millisecond. */
const PART_BYTES = 256 * 1024;

/** Read and parsed before other work gets its turn: some 2 ms. */
const PARSED_BYTES = 64 * 1024;

/** Where the stored papers of a state folder lie; their lock is named after it. */
export const storedFile = (folder: string): string => path.join(folder, FILE);

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isInstant: Check = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));
const isCount: Check = (value) => countOf(value) !== undefined;
const areTexts: Check = (value) => Array.isArray(value) && value.every(isText);

const isNameParts: Check = (value) => isObject(value) && Object.values(value).every(isText);
const areNamed: Check = (value) =>
  isObject(value) &&
  value["kind"] === "named" &&
  areTexts(value["names"]) &&
  (value["parts"] === undefined || (Array.isArray(value["parts"]) && value["parts"].every(isNameParts)));

function textForms<Field extends string>(fields: readonly Field[]): Record<Field, Check> {
  return Object.fromEntries(fields.map((field) => [field, isText])) as Record<Field, Check>;
}

/** The form of each field; a line that was damaged or written by hand may have any, and none may stop the program. */
const FORMS: Readonly<Record<keyof Listing, Check>> = {
  title: isText,
  listedOn: isText,
  arxivId: (value) => typeof value === "string" && parseArxivId(value) === value,
  abstract: isText,
  date: (value) => typeof value === "string" && parsePartialDate(value) !== undefined,
  authors: (value) =>
    areNamed(value) || (isObject(value) && value["kind"] === "counted" && isCount(value["count"])),
  editors: areNamed,
  keywords: areTexts,
  ...textForms(PUBLICATION_TEXTS),
  type: isWorkType,
  organisation: (value) =>
    isObject(value) && isText(value["name"]) && (value["handle"] === undefined || isText(value["handle"])),
  comments: isCount,
  upvotes: (value) => isObject(value) && isCount(value["count"]) && isInstant(value["readAt"]),
  status: (value) =>
    isObject(value) && isText(value["words"]) && STATUS_KINDS.some((kind) => kind === value["kind"]),
  urls: areTexts,
  otherDois: areTexts,
  hiddenAuthors: areTexts,
  sourceKind: (value) => SOURCE_KINDS.some((kind) => kind === value),
  readAt: isInstant,
};

function isListing(value: unknown): boolean {
  if (!isObject(value) || value["title"] === undefined || value["listedOn"] === undefined) return false;
  return Object.entries(FORMS).every(([name, fits]) => value[name] === undefined || fits(value[name]));
}

/** Reads one stored line; undefined where it is damaged. */
export function parseStored(line: string): Listing | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isListing(value) && !nestsTooDeep(value) ? (value as Listing) : undefined;
  } catch {
    return undefined;
  }
}

/** Earlier versions cut abstracts and put their mark behind. */
const MARK_LENGTH = 1;

/** Some whole lines of the stored papers. */
export interface StoredPart extends Parsed<Listing> {
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

/** How many bytes are stored, and in which file of all that the disk ever had under this name. */
export async function storedExtent(folder: string): Promise<{ bytes: number; file?: number }> {
  const handle = await openStored(folder);
  try {
    const found = await handle?.stat();
    return found === undefined ? { bytes: 0 } : { bytes: found.size, file: found.ino };
  } finally {
    await handle?.close();
  }
}

/** Hands the first `end` bytes to `use`, in pieces; fewer where fewer are stored. */
export async function eachStoredByte(
  folder: string,
  end: number,
  use: (bytes: Buffer) => void,
): Promise<void> {
  const handle = await openStored(folder);
  try {
    if (handle === undefined) return;
    for await (const piece of readPieces(handle, { start: 0, end }, PART_BYTES)) use(piece);
  } finally {
    await handle?.close();
  }
}

function parseLines(bytes: Buffer, place: { file: string; line?: number }): StoredPart {
  const items: Listing[] = [];
  const problems: Problem[] = [];
  const { file, line: first } = place;
  bytes
    .toString("utf8")
    .split("\n")
    .forEach((line, i) => {
      if (line === "") return;
      const listing = parseStored(line);
      const where = first === undefined ? { file } : { file, line: first + i };
      if (listing !== undefined) {
        const checked = withinLengths(listing, where, MARK_LENGTH);
        items.push(checked.listing);
        problems.push(...checked.problems);
      } else problems.push({ ...where, expected: "a paper this program stored", found: quoteLine(line) });
    });
  return { items, problems, bytes };
}

const countLines = (bytes: Buffer): number =>
  bytes.reduce((sum, byte) => sum + (byte === LINE_END ? 1 : 0), 0);

/**
 * The stored papers after the first `from` bytes, which must end a line, some lines at a time. A last line without its
 * end gives its paper, if it is one, and no bytes: it may be on its way.
 */
export async function* readStored(folder: string, from = 0): AsyncGenerator<StoredPart> {
  const handle = await openStored(folder);
  if (handle === undefined) return;
  const file = storedFile(folder);
  try {
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
  } finally {
    await handle.close();
  }
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

/** Adds papers and forces them to disk. Call it under the lock. */
export async function storeListings(folder: string, listings: readonly Listing[]): Promise<Stored> {
  const handle = await open(storedFile(folder), "a+", 0o600);
  try {
    const mended = await mendEnd(handle);
    const lines = Buffer.from(listings.map((listing) => `${JSON.stringify(listing)}\n`).join(""));
    await handle.appendFile(lines);
    await handle.datasync();
    return { ...mended, bytes: Buffer.concat([mended.bytes, lines]) };
  } finally {
    await handle.close();
  }
}
