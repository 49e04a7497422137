/** How much a record holds, and which of all that it ever was: one that is written anew has another name. */
export interface SharedExtent {
  readonly generation: string;
  readonly bytes: number;
}

/**
 * The record of papers that programs on several machines share: bytes that only grow by whole lines at their end, unless all is
 * written anew. Each machine keeps a copy, which is the beginning of it.
 */
export interface SharedRecord {
  /** Of all records the one: a copy of another must not be taken for one of this. */
  readonly id: () => Promise<string>;
  /** What it holds now; undefined where nothing was put there yet. */
  readonly extent: () => Promise<SharedExtent | undefined>;
  /** What follows after so many bytes, in pieces of whole lines; nothing more where it was written anew meanwhile. */
  readonly after: (from: SharedExtent) => AsyncIterable<Buffer>;
  /** Adds lines where it holds just this; false where others were first, and nothing is added. */
  readonly append: (at: SharedExtent, lines: Buffer) => Promise<boolean>;
  /** Puts all of this there where it holds just `at` (undefined: nothing); false where others were first, and nothing is changed. */
  readonly replace: (
    at: SharedExtent | undefined,
    generation: string,
    pieces: () => AsyncIterable<Buffer>,
  ) => Promise<boolean>;
  /** Calls when somebody changed it, as far as the server tells; what this gives ends that. */
  readonly watch: (changed: () => void) => () => Promise<void>;
  readonly close: () => Promise<void>;
}
