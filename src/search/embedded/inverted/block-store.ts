/** Words an array holds for many blocks, as a power of two; a larger block gets an array of its own. */
const ARRAY_BITS = 18;
const ARRAY_WORDS = 2 ** ARRAY_BITS;

/**
 * Blocks of 32-bit words in a few large arrays. Hundreds of thousands of small arrays would each cost some 200 bytes of
 * their own, and leave holes in the memory of the process as they grow. A block is named by its address; its size is
 * 2^exponent words.
 */
export interface BlockStore {
  /** The first words of a block, to read and to write. */
  readonly view: (address: number, length: number) => Uint32Array;
  /** Writes the word at a place of a block. */
  readonly write: (address: number, place: number, word: number) => void;
  /** A block of any content: one that was freed, where there is one of this size. */
  readonly allocate: (exponent: number) => number;
  readonly free: (address: number, exponent: number) => void;
}

const NOTHING = new Uint32Array(0);

/** An empty store. */
export function createBlockStore(): BlockStore {
  const arrays: Uint32Array[] = [];
  const freed: number[][] = [];
  let next = 0;
  let end = 0;
  /** Adds an array; gives the address of its first word. */
  const grow = (words: number): number => (arrays.push(new Uint32Array(words)) - 1) * ARRAY_WORDS;
  return {
    view(address, length) {
      const offset = address & (ARRAY_WORDS - 1);
      return (arrays[address >>> ARRAY_BITS] ?? NOTHING).subarray(offset, offset + length);
    },
    write(address, place, word) {
      const array = arrays[address >>> ARRAY_BITS];
      if (array !== undefined) array[(address & (ARRAY_WORDS - 1)) + place] = word;
    },
    allocate(exponent) {
      const again = freed[exponent]?.pop();
      if (again !== undefined) return again;
      const words = 2 ** exponent;
      if (words > ARRAY_WORDS) return grow(words);
      if (next + words > end) {
        next = grow(ARRAY_WORDS);
        end = next + ARRAY_WORDS;
      }
      const address = next;
      next += words;
      return address;
    },
    free(address, exponent) {
      (freed[exponent] ??= []).push(address);
    },
  };
}
