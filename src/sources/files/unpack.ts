import { createGunzip } from "node:zlib";
import { pipeline } from "node:stream";
import { Readable } from "node:stream";

/** Lists of papers shrink to a tenth; what grows more than this, and beyond some size, is made to fill memory and disk. */
const MAX_GROWTH = 200;
const ALWAYS_ALLOWED = 64 * 1024 * 1024;

/** That a packed file is none, is cut off or grows beyond measure; its message says so. */
export class UnpackError extends Error {}

/** Whether bytes begin as gzip does (RFC 1952, section 2.3.1). */
export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** Unpacks gzip as its bytes come. Rejects with an UnpackError; what came before is whole. */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let [packed, unpacked] = [0, 0];
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      packed += chunk.byteLength;
      yield chunk;
    }
  };
  const unpacking = createGunzip();
  // Its errors come out of the iteration below.
  pipeline(Readable.from(counted()), unpacking, () => undefined);
  try {
    for await (const chunk of unpacking as AsyncIterable<Uint8Array>) {
      unpacked += chunk.byteLength;
      if (unpacked > ALWAYS_ALLOWED && unpacked > MAX_GROWTH * packed)
        throw new UnpackError(`one that grows more than ${MAX_GROWTH} times as large; the rest is left out`);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof UnpackError) throw error;
    throw new UnpackError(
      `${error instanceof Error ? error.message : String(error)}; what came before was read`,
    );
  }
}

/** A stream of which the first bytes are known, and that still gives all of them. */
export interface Peeked {
  readonly head: Buffer;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Lets the source go, whether it was read or not. */
  readonly close: () => Promise<void>;
}

/** Looks at the first bytes, fewer where there are no more. */
export async function peek(source: AsyncIterable<Uint8Array>, bytes: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  while (size < bytes && !ended) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else {
      first.push(next.value);
      size += next.value.byteLength;
    }
  }
  const head = Buffer.concat(first);
  const chunks = (async function* (): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    while (!ended) {
      const next = await iterator.next();
      if (next.done === true) ended = true;
      else yield next.value;
    }
  })();
  const close = async (): Promise<void> => {
    await iterator.return?.();
  };
  return { head: head.subarray(0, bytes), chunks, close };
}
