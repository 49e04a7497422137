import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { isMissing } from "../../../files/atomic-file.ts";
import type { Paper, PaperId } from "../../../corpus/paper.ts";
import type { Pace } from "../pace.ts";
import type { Lying } from "./index-layout.ts";
import { setTime } from "./index-layout.ts";

/**
 * What follows a saved index in its file: what was changed since, so that saving some papers does not write all of them.
 * Changes are JSON, one a line; a line that closes them says from what the index is made with them, and proves by a hash
 * over all since the line before that nothing is missing. What is not closed was never saved: a crash left it, or somebody
 * is about to write it.
 */
const KIND = "paperboy-index-changes";

/** Grows with every change of what is written here. */
const VERSION = 2;

const LINE_END = 10;

/** A paper that was put into an index, or one that was taken out of it. */
export type Change = { readonly put: Paper } | { readonly remove: PaperId };

/** The end of what is saved in a file. */
export interface SavedEnd {
  /** Which file of all that the disk ever had under this name. */
  readonly file: number;
  readonly bytes: number;
  /** The hash over what stands there last, in hexadecimal digits, which the next is added to. */
  readonly link: string;
  /** Changes behind the index, and lines that close them. */
  readonly changes: number;
  /** The time of the file since then, in milliseconds since 1970, while nobody else has touched it. */
  readonly time: number;
  /** The parts of the index before the changes. */
  readonly parts: readonly Lying[];
}

/** Changes that were saved, in their order, and what the index is made from with them; undefined without any. */
export interface SavedChanges {
  readonly changes: readonly Change[];
  readonly sources: string | undefined;
  readonly end: SavedEnd;
}

/** What closes some changes: from what the index is made with them, how many they are, and the file's time then. */
interface Closing {
  readonly sources: string;
  readonly changes: number;
  readonly time: number;
}

const closingOf = ({ sources, changes, time }: Closing): string =>
  JSON.stringify({ kind: KIND, version: VERSION, sources, changes, time });

const linkOf = (before: string, lines: Uint8Array, closing: string): string =>
  createHash("sha256").update(before).update(lines).update(closing).digest("hex");

/** What closes changes; undefined for any other line. */
function parseClosing(line: string): (Closing & { readonly link: string }) | undefined {
  if (!line.startsWith(`{"kind":"${KIND}"`)) return undefined;
  try {
    const { version, sources, changes, time, link } = JSON.parse(line) as Record<string, unknown>;
    return version === VERSION &&
      typeof sources === "string" &&
      typeof changes === "number" &&
      typeof time === "number" &&
      typeof link === "string"
      ? { sources, changes, time, link }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The whole changes in some bytes that follow `from`. */
function parseChanges(bytes: Buffer, from: SavedEnd): SavedChanges {
  const changes: Change[] = [];
  let sources: string | undefined;
  let end = from;
  let [start, at] = [0, 0];
  for (let next = bytes.indexOf(LINE_END); next >= 0; next = bytes.indexOf(LINE_END, at)) {
    const closing = parseClosing(bytes.toString("utf8", at, next));
    if (closing !== undefined) {
      const lines = bytes.subarray(start, at);
      if (linkOf(end.link, lines, closingOf(closing)) !== closing.link) break;
      for (const line of lines.toString("utf8").split("\n"))
        if (line !== "") changes.push(JSON.parse(line) as Change);
      ({ sources } = closing);
      start = next + 1;
      end = {
        ...from,
        bytes: from.bytes + start,
        link: closing.link,
        changes: end.changes + closing.changes + 1,
        time: closing.time,
      };
    }
    at = next + 1;
  }
  return { changes, sources, end };
}

/** The changes in a file behind an end. */
export async function readChanges(handle: FileHandle, from: SavedEnd): Promise<SavedChanges> {
  const { size } = await handle.stat();
  const bytes = Buffer.alloc(Math.max(0, size - from.bytes));
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, from.bytes);
  return parseChanges(bytes.subarray(0, bytesRead), from);
}

/** What is to be saved behind an index, and who counts the work. */
export interface Addition {
  readonly changes: readonly Change[];
  readonly sources: string;
  readonly pace: Pace;
}

/** The changes as they are written, and what they are linked by. */
async function encode(
  { changes, sources, pace }: Addition,
  before: string,
  time: number,
): Promise<[Buffer, string]> {
  const lines: Buffer[] = [];
  for (const change of changes) {
    const line = Buffer.from(`${JSON.stringify(change)}\n`);
    lines.push(line);
    pace.written(line.length);
    if (pace.due()) await pace.pause();
  }
  const body = Buffer.concat(lines);
  const closing = closingOf({ sources, changes: changes.length, time });
  const link = linkOf(before, body, closing);
  const last = `${closing.slice(0, -1)},${JSON.stringify({ link }).slice(1)}\n`;
  return [Buffer.concat([body, Buffer.from(last)]), link];
}

/**
 * Adds changes behind the end of an index that is saved in `file`, and gives the new end. Where another program has saved an
 * index of the same sources meanwhile, its end. Undefined where the file is another or has other changes: then the whole
 * index must be written. Call it while nobody else writes the file.
 */
export async function appendChanges(
  file: string,
  from: SavedEnd,
  addition: Addition,
): Promise<SavedEnd | undefined> {
  const handle = await open(file, "r+").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const { ino, size } = await handle.stat();
    if (ino !== from.file || size < from.bytes) return undefined;
    const others = await readChanges(handle, from);
    if (others.sources !== undefined) return others.sources === addition.sources ? others.end : undefined;
    const time = Date.now();
    const [bytes, link] = await encode(addition, from.link, time);
    // What a crash left here would stand between.
    await handle.truncate(from.bytes);
    await handle.write(bytes, 0, bytes.length, from.bytes);
    await handle.datasync();
    await setTime(handle, time);
    return {
      ...from,
      file: ino,
      bytes: from.bytes + bytes.length,
      link,
      changes: from.changes + addition.changes.length + 1,
      time,
    };
  } finally {
    await handle.close();
  }
}
