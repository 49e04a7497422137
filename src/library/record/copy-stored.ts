import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import path from "node:path";
import { readPieces } from "../../files/read-pieces.ts";
import { lastLineEnd, openStored, storedFile } from "./stored-file.ts";
import { parseStored } from "./stored-line.ts";

/** Copied at once. */
const PIECE_BYTES = 1024 * 1024;

async function readText(handle: FileHandle, start: number, end: number): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of readPieces(handle, { start, end }, PIECE_BYTES)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString("utf8");
}

/**
 * Copies the stored papers of one state folder into another that has none, while programs may be adding to them: whole
 * lines, up to some moment after the call. Gives the name of the file; undefined where there are none.
 */
export async function copyStored(from: string, to: string): Promise<string | undefined> {
  const source = await openStored(from);
  if (source === undefined) return undefined;
  try {
    const { size, atime, mtime } = await source.stat();
    const end = await lastLineEnd(source);
    const target = await open(storedFile(to), "wx", 0o600);
    try {
      for await (const piece of readPieces(source, { start: 0, end }, PIECE_BYTES))
        await target.appendFile(piece);
      // A last line that somebody wrote by hand may lack its end.
      const last = await readText(source, end, size);
      if (parseStored(last) !== undefined) await target.appendFile(`${last}\n`);
      // It tells when papers were last taken in.
      await target.utimes(atime, mtime);
      await target.sync();
    } finally {
      await target.close();
    }
    return path.basename(storedFile(to));
  } finally {
    await source.close();
  }
}
