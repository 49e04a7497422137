import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { BLOCK_BYTES, blocksOf, SUMS } from "./blocks.ts";
import type { Damage } from "./damage.ts";
import type { SavedEnd } from "./index-changes.ts";
import type { Lying } from "./index-layout.ts";
import type { Saved } from "./sections.ts";

/** A file that is open. */
interface OpenFile {
  readonly descriptor: number;
}

/** Files are closed when nobody can read them any more. */
const openFiles = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

/** Opens a file that must be of this number; undefined where another has taken its place. */
function openFile(file: string, number: number): OpenFile | undefined {
  const descriptor = openSync(file, "r");
  if (fstatSync(descriptor).ino !== number) {
    closeSync(descriptor);
    return undefined;
  }
  const opened = { descriptor };
  openFiles.register(opened, descriptor);
  return opened;
}

/** Where the parts lie in a file: behind its first `start` bytes. */
interface Place extends Pick<SavedEnd, "file" | "parts"> {
  readonly start: number;
}

/** A part, and where its sums begin among those of all. */
interface Part {
  readonly name: string;
  readonly at: number;
  readonly length: number;
  readonly sum: number;
  readonly block: number;
}

function partsOf(lying: readonly Lying[]): ReadonlyMap<string, Part> {
  let block = 0;
  const parts = lying.map(([name, at, length, sum]): [string, Part] => {
    const part = { name, at, length, sum, block };
    block += blocksOf(length);
    return [name, part];
  });
  return new Map(parts);
}

/** Reads parts; whatever is read was compared with what was written. */
interface Reader {
  /** All bytes of a part, in a buffer of their own. */
  readonly all: (name: string) => ArrayBuffer;
  /** So many bytes of a part from a place on. */
  readonly some: (name: string, from: number, length: number) => Buffer;
  readonly length: (name: string) => number;
}

function createReader(file: string, opened: OpenFile, place: Place, damage: Damage): Reader {
  const parts = partsOf(place.parts);
  const explain = (name: string): Error => damage.note(`${file} is damaged in its part “${name}”.`);
  const partOf = (name: string): Part => parts.get(name) ?? { name, at: 0, length: 0, sum: 0, block: 0 };
  const read = (into: Uint8Array, at: number): number => {
    try {
      // The file is closed once nobody has `opened` any more.
      return readSync(opened.descriptor, into, 0, into.length, at);
    } catch (error) {
      // A disk that cannot read it any more.
      if (error instanceof Error && "code" in error && error.code === "EIO") return 0;
      throw error;
    }
  };
  const fill = ({ name, at }: Part, into: Uint8Array, from: number): void => {
    for (let done = 0; done < into.length;) {
      const count = read(into.subarray(done), place.start + at + from + done);
      if (count === 0) throw explain(name);
      done += count;
    }
  };
  const all = (name: string): ArrayBuffer => {
    const part = partOf(name);
    const bytes = new Uint8Array(part.length);
    fill(part, bytes, 0);
    if (crc32(bytes) !== part.sum) throw explain(name);
    return bytes.buffer;
  };
  let sums: Uint32Array | undefined;
  const sumOf = (block: number): number | undefined => (sums ??= new Uint32Array(all(SUMS)))[block];
  return {
    all,
    length: (name) => partOf(name).length,
    some(name, from, length) {
      const part = partOf(name);
      if (length <= 0) return Buffer.alloc(0);
      if (from < 0 || from + length > part.length) throw explain(name);
      const first = Math.floor(from / BLOCK_BYTES);
      const start = first * BLOCK_BYTES;
      const end = Math.min(part.length, blocksOf(from + length) * BLOCK_BYTES);
      const bytes = Buffer.allocUnsafeSlow(end - start);
      fill(part, bytes, start);
      for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
        const block = part.block + first + at / BLOCK_BYTES;
        if (crc32(bytes.subarray(at, at + BLOCK_BYTES)) !== sumOf(block)) throw explain(name);
      }
      return bytes.subarray(from - start, from - start + length);
    },
  };
}

/**
 * The parts of a saved index in its file, which stays open: it can be read to its end also when another has taken its place.
 * Undefined where that is so already. What proves damaged when it is read is noted, and an error thrown.
 */
export function openLying(file: string, place: Place, damage: Damage): Saved | undefined {
  const opened = openFile(file, place.file);
  if (opened === undefined) return undefined;
  const { all, some, length } = createReader(file, opened, place, damage);
  return {
    bytes: (name) => new Uint8Array(all(name)),
    words: (name) => new Uint32Array(all(name)),
    doubles: (name) => new Float64Array(all(name)),
    json(name) {
      const text = Buffer.from(all(name)).toString("utf8");
      return text === "" ? undefined : (JSON.parse(text) as unknown);
    },
    count: (name) => length(name) / Uint32Array.BYTES_PER_ELEMENT,
    some(name, from, to) {
      const word = Uint32Array.BYTES_PER_ELEMENT;
      const { buffer, byteOffset } = some(name, from * word, (to - from) * word);
      return new Uint32Array(buffer, byteOffset, Math.max(0, to - from));
    },
    piece: some,
  };
}
