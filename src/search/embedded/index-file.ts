import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { readFile } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { isMissing, writeAtomically } from "../../atomic-file.ts";
import type { Paper } from "../../corpus/paper.ts";
import type { IndexData } from "./inverted-index.ts";

/**
 * The saved index: the texts as JSON, then the numbers as 32-bit words in the byte order of the machine, then a footer
 * (what the file is, what it was made from, the lengths of its parts) as JSON and its length, and last the SHA-256 of
 * all that. A file that is not exactly this, or that another version or other papers made, is not opened: an index is
 * quickly rebuilt, a wrong one misleads for long.
 */
const KIND = "paperboy-index";

/** Grows with every change of what is saved or of how text becomes terms. */
const INDEX_VERSION = 1;

const LENGTH_BYTES = 4;
const HASH_BYTES = 32;

/** Papers turned into JSON before other work gets its turn: some 5 ms. */
const BATCH = 500;

interface Footer {
  readonly kind: string;
  readonly version: number;
  readonly sources: string;
  readonly endianness: string;
  /** Length in bytes of the papers and of the other texts. */
  readonly texts: readonly [papers: number, others: number];
  /** Number of 32-bit words of each array, in the order of `arraysOf`. */
  readonly arrays: readonly number[];
}

/** An opened file, or the reason why it cannot be used. */
export type ReadIndex =
  | { readonly kind: "opened"; readonly data: IndexData }
  | { readonly kind: "unusable"; readonly reason: string };

type OtherTexts = Pick<IndexData, "terms" | "words" | "definitions">;

/** 1 written as a 32-bit word shows the byte order. */
const ENDIANNESS = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? "little" : "big";

function arraysOf(data: IndexData): Uint32Array[] {
  const { wordTerms, lengths, documentTerms, termDocuments } = data;
  return [
    wordTerms,
    lengths,
    documentTerms.offsets,
    documentTerms.entries,
    termDocuments.offsets,
    termDocuments.entries,
  ];
}

const bytesOf = (array: Uint32Array): Buffer => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

/** The papers as one JSON array, in pieces. */
async function* paperJson(papers: readonly (Paper | null)[]): AsyncGenerator<Buffer> {
  for (let at = 0; at < papers.length; at += BATCH) {
    const batch = papers.slice(at, at + BATCH).map((paper) => JSON.stringify(paper));
    yield Buffer.from((at === 0 ? "[" : ",") + batch.join(","));
    await nextTurn();
  }
  yield Buffer.from(papers.length === 0 ? "[]" : "]");
}

async function writeContent(handle: FileHandle, data: IndexData, sources: string): Promise<void> {
  const hash = createHash("sha256");
  const write = async (bytes: Buffer): Promise<number> => {
    hash.update(bytes);
    await handle.writeFile(bytes);
    return bytes.length;
  };
  let papers = 0;
  for await (const piece of paperJson(data.papers)) papers += await write(piece);
  const { terms, words, definitions } = data;
  const others = await write(Buffer.from(JSON.stringify({ terms, words, definitions } satisfies OtherTexts)));
  for (const array of arraysOf(data)) await write(bytesOf(array));
  const footer: Footer = {
    kind: KIND,
    version: INDEX_VERSION,
    sources,
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

/** Writes an index to `file`, all at once or not at all. `sources` names what it was made from, and changes with it. */
export async function writeIndexFile(file: string, data: IndexData, sources: string): Promise<void> {
  await writeAtomically(file, (handle) => writeContent(handle, data, sources));
}

/** The footer of a whole file and what it describes; undefined for a file that is not whole, or not ours. */
function parseFooter(content: Buffer): { footer: Footer; body: Buffer } | undefined {
  const signed = content.subarray(0, Math.max(0, content.length - HASH_BYTES));
  if (signed.length < LENGTH_BYTES) return undefined;
  if (!createHash("sha256").update(signed).digest().equals(content.subarray(signed.length))) return undefined;
  const end = signed.length - LENGTH_BYTES;
  const start = end - signed.readUInt32LE(end);
  try {
    const footer: unknown = JSON.parse(signed.toString("utf8", start, end));
    const ours = typeof footer === "object" && footer !== null && "kind" in footer && footer.kind === KIND;
    return ours ? { footer: footer as Footer, body: signed.subarray(0, start) } : undefined;
  } catch {
    return undefined;
  }
}

/** Why a whole file cannot be used; undefined when it can. */
function refuse(footer: Footer, sources: string): string | undefined {
  if (footer.version !== INDEX_VERSION) return `it has version ${footer.version}, not ${INDEX_VERSION}`;
  if (footer.endianness !== ENDIANNESS) return "another kind of machine wrote it";
  if (footer.sources !== sources) return "the papers have changed since it was written";
  return undefined;
}

/** The arrays that follow the texts; copied, because a view must begin at a multiple of four bytes. */
function decodeArrays(footer: Footer, body: Buffer): Uint32Array[] {
  let at = footer.texts[0] + footer.texts[1];
  return footer.arrays.map((length) => {
    const array = new Uint32Array(length);
    bytesOf(array).set(body.subarray(at, at + length * 4));
    at += length * 4;
    return array;
  });
}

function decode(footer: Footer, body: Buffer): IndexData {
  const [papersEnd, others] = footer.texts;
  const papers = JSON.parse(body.toString("utf8", 0, papersEnd)) as IndexData["papers"];
  const texts = JSON.parse(body.toString("utf8", papersEnd, papersEnd + others)) as OtherTexts;
  const arrays = decodeArrays(footer, body);
  const array = (i: number): Uint32Array => arrays[i] ?? new Uint32Array(0);
  return {
    papers,
    ...texts,
    wordTerms: array(0),
    lengths: array(1),
    documentTerms: { offsets: array(2), entries: array(3) },
    termDocuments: { offsets: array(4), entries: array(5) },
  };
}

/** Reads an index that was saved from the same `sources`. A missing file is unusable too; other disk errors throw. */
export async function readIndexFile(file: string, sources: string): Promise<ReadIndex> {
  let content: Buffer;
  try {
    content = await readFile(file);
  } catch (error) {
    if (isMissing(error)) return { kind: "unusable", reason: "there is none yet" };
    throw error;
  }
  const parsed = parseFooter(content);
  if (parsed === undefined)
    return { kind: "unusable", reason: "it is damaged, cut off, or no index of this program" };
  const reason = refuse(parsed.footer, sources);
  return reason === undefined
    ? { kind: "opened", data: decode(parsed.footer, parsed.body) }
    : { kind: "unusable", reason };
}
