import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { SavedEnd } from "./index-changes.ts";
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

/**
 * The parts of a saved index in its file, which stays open: it can be read to its end also when another has taken its place.
 * Undefined where that is so already.
 */
export function openLying(file: string, { file: number, parts, start }: Place): Saved | undefined {
  const opened = openFile(file, number);
  if (opened === undefined) return undefined;
  const byName = new Map(parts.map((part) => [part[0], part]));
  const explain = (name: string): Error =>
    new Error(
      `${file} is damaged in its part “${name}”. Remove it and start Paperboy again: it is made anew from the stored papers.`,
    );
  const fill = (name: string, into: Uint8Array, from: number): void => {
    const [, at = 0] = byName.get(name) ?? [];
    for (let done = 0; done < into.length;) {
      const read = readSync(opened.descriptor, into, done, into.length - done, start + at + from + done);
      if (read === 0) throw explain(name);
      done += read;
    }
  };
  /** All bytes of a part, in a buffer of their own. */
  const all = (name: string): ArrayBuffer => {
    const [, , length = 0, sum = 0] = byName.get(name) ?? [];
    const bytes = new Uint8Array(length);
    fill(name, bytes, 0);
    if (crc32(bytes) !== sum) throw explain(name);
    return bytes.buffer;
  };
  return {
    bytes: (name) => new Uint8Array(all(name)),
    words: (name) => new Uint32Array(all(name)),
    doubles: (name) => new Float64Array(all(name)),
    json(name) {
      const text = Buffer.from(all(name)).toString("utf8");
      return text === "" ? undefined : (JSON.parse(text) as unknown);
    },
    count: (name) => (byName.get(name)?.[2] ?? 0) / Uint32Array.BYTES_PER_ELEMENT,
    some(name, from, to) {
      const words = new Uint32Array(to - from);
      const bytes = new Uint8Array(words.buffer);
      fill(name, bytes, from * Uint32Array.BYTES_PER_ELEMENT);
      return words;
    },
    piece(name, at, length) {
      const bytes = Buffer.allocUnsafe(length);
      fill(name, bytes, at);
      return bytes;
    },
  };
}
