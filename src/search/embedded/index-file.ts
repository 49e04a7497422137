import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { isMissing, writeAtomically } from "../../files/atomic-file.ts";
import { requireFile } from "../../files/file-kind.ts";
import { readPieces } from "../../files/read-pieces.ts";
import type { Paper } from "../../corpus/paper.ts";
import type { IndexData } from "./inverted-index.ts";
import type { Pace } from "./pace.ts";

/**
 * The saved index: the papers as JSON, one a line, the other texts as JSON, then the numbers as 32-bit words in the
 * byte order of the machine, then a footer (what the file is, what it was made from, the lengths of its parts) as JSON
 * and its length, and last the SHA-256 of all that. A file that is not exactly this, or that another version or other papers made, is not opened: an index is
 * quickly rebuilt, a wrong one misleads for long.
 */
const KIND = "paperboy-index";

/** Grows with every change of what is saved, of how text becomes terms, or of what papers are made of mentions. */
const INDEX_VERSION = 8;

const LENGTH_BYTES = 4;
const HASH_BYTES = 32;

const LINE_END = 10;

/** Read at once. */
const PIECE_BYTES = 1024 * 1024;

/** Made to text, added to the hash and written before other work may have its turn: some 2 ms. */
const WRITTEN_BYTES = 128 * 1024;

/** Words turned into JSON at once: some 30 kB. */
const WORDS = 2000;

