import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { isMissing } from "../../../files/atomic-file.ts";
import { requireFile } from "../../../files/file-kind.ts";
import { crc32 } from "node:zlib";
import { readPieces } from "../../../files/read-pieces.ts";
import type { Change, SavedEnd } from "./index-changes.ts";
import { readChanges } from "./index-changes.ts";
import type { Damage } from "./damage.ts";
import type { Footer } from "./index-layout.ts";
import {
  ENDIANNESS,
  FIRST_LINE_BYTES,
  HASH_BYTES,
  INDEX_VERSION,
  KIND,
  LENGTH_BYTES,
  parseFirstLine,
  timeOf,
} from "./index-layout.ts";
import { openLying } from "./lying-sections.ts";
import type { Saved } from "./sections.ts";

/** Read at once. */
const PIECE_BYTES = 1024 * 1024;

/** An opened file, or the reason why it cannot be used. */
export type ReadIndex =
  | {
      readonly kind: "opened";
      readonly saved: Saved;
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

/** A footer that was found, and the hash that signs it where it is whole. */
interface Found {
  readonly footer: Footer;
  readonly hash: string | undefined;
}

/** The footer of an index; undefined where it is not whole, or not ours. */
async function readFooter(handle: FileHandle, extent: Extent): Promise<Found | undefined> {
  const end = extent.end - HASH_BYTES - LENGTH_BYTES;
  if (end < extent.start || extent.end > (await handle.stat()).size) return undefined;
  const start = end - (await read(handle, end, end + LENGTH_BYTES)).readUInt32LE();
  if (start < extent.start) return undefined;
  const signed = await read(handle, start, end + LENGTH_BYTES);
  const signature = await read(handle, end + LENGTH_BYTES, extent.end);
  const whole = createHash("sha256").update(signed).digest().equals(signature);
  try {
    const footer: unknown = JSON.parse(signed.toString("utf8", 0, end - start));
    const ours = typeof footer === "object" && footer !== null && "kind" in footer && footer.kind === KIND;
    return ours
      ? { footer: footer as Footer, hash: whole ? signature.toString("hex") : undefined }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Why a file that is no whole index cannot be used. */
export const DAMAGED = "it is damaged, cut off, or no index of this program";

/** Why a file cannot be used; undefined when it can. */
async function refuse(footer: Footer, sources: string, check: SourceCheck): Promise<string | undefined> {
  if (footer.endianness !== ENDIANNESS) return "another kind of machine wrote it";
  return check(sources);
}

/** Whether all parts are as they were written. Reads all of them. */
async function isWhole(handle: FileHandle, start: number, footer: Footer): Promise<boolean> {
  let end = 0;
  for (const [, at, length, expected] of footer.parts) {
    if (at !== end) return false;
    end += length;
    let sum = 0;
    const extent = { start: start + at, end: start + end };
    for await (const piece of readPieces(handle, extent, PIECE_BYTES)) sum = crc32(piece, sum);
    if (sum !== expected) return false;
  }
  return true;
}

/** The parts of an index in a file that is this very one of all that the disk ever had under its name; undefined where it is not. */
export function openSections(file: string, written: SavedEnd, damage: Damage): Saved | undefined {
  return openLying(file, { ...written, start: FIRST_LINE_BYTES }, damage);
}

/** How a saved index is opened. */
export interface Opening {
  /** Why an index made from such sources cannot be used. */
  readonly check: SourceCheck;
  /** Where damage is noted that shows later. */
  readonly damage: Damage;
  /** Whether it is read whole and compared first, whoever touched it last. */
  readonly suspect: boolean;
}

/**
 * Opens a saved index, whose parts are read when they are asked for. `check` says why an index made from such sources cannot be
 * used. A missing file is unusable too; other disk errors throw.
 */
export async function readIndexFile(file: string, { check, damage, suspect }: Opening): Promise<ReadIndex> {
  await requireFile(file);
  const handle = await open(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (handle === undefined) return { kind: "unusable", reason: "there is none yet" };
  try {
    const extent = await extentOf(handle);
    const found = await readFooter(handle, extent);
    if (found === undefined) return { kind: "unusable", reason: DAMAGED };
    const { footer, hash } = found;
    if (footer.version !== INDEX_VERSION)
      return { kind: "unusable", reason: `it has version ${footer.version}, not ${INDEX_VERSION}` };
    if (hash === undefined) return { kind: "unusable", reason: DAMAGED };
    const stats = await handle.stat();
    const { parts, time } = footer;
    const written = { file: stats.ino, bytes: extent.end, link: hash, changes: 0, time, parts };
    const { changes, sources, end } = await readChanges(handle, written);
    const reason = await refuse(footer, sources ?? footer.sources, check);
    if (reason !== undefined) return { kind: "unusable", reason };
    const untouched = !suspect && timeOf(stats) === end.time && stats.size === end.bytes;
    if (!untouched && !(await isWhole(handle, extent.start, footer)))
      return { kind: "unusable", reason: DAMAGED };
    const saved = openSections(file, written, damage);
    if (saved === undefined) return { kind: "unusable", reason: "another program is writing it anew" };
    return { kind: "opened", saved, changes, end };
  } finally {
    await handle.close();
  }
}
