import { isEntryStart } from "./entry-start.ts";

/** A part of a file from an entry to the next, or what stands before the first. */
export interface Block {
  readonly bytes: Buffer;
  /** Line of its first byte, from 1. */
  readonly line: number;
  /** That it was longer than a block may be: the rest was let go. */
  readonly cut: boolean;
}

/** Cuts a stream into blocks; gives each as soon as the next one begins. */
export interface BlockCutter {
  readonly push: (chunk: Buffer) => Block[];
  readonly end: () => Block[];
}

/** The longest entry that is read, in bytes: one with the names of a whole collaboration has some 300 KB. */
const MAX_BLOCK_BYTES = 4 * 1024 * 1024;

/** So far is an entry's start looked at, and so far back the beginning of its line. */
const AHEAD = 256;
const BACK = 64;
/** Bytes that are put away together. */
const PIECE = 64 * 1024;
const [AT, NEWLINE, RETURN, SPACE, TAB] = [0x40, 0x0a, 0x0d, 0x20, 0x09];

const headAt = (bytes: Buffer, at: number): string => bytes.toString("latin1", at, at + AHEAD);

/** Where the line begins whose first letter stands at `at`; undefined where another letter stands before. */
function lineStart(bytes: Buffer, at: number): number | undefined {
  let from = at;
  while (from > 0 && at - from < BACK && (bytes[from - 1] === SPACE || bytes[from - 1] === TAB)) from--;
  return from === 0 || bytes[from - 1] === NEWLINE || bytes[from - 1] === RETURN ? from : undefined;
}

/** Line ends of Unix, of Windows and of old Macs. */
function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  for (let at = bytes.indexOf(RETURN); at >= 0; at = bytes.indexOf(RETURN, at + 1))
    if (bytes[at + 1] !== NEWLINE) lines++;
  return lines;
}

/** Where the last entry begins that stands behind another one on its line: a whole file may be one line. */
function lastInLine(bytes: Buffer): number | undefined {
  for (let at = bytes.lastIndexOf(AT); at > 0; at = bytes.lastIndexOf(AT, at - 1))
    if (/[})]\s*$/.test(bytes.toString("latin1", Math.max(0, at - 9), at)) && isEntryStart(headAt(bytes, at)))
      return at;
  return undefined;
}

/** A cutter under way. */
interface Cutter {
  /** What was looked through of the block under way, `held` bytes of it. */
  pieces: Buffer[];
  held: number;
  /** What follows, and up to where it was looked through. */
  data: Buffer;
  scanned: number;
  /** The line where the block under way begins. */
  line: number;
  /** Whether the block under way was given already. */
  skipping: boolean;
  blocks: Block[];
}

function give(cutter: Cutter, bytes: Buffer, cut: boolean): void {
  if (!cutter.skipping && bytes.length > 0) cutter.blocks.push({ bytes, line: cutter.line, cut });
  cutter.line += countLines(bytes);
  cutter.skipping = cut;
  cutter.pieces = [];
  cutter.held = 0;
}

function takeUntil(cutter: Cutter, from: number, at: number): void {
  const bytes = cutter.data.subarray(from, at);
  give(cutter, cutter.pieces.length === 0 ? bytes : Buffer.concat([...cutter.pieces, bytes]), false);
}

/** Gives all blocks that have an end; `final` says that nothing follows. */
function scan(cutter: Cutter, final: boolean): void {
  const { data } = cutter;
  const last = final ? data.length : data.length - AHEAD;
  let begun = 0;
  let at = data.indexOf(AT, cutter.scanned);
  for (; at >= 0 && at <= last; at = data.indexOf(AT, at + 1)) {
    const from = lineStart(data, at);
    if (from === undefined || from < begun || !isEntryStart(headAt(data, at))) continue;
    takeUntil(cutter, begun, from);
    begun = from;
  }
  cutter.data = begun === 0 ? data : data.subarray(begun);
  cutter.scanned = (at < 0 ? data.length : at) - begun;
}

/** Puts away what was looked through, or lets it go. */
function putAway(cutter: Cutter): void {
  const keep = Math.max(0, cutter.scanned - BACK);
  if (keep < PIECE && !cutter.skipping) return;
  const bytes = cutter.data.subarray(0, keep);
  if (cutter.skipping) cutter.line += countLines(bytes);
  else {
    cutter.pieces.push(bytes);
    cutter.held += bytes.length;
  }
  cutter.data = cutter.data.subarray(keep);
  cutter.scanned -= keep;
}

/** Gives what is there of a block that has become too long: its whole entries, or the beginning of its only one. */
function overflow(cutter: Cutter): void {
  const bytes = Buffer.concat([...cutter.pieces, cutter.data]);
  const looked = bytes.length - cutter.data.length + cutter.scanned;
  const inner = lastInLine(bytes);
  const end = inner ?? Math.max(0, looked - BACK);
  give(cutter, bytes.subarray(0, end), inner === undefined);
  cutter.data = bytes.subarray(end);
  cutter.scanned = Math.max(0, looked - end);
}

function taken(cutter: Cutter): Block[] {
  const { blocks } = cutter;
  cutter.blocks = [];
  return blocks;
}

/**
 * Cuts at every `@` that begins a line and an entry: the one place where a damaged entry surely ends. Never holds more than
 * `maxBytes` (default 4 MB) and a chunk: of a longer entry the beginning is given, and the rest let go.
 */
export function createBlockCutter(maxBytes = MAX_BLOCK_BYTES): BlockCutter {
  const cutter: Cutter = {
    pieces: [],
    held: 0,
    data: Buffer.alloc(0),
    scanned: 0,
    line: 1,
    skipping: false,
    blocks: [],
  };
  return {
    push(chunk) {
      cutter.data = cutter.data.length === 0 ? chunk : Buffer.concat([cutter.data, chunk]);
      scan(cutter, false);
      if (!cutter.skipping && cutter.held + cutter.data.length > maxBytes) overflow(cutter);
      putAway(cutter);
      return taken(cutter);
    },
    end() {
      scan(cutter, true);
      takeUntil(cutter, 0, cutter.data.length);
      return taken(cutter);
    },
  };
}
