import { openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { draftOf } from "../../../files/drafts.ts";

/** Texts are kept in pieces of so many bytes; a longer text gets a piece of its own. */
const PIECE_BYTES = 2 ** 20;

/** The places of one piece; no piece is longer. */
const SPAN = 2 ** 28;

/** Texts that came since an index was opened, one behind the other; none of them changes. */
export interface TextLog {
  /** Adds a text; gives its place. */
  readonly append: (text: Uint8Array) => number;
  readonly read: (place: number, length: number) => Buffer;
  /** Forgets all texts. */
  readonly clear: () => void;
}

/** A piece of the log: in memory, or where it lies in the file. */
interface Piece {
  bytes: Buffer | undefined;
  used: number;
  at: number;
}

/**
 * Opens a file that no name leads to: it is gone with the process, however that ends. Undefined where none can be made,
 * since the folder is not there yet or may not be written.
 */
function openNameless(beside: string): number | undefined {
  const name = draftOf(`${beside}.texts`);
  try {
    const descriptor = openSync(name, "w+", 0o600);
    unlinkSync(name);
    return descriptor;
  } catch {
    return undefined;
  }
}

/** An empty log. With a file, whole pieces go to the disk beside it, as far as that takes them; without one they stay in memory. */
export function createTextLog(beside?: string): TextLog {
  let pieces: Piece[] = [];
  let descriptor: number | undefined;
  let written = 0;
  /** Brings a whole piece to the disk. */
  const spill = (piece: Piece): void => {
    if (beside === undefined || piece.bytes === undefined) return;
    descriptor ??= openNameless(beside);
    if (descriptor === undefined) return;
    try {
      for (let done = 0; done < piece.used;)
        done += writeSync(descriptor, piece.bytes, done, piece.used - done, written + done);
    } catch {
      // A full disk: it stays in memory.
      return;
    }
    piece.bytes = undefined;
    piece.at = written;
    written += piece.used;
  };
  const pieceFor = (length: number): Piece => {
    const last = pieces.at(-1);
    if (last?.bytes !== undefined && last.used + length <= last.bytes.length) return last;
    if (last !== undefined) spill(last);
    const piece = { bytes: Buffer.allocUnsafeSlow(Math.max(PIECE_BYTES, length)), used: 0, at: 0 };
    pieces.push(piece);
    return piece;
  };
  return {
    append(text) {
      if (text.length > SPAN) throw new RangeError(`A text of ${text.length} bytes is above ${SPAN}`);
      const piece = pieceFor(text.length);
      const start = piece.used;
      piece.bytes?.set(text, start);
      piece.used += text.length;
      return (pieces.length - 1) * SPAN + start;
    },
    read(place, length) {
      const piece = pieces[Math.floor(place / SPAN)];
      const start = place % SPAN;
      if (piece?.bytes !== undefined) return piece.bytes.subarray(start, start + length);
      const text = Buffer.allocUnsafe(length);
      if (piece !== undefined && descriptor !== undefined)
        readSync(descriptor, text, 0, length, piece.at + start);
      return text;
    },
    clear() {
      pieces = [];
      written = 0;
    },
  };
}
