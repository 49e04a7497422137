import type { FileHandle } from "node:fs/promises";

/** Which bytes of a file are read: from `start` up to `end`, or to the end of the file where that comes first. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Reads a part of a file in pieces of at most `size` bytes. A piece is used before the next one is asked for. */
export async function* readPieces(
  handle: FileHandle,
  { start, end }: Extent,
  size: number,
): AsyncGenerator<Buffer> {
  const piece = Buffer.alloc(Math.min(size, Math.max(0, end - start)));
  for (let at = start; at < end;) {
    const { bytesRead } = await handle.read(piece, 0, Math.min(size, end - at), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}
