import { crc32 } from "node:zlib";

/**
 * Parts that are read in pieces have a sum for each so many bytes, so that a piece is compared with what was written whenever
 * it is read: the file stays open for weeks, and a disk may give other bytes then than at the start. A sum of the whole part
 * would mean reading all of it. A page of a disk: most papers lie in one or two, and the sums take a thousandth of the file.
 */
export const BLOCK_BYTES = 4096;

/** The part with the sums of all other parts, one part behind the other. */
export const SUMS = "sums";

export const blocksOf = (bytes: number): number => Math.ceil(bytes / BLOCK_BYTES);

/** Sums up the blocks of parts that come in pieces of any length. */
export interface BlockSums {
  readonly add: (piece: Uint8Array) => void;
  /** The part has ended; the next one begins with a block of its own. */
  readonly endPart: () => void;
  /** The sums so far, in 32-bit words. */
  readonly sums: () => Uint32Array;
}

/** No part has begun. */
export function createBlockSums(): BlockSums {
  const sums: number[] = [];
  let [sum, filled] = [0, 0];
  const endBlock = (): void => {
    if (filled > 0) sums.push(sum);
    [sum, filled] = [0, 0];
  };
  return {
    add(piece) {
      for (let at = 0; at < piece.length;) {
        const part = piece.subarray(at, at + BLOCK_BYTES - filled);
        sum = crc32(part, sum);
        filled += part.length;
        at += part.length;
        if (filled === BLOCK_BYTES) endBlock();
      }
    },
    endPart: endBlock,
    sums: () => Uint32Array.from(sums),
  };
}
