import { hash } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import path from "node:path";
import { crc32 } from "node:zlib";
import { isMissing, writeAtomically } from "../../files/atomic-file.ts";
import { withFileLock } from "../../files/file-lock.ts";
import type { EncoderFacts } from "./encoder.ts";

/**
 * The vectors that were made of texts, so that none is made twice: a line of JSON that says whose they are, then records of
 * one length: the beginning of the text's SHA-256, a byte for each number, and a sum over both (CRC-32). Records are only
 * ever added, so that whatever kills a program loses what it was adding and no more.
 */
export interface VectorFile {
  /** The vectors that are kept, by the key of their text; none of another encoder. What is damaged is left out. */
  readonly read: () => Promise<ReadonlyMap<string, Int8Array>>;
  /** Adds vectors. Rejects where the disk does, or another program goes on writing for longer than one waits. */
  readonly add: (vectors: ReadonlyMap<string, Int8Array>) => Promise<void>;
}

const KEY_BYTES = 16;
const SUM_BYTES = 4;

/** The header's line, filled up with spaces, so that records begin where they can be counted. */
const HEADER_BYTES = 512;

/** What a text's vector is kept under. */
export const textKey = (text: string): string =>
  Buffer.from(hash("sha256", text, "hex").slice(0, 2 * KEY_BYTES), "hex").toString("latin1");

function headerOf({ name, version, dimensions }: EncoderFacts): Buffer {
  const shortened = name.slice(0, 100);
  const line = JSON.stringify({ kind: "paperboy-vectors", encoder: shortened, version, dimensions });
  const header = Buffer.alloc(HEADER_BYTES, " ");
  header.write(line);
  header.write("\n", HEADER_BYTES - 1);
  return header;
}

function recordOf(key: string, vector: Int8Array): Buffer {
  const content = Buffer.concat([
    Buffer.from(key, "latin1"),
    Buffer.from(vector.buffer, vector.byteOffset, vector.length),
  ]);
  const sum = Buffer.alloc(SUM_BYTES);
  sum.writeUInt32LE(crc32(content));
  return Buffer.concat([content, sum]);
}

/** The file of an encoder's vectors. One of another encoder is written anew by the first vectors that are added. */
export function createVectorFile(file: string, facts: EncoderFacts): VectorFile {
  const header = headerOf(facts);
  const length = KEY_BYTES + facts.dimensions + SUM_BYTES;
  const begin = async (): Promise<void> => {
    const handle = await open(file).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    const found = Buffer.alloc(HEADER_BYTES);
    try {
      if (handle !== undefined) await handle.read(found, 0, HEADER_BYTES, 0);
    } finally {
      await handle?.close();
    }
    if (!found.equals(header)) await writeAtomically(file, (draft) => draft.writeFile(header));
  };
  return {
    async read() {
      const vectors = new Map<string, Int8Array>();
      const bytes = await readFile(file).catch((error: unknown) => {
        if (isMissing(error)) return Buffer.alloc(0);
        throw error;
      });
      if (!bytes.subarray(0, HEADER_BYTES).equals(header)) return vectors;
      for (let at = HEADER_BYTES; at + length <= bytes.length; at += length) {
        const content = bytes.subarray(at, at + length - SUM_BYTES);
        if (crc32(content) !== bytes.readUInt32LE(at + length - SUM_BYTES)) continue;
        const numbers = content.subarray(KEY_BYTES);
        vectors.set(
          content.toString("latin1", 0, KEY_BYTES),
          new Int8Array(numbers.buffer, numbers.byteOffset, numbers.length),
        );
      }
      return vectors;
    },
    async add(vectors) {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await withFileLock(file, async () => {
        await begin();
        const handle = await open(file, "r+");
        try {
          const { size } = await handle.stat();
          // Half a record that a killed program left is written over.
          const whole = Math.floor((size - HEADER_BYTES) / length);
          const records = Buffer.concat(Array.from(vectors, ([key, vector]) => recordOf(key, vector)));
          await handle.write(records, 0, records.length, HEADER_BYTES + whole * length);
        } finally {
          await handle.close();
        }
      });
    },
  };
}
