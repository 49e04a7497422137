/** Numbers by number, in one array that grows; 0 where none was set. */
export interface Numbers<Column extends Uint32Array | Float64Array = Uint32Array> {
  readonly get: (at: number) => number;
  readonly set: (at: number, value: number) => void;
  /** The first so many of them. */
  readonly copy: (length: number) => Column;
}

type Make<Column> = (length: number) => Column;

function createColumn<Column extends Uint32Array | Float64Array>(
  make: Make<Column>,
  start: Column,
): Numbers<Column> {
  let values = start;
  return {
    get: (at) => values[at] ?? 0,
    set(at, value) {
      if (at >= values.length) {
        const before = values;
        values = make(Math.ceil((at + 1) * 1.25) + 16);
        values.set(before);
      }
      values[at] = value;
    },
    copy(length) {
      const copied = make(length);
      copied.set(values.subarray(0, length));
      return copied;
    },
  };
}

/** Whole numbers from 0 to 2^32 - 1, those of `start` at first; the array given is used as it lies. */
export const createNumbers = (start: Uint32Array = new Uint32Array(0)): Numbers =>
  createColumn<Uint32Array>((length) => new Uint32Array(length), start);

/** Numbers of any size. */
export const createDoubles = (start: Float64Array = new Float64Array(0)): Numbers<Float64Array> =>
  createColumn<Float64Array>((length) => new Float64Array(length), start);
