import type { IndexData } from "../inverted/inverted-index.ts";

/**
 * The saved index: a line that says how long it is, the papers as JSON, one a line, the other texts as JSON, then the
 * numbers as 32-bit words in the byte order of the machine, then a footer (what the file is, what it was made from, the
 * lengths of its parts) as JSON and its length, and last the SHA-256 of all that but the first line. Behind it may stand what
 * was changed since (index-changes.ts). A file that is not this, or that another version or other papers made, is not opened:
 * an index is quickly rebuilt, a wrong one misleads for long.
 */
export const KIND = "paperboy-index";

/** Grows with every change of what is saved, of how text becomes terms, or of what papers are made of mentions. */
export const INDEX_VERSION = 10;

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

export interface Footer {
  readonly kind: string;
  readonly version: number;
  readonly sources: string;
  readonly endianness: string;
  /** Length in bytes of the papers and of the other texts. */
  readonly texts: readonly [papers: number, others: number];
  /** Whose vectors the last array has; absent where there are none. */
  readonly encoder?: string;
  /** Number of 32-bit words of each array, in the order of `arraysOf`. */
  readonly arrays: readonly number[];
}

export type OtherTexts = Pick<IndexData, "terms" | "words" | "definitions">;

/** 1 written as a 32-bit word shows the byte order. */
export const ENDIANNESS = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? "little" : "big";

/** The arrays of an index, in the order in which they are saved. */
export function arraysOf(data: IndexData): Uint32Array[] {
  const { wordTerms, lengths, documentTerms, termDocuments, meaning } = data;
  return [
    wordTerms,
    lengths,
    documentTerms.offsets,
    documentTerms.entries,
    termDocuments.offsets,
    termDocuments.entries,
    ...(meaning === undefined ? [] : [wordsOfBytes(meaning.vectors)]),
  ];
}

/** Bytes as the 32-bit words in which they lie; their number must be a multiple of four. */
function wordsOfBytes(bytes: Int8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

export const bytesOf = (array: Uint32Array): Buffer =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength);
