import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { writeAtomically } from "../../../files/atomic-file.ts";
import { requireFile } from "../../../files/file-kind.ts";
import type { Paper } from "../../../corpus/paper.ts";
import type { SavedEnd } from "./index-changes.ts";
import type { Footer, OtherTexts } from "./index-layout.ts";
import {
  arraysOf,
  bytesOf,
  ENDIANNESS,
  FIRST_LINE_BYTES,
  firstLine,
  INDEX_VERSION,
  KIND,
  LENGTH_BYTES,
} from "./index-layout.ts";
import type { IndexData } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";

/** Made to text, added to the hash and written before other work may have its turn: some 2 ms. */
const WRITTEN_BYTES = 128 * 1024;

/** Words turned into JSON at once: some 30 kB. */
const WORDS = 2000;

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

async function writeContent(handle: FileHandle, { data, sources, pace }: Saving): Promise<SavedEnd> {
  const hash = createHash("sha256");
  const write = async (bytes: Buffer): Promise<number> => {
    pace.written(bytes.length);
    hash.update(bytes);
    await handle.writeFile(bytes);
    if (pace.due()) await pace.pause();
    return bytes.length;
  };
  // How long it is shows at its end.
  await handle.writeFile(firstLine(0));
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
  const last = Buffer.from(JSON.stringify(footer));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(last.length);
  await write(Buffer.concat([last, length]));
  const digest = hash.digest();
  await handle.writeFile(digest);
  const { ino, size } = await handle.stat();
  const line = firstLine(size - FIRST_LINE_BYTES);
  await handle.write(line, 0, line.length, 0);
  return { file: ino, bytes: size, link: digest.toString("hex"), changes: 0 };
}

/**
 * Writes an index to `file`, all at once or not at all, and gives its end. Its `sources` name what it was made from, and
 * change with it.
 */
export async function writeIndexFile(file: string, saving: Saving): Promise<SavedEnd> {
  await requireFile(file);
  let end: SavedEnd | undefined;
  await writeAtomically(file, async (handle) => {
    end = await writeContent(handle, saving);
  });
  if (end === undefined) throw new Error("an index that was written has an end");
  return end;
}
