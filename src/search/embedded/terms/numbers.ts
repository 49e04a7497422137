/** Numbers from 0 to 2^32 - 1 by number, in one array that grows; 0 where none was set. */
export interface Numbers {
  readonly get: (at: number) => number;
  readonly set: (at: number, value: number) => void;
}

/** No numbers yet. */
export function createNumbers(): Numbers {
  let values = new Uint32Array(0);
  return {
    get: (at) => values[at] ?? 0,
    set(at, value) {
      if (at >= values.length) {
        const before = values;
        values = new Uint32Array(Math.ceil((at + 1) * 1.25) + 16);
        values.set(before);
      }
      values[at] = value;
    },
  };
}
