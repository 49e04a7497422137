/** A part of what is saved: bytes as they lie, or pieces of bytes that are made while they are written. */
export type Content = ArrayBufferView | Iterable<Uint8Array>;

/** Parts by name, no name twice. */
export type Sections = readonly (readonly [name: string, content: Content])[];

/** What was saved before, to be used as it lies. A part that was not saved is empty. */
export interface Saved {
  readonly bytes: (name: string) => Uint8Array;
  /** A part of 32-bit words, or of numbers of 64 bits, in the byte order of this machine. */
  readonly words: (name: string) => Uint32Array;
  readonly doubles: (name: string) => Float64Array;
  /** What is JSON; undefined for an empty part. */
  readonly json: (name: string) => unknown;
  /** The number of 32-bit words of a part. */
  readonly count: (name: string) => number;
  /** Words `[from, to)` of a part. They stay in the file until they are asked for, and are not kept. */
  readonly some: (name: string, from: number, to: number) => Uint32Array;
  /** So many bytes of a part from a place on, in the same way. */
  readonly piece: (name: string, at: number, length: number) => Buffer;
}

/** Nothing was saved. */
export const NOTHING_SAVED: Saved = {
  bytes: () => new Uint8Array(0),
  words: () => new Uint32Array(0),
  doubles: () => new Float64Array(0),
  json: () => undefined,
  count: () => 0,
  some: () => new Uint32Array(0),
  piece: () => Buffer.alloc(0),
};

export const jsonBytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
