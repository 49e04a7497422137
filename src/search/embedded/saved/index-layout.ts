import type { FileHandle } from "node:fs/promises";

/**
 * The saved index: a line that says how long it is, its parts one behind the other (the papers as JSON, one a line; tables and
 * lists as numbers in the byte order of the machine), then a footer (what the file is, what it was made from, and of each part
 * where it lies and a sum over it) as JSON and its length, and last the SHA-256 of the footer and its length. Behind it may
 * stand what was changed since (index-changes.ts). A file that is not this, or that another version or other papers made, is
 * not opened: an index is quickly rebuilt, a wrong one misleads for long.
 *
 * Parts are used as they lie, and read when they are asked for first, so that opening takes no longer for many papers than
 * for few. Whoever writes the file sets its time to one that stands in it. Where the file has that time nobody else has
 * touched it, and of each part the sum is looked at when it is read, or that of each block where it is read in pieces
 * (blocks.ts); any other file is read whole, and its sums compared, before it is used.
 */
export const KIND = "paperboy-index";

/** Grows with every change of what is saved, of how text becomes terms, or of what papers are made of mentions. */
export const INDEX_VERSION = 13;

export const LENGTH_BYTES = 4;
export const HASH_BYTES = 32;

/** The first line: how many bytes follow it that are the index. */
export const firstLine = (bytes: number): Buffer =>
  Buffer.from(`${KIND} ${String(bytes).padStart(16, "0")}\n`);

export const FIRST_LINE_BYTES = firstLine(0).length;

/** How many bytes a first line says; undefined where it is none: earlier versions had none. */
export function parseFirstLine(line: Buffer): number | undefined {
  const bytes = Number(line.toString("latin1", KIND.length + 1));
  return Number.isInteger(bytes) && line.equals(firstLine(bytes)) ? bytes : undefined;
}

/** Where a part lies, in bytes from the end of the first line, and its CRC-32. */
export type Lying = readonly [name: string, at: number, length: number, sum: number];

export interface Footer {
  readonly kind: string;
  readonly version: number;
  readonly sources: string;
  readonly endianness: string;
  /** The time of the file once it was written, in milliseconds since 1970. */
  readonly time: number;
  readonly parts: readonly Lying[];
}

/** 1 written as a 32-bit word shows the byte order. */
export const ENDIANNESS = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? "little" : "big";

/** The time of a file, in whole milliseconds: what a disk keeps of smaller parts differs. */
export const timeOf = ({ mtimeMs }: { readonly mtimeMs: number }): number => Math.round(mtimeMs);

/** Gives a file a time, in milliseconds since 1970. */
export async function setTime(handle: FileHandle, time: number): Promise<void> {
  await handle.utimes(time / 1000, time / 1000);
}
