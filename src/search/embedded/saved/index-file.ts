import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { isMissing } from "../../../files/atomic-file.ts";
import { requireFile } from "../../../files/file-kind.ts";
import { readPieces } from "../../../files/read-pieces.ts";
import type { Paper } from "../../../corpus/paper.ts";
import type { IndexData } from "../inverted/inverted-index.ts";
import type { Change, SavedEnd } from "./index-changes.ts";
import { readChanges } from "./index-changes.ts";
import type { Footer, OtherTexts } from "./index-layout.ts";
import {
  bytesOf,
  ENDIANNESS,
  FIRST_LINE_BYTES,
  HASH_BYTES,
  INDEX_VERSION,
  KIND,
  LENGTH_BYTES,
  parseFirstLine,
} from "./index-layout.ts";

const LINE_END = 10;

/** Read at once. */
const PIECE_BYTES = 1024 * 1024;

/** An opened file, or the reason why it cannot be used. */
export type ReadIndex =
  | {
      readonly kind: "opened";
      readonly data: IndexData;
      /** What was changed since it was written, in its order, and where that ends. */
      readonly changes: readonly Change[];
      readonly end: SavedEnd;
    }
  | { readonly kind: "unusable"; readonly reason: string };

/** Why an index made from these sources cannot be used; undefined where it can. */
export type SourceCheck = (sources: string) => Promise<string | undefined>;

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

/** Where the index lies in a file. */
interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Where the index should lie: behind the first line or, in a file of an earlier version, in all of it. */
async function extentOf(handle: FileHandle): Promise<Extent> {
  const { size } = await handle.stat();
  if (size < FIRST_LINE_BYTES) return { start: 0, end: size };
  const bytes = parseFirstLine(await read(handle, 0, FIRST_LINE_BYTES));
  if (bytes === undefined) return { start: 0, end: size };
  return { start: FIRST_LINE_BYTES, end: FIRST_LINE_BYTES + bytes };
}

/** The footer of a whole index, and its hash; undefined where it is not whole, or not ours. */
async function readFooter(
  handle: FileHandle,
  extent: Extent,
): Promise<{ footer: Footer; hash: string } | undefined> {
  const end = extent.end - HASH_BYTES - LENGTH_BYTES;
  if (end < extent.start || extent.end > (await handle.stat()).size) return undefined;
  const hash = createHash("sha256");
  const hashed = { start: extent.start, end: end + LENGTH_BYTES };
  for await (const piece of readPieces(handle, hashed, PIECE_BYTES)) hash.update(piece);
  const signature = await read(handle, end + LENGTH_BYTES, extent.end);
  if (!hash.digest().equals(signature)) return undefined;
  const start = end - (await read(handle, end, end + LENGTH_BYTES)).readUInt32LE();
  try {
    const footer: unknown = JSON.parse((await read(handle, start, end)).toString("utf8"));
    const ours = typeof footer === "object" && footer !== null && "kind" in footer && footer.kind === KIND;
    return ours ? { footer: footer as Footer, hash: signature.toString("hex") } : undefined;
  } catch {
    return undefined;
  }
}

/** Why a whole file cannot be used; undefined when it can. */
async function refuse(footer: Footer, sources: string, check: SourceCheck): Promise<string | undefined> {
  if (footer.version !== INDEX_VERSION) return `it has version ${footer.version}, not ${INDEX_VERSION}`;
  if (footer.endianness !== ENDIANNESS) return "another kind of machine wrote it";
  return check(sources);
}

/** The papers, line by line, so that their JSON is never in memory as a whole. */
async function readPapers(handle: FileHandle, { start, end }: Extent): Promise<IndexData["papers"]> {
  const papers: (Paper | null)[] = [];
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of readPieces(handle, { start, end }, PIECE_BYTES)) {
    const bytes = Buffer.concat([rest, piece]);
    const last = bytes.lastIndexOf(LINE_END) + 1;
    for (const line of bytes.toString("utf8", 0, last).split("\n"))
      if (line !== "") papers.push(JSON.parse(line) as Paper | null);
    rest = bytes.subarray(last);
  }
  return papers;
}

async function decode(handle: FileHandle, start: number, footer: Footer): Promise<IndexData> {
  const [papersLength, others] = footer.texts;
  const papersEnd = start + papersLength;
  const papers = await readPapers(handle, { start, end: papersEnd });
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
    const extent = await extentOf(handle);
    const found = await readFooter(handle, extent);
    if (found === undefined)
      return { kind: "unusable", reason: "it is damaged, cut off, or no index of this program" };
    const { footer, hash } = found;
    const written = { file: (await handle.stat()).ino, bytes: extent.end, link: hash, changes: 0 };
    const { changes, sources, end } = await readChanges(handle, written);
    const reason = await refuse(footer, sources ?? footer.sources, check);
    if (reason !== undefined) return { kind: "unusable", reason };
    return { kind: "opened", data: await decode(handle, extent.start, footer), changes, end };
  } finally {
    await handle.close();
  }
}