interface Footer {
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

/** An opened file, or the reason why it cannot be used. */
export type ReadIndex =
  | { readonly kind: "opened"; readonly data: IndexData }
  | { readonly kind: "unusable"; readonly reason: string };

/** Why an index made from these sources cannot be used; undefined where it can. */
export type SourceCheck = (sources: string) => Promise<string | undefined>;

type OtherTexts = Pick<IndexData, "terms" | "words" | "definitions">;

/** 1 written as a 32-bit word shows the byte order. */
const ENDIANNESS = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? "little" : "big";

function arraysOf(data: IndexData): Uint32Array[] {
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

const bytesOf = (array: Uint32Array): Buffer => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

/** The other texts as one JSON object, in pieces. */
function* otherJson(texts: OtherTexts): Generator<Buffer> {
  let before = "{";
  for (const name of ["terms", "words", "definitions"] as const) {
    yield Buffer.from(`${before}"${name}":[`);
    for (let at = 0; at < texts[name].length; at += WORDS) {
      const items = JSON.stringify(texts[name].slice(at, at + WORDS)).slice(1, -1);
      yield Buffer.from(at === 0 ? items : `,${items}`);
    }
    yield Buffer.from("]");
    before = ",";
  }
  yield Buffer.from("}");
}

/** The papers, one a line, in pieces that are hardly longer than one paper or what is written at once. */
function* paperJson(papers: readonly (Paper | null)[]): Generator<Buffer> {
  let lines = "";
  for (const paper of papers) {
    lines += `${JSON.stringify(paper)}\n`;
    if (lines.length < WRITTEN_BYTES) continue;
    yield Buffer.from(lines);
    lines = "";
  }
  yield Buffer.from(lines);
}

/** What is saved, what it was made from, and who counts the work of writing it. */
export interface Saving {
  readonly data: IndexData;
  readonly sources: string;
  readonly pace: Pace;
}

async function writeContent(handle: FileHandle, { data, sources, pace }: Saving): Promise<void> {
  const hash = createHash("sha256");
  const write = async (bytes: Buffer): Promise<number> => {
    pace.written(bytes.length);
    hash.update(bytes);
    await handle.writeFile(bytes);
    if (pace.due()) await pace.pause();
    return bytes.length;
  };
  let papers = 0;
  for (const piece of paperJson(data.papers)) papers += await write(piece);
  let others = 0;
  for (const piece of otherJson(data)) others += await write(piece);
  for (const array of arraysOf(data)) {
    const bytes = bytesOf(array);
    for (let at = 0; at < bytes.length; at += WRITTEN_BYTES)
      await write(bytes.subarray(at, at + WRITTEN_BYTES));
  }
  const footer: Footer = {
    kind: KIND,
    version: INDEX_VERSION,
    sources,
    ...(data.meaning === undefined ? {} : { encoder: data.meaning.encoder }),
    endianness: ENDIANNESS,
    texts: [papers, others],
    arrays: arraysOf(data).map((array) => array.length),
  };
  const line = Buffer.from(JSON.stringify(footer));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(line.length);
  await write(Buffer.concat([line, length]));
  await handle.writeFile(hash.digest());
}

/** Writes an index to `file`, all at once or not at all. Its `sources` name what it was made from, and change with it. */
export async function writeIndexFile(file: string, saving: Saving): Promise<void> {
  await requireFile(file);
  await writeAtomically(file, (handle) => writeContent(handle, saving));
}

/** Fills a buffer with the bytes of a file from `start`. */
async function fill<Target extends Uint8Array>(
  handle: FileHandle,
  target: Target,
  start: number,
): Promise<Target> {
  let at = 0;
  for await (const piece of readPieces(handle, { start, end: start + target.byteLength }, PIECE_BYTES)) {
    target.set(piece, at);
    at += piece.length;
  }
  if (at < target.byteLength) throw new RangeError("the file has become shorter");
  return target;
}

const read = async (handle: FileHandle, start: number, end: number): Promise<Buffer> =>
  fill(handle, Buffer.alloc(end - start), start);

/** The footer of a whole file; undefined for a file that is not whole, or not ours. */
async function readFooter(handle: FileHandle): Promise<Footer | undefined> {
  const end = (await handle.stat()).size - HASH_BYTES - LENGTH_BYTES;
  if (end < 0) return undefined;
  const hash = createHash("sha256");
  for await (const piece of readPieces(handle, { start: 0, end: end + LENGTH_BYTES }, PIECE_BYTES))
    hash.update(piece);
  const signature = await read(handle, end + LENGTH_BYTES, end + LENGTH_BYTES + HASH_BYTES);
  if (!hash.digest().equals(signature)) return undefined;
  const start = end - (await read(handle, end, end + LENGTH_BYTES)).readUInt32LE();
  try {
    const footer: unknown = JSON.parse((await read(handle, start, end)).toString("utf8"));
    const ours = typeof footer === "object" && footer !== null && "kind" in footer && footer.kind === KIND;
    return ours ? (footer as Footer) : undefined;
  } catch {
    return undefined;
  }
}

/** Why a whole file cannot be used; undefined when it can. */
async function refuse(footer: Footer, check: SourceCheck): Promise<string | undefined> {
  if (footer.version !== INDEX_VERSION) return `it has version ${footer.version}, not ${INDEX_VERSION}`;
  if (footer.endianness !== ENDIANNESS) return "another kind of machine wrote it";
  return check(footer.sources);
}

/** The papers, line by line, so that their JSON is never in memory as a whole. */
async function readPapers(handle: FileHandle, end: number): Promise<IndexData["papers"]> {
  const papers: (Paper | null)[] = [];
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of readPieces(handle, { start: 0, end }, PIECE_BYTES)) {
    const bytes = Buffer.concat([rest, piece]);
    const last = bytes.lastIndexOf(LINE_END) + 1;
    for (const line of bytes.toString("utf8", 0, last).split("\n"))
      if (line !== "") papers.push(JSON.parse(line) as Paper | null);
    rest = bytes.subarray(last);
  }
  return papers;
}

async function decode(handle: FileHandle, footer: Footer): Promise<IndexData> {
  const [papersEnd, others] = footer.texts;
  const papers = await readPapers(handle, papersEnd);
  let at = papersEnd + others;
  const texts = JSON.parse((await read(handle, papersEnd, at)).toString("utf8")) as OtherTexts;
  const arrays: Uint32Array[] = [];
  for (const length of footer.arrays) {
    const array = new Uint32Array(length);
    await fill(handle, bytesOf(array), at);
    arrays.push(array);
    at += array.byteLength;
  }
  const array = (i: number): Uint32Array => arrays[i] ?? new Uint32Array(0);
  return {
    papers,
    ...texts,
    wordTerms: array(0),
    lengths: array(1),
    documentTerms: { offsets: array(2), entries: array(3) },
    termDocuments: { offsets: array(4), entries: array(5) },
    ...(footer.encoder === undefined
      ? {}
      : { meaning: { encoder: footer.encoder, vectors: new Int8Array(array(6).buffer) } }),
  };
}

/**
 * Reads a saved index, in pieces, so that opening it takes little more memory than having it. `check` says why an index
 * made from such sources cannot be used. A missing file is unusable too; other disk errors throw.
 */
export async function readIndexFile(file: string, check: SourceCheck): Promise<ReadIndex> {
  await requireFile(file);
  const handle = await open(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (handle === undefined) return { kind: "unusable", reason: "there is none yet" };
  try {
    const footer = await readFooter(handle);
    if (footer === undefined)
      return { kind: "unusable", reason: "it is damaged, cut off, or no index of this program" };
    const reason = await refuse(footer, check);
    return reason === undefined
      ? { kind: "opened", data: await decode(handle, footer) }
      : { kind: "unusable", reason };
  } finally {
    await handle.close();
  }
}
