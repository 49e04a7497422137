import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { writeAtomically } from "../../../files/atomic-file.ts";
import { requireFile } from "../../../files/file-kind.ts";
import { createBlockSums, SUMS } from "./blocks.ts";
import type { SavedEnd } from "./index-changes.ts";
import type { Footer, Lying } from "./index-layout.ts";
import {
  ENDIANNESS,
  FIRST_LINE_BYTES,
  firstLine,
  INDEX_VERSION,
  KIND,
  LENGTH_BYTES,
  setTime,
} from "./index-layout.ts";
import type { Content, Sections } from "./sections.ts";
import type { Pace } from "../pace.ts";

/** Added to the sum and written before other work may have its turn: a millisecond. */
const WRITTEN_BYTES = 256 * 1024;

/** What is saved, what it was made from, and who counts the work of writing it. */
export interface Saving {
  readonly sections: Sections;
  readonly sources: string;
  readonly pace: Pace;
}

/** A part in pieces of at most so many bytes, unless it has longer ones itself. */
function* piecesOf(content: Content): Generator<Uint8Array> {
  if (!ArrayBuffer.isView(content)) {
    yield* content;
    return;
  }
  const bytes = new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  for (let at = 0; at < bytes.length; at += WRITTEN_BYTES) yield bytes.subarray(at, at + WRITTEN_BYTES);
}

/** Writes bytes behind each other; small pieces go to the disk together. */
interface Writer {
  readonly write: (piece: Uint8Array) => Promise<void>;
  readonly flush: () => Promise<void>;
}

function createWriter(handle: FileHandle): Writer {
  let waiting: Uint8Array[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const pieces = waiting;
    [waiting, size] = [[], 0];
    await handle.writeFile(Buffer.concat(pieces));
  };
  return {
    flush,
    async write(piece: Uint8Array): Promise<void> {
      waiting.push(piece);
      size += piece.length;
      if (size >= WRITTEN_BYTES) await flush();
    },
  };
}

/** Writes the parts; gives where each lies. */
async function writeParts({ write }: Writer, { sections, pace }: Saving): Promise<Lying[]> {
  const parts: Lying[] = [];
  let end = 0;
  const blocks = createBlockSums();
  const writePart = async ([name, content]: Sections[number]): Promise<void> => {
    const at = end;
    let sum = 0;
    for (const piece of piecesOf(content)) {
      pace.written(piece.length);
      sum = crc32(piece, sum);
      blocks.add(piece);
      await write(piece);
      end += piece.length;
      if (pace.due()) await pace.pause();
    }
    blocks.endPart();
    parts.push([name, at, end - at, sum]);
  };
  for (const section of sections) await writePart(section);
  await writePart([SUMS, blocks.sums()]);
  return parts;
}

async function writeContent(handle: FileHandle, saving: Saving): Promise<SavedEnd> {
  const writer = createWriter(handle);
  // How long it is shows at its end.
  await writer.write(firstLine(0));
  const parts = await writeParts(writer, saving);
  const time = Date.now();
  const footer: Footer = {
    kind: KIND,
    version: INDEX_VERSION,
    sources: saving.sources,
    endianness: ENDIANNESS,
    time,
    parts,
  };
  const last = Buffer.from(JSON.stringify(footer));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(last.length);
  const signed = Buffer.concat([last, length]);
  const digest = createHash("sha256").update(signed).digest();
  await writer.write(signed);
  await writer.write(digest);
  await writer.flush();
  const { ino, size } = await handle.stat();
  const line = firstLine(size - FIRST_LINE_BYTES);
  await handle.write(line, 0, line.length, 0);
  await setTime(handle, time);
  return { file: ino, bytes: size, link: digest.toString("hex"), changes: 0, time, parts };
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
