/** A row by its columns; every table holds texts and numbers alone. */
export type Row = Readonly<Record<string, string | number | null>>;

/** A database whose tables are up to date, of which all rows can be read and put. */
export interface Side {
  /** As the operator knows it. */
  readonly name: string;
  /** All rows of a table in the order in which they were written, some at a time. */
  readonly rows: (table: string) => AsyncIterable<readonly Row[]>;
  /** Puts rows in the place of those that a table has: all, or none where it fails. */
  readonly fill: (table: string, rows: AsyncIterable<readonly Row[]>) => Promise<void>;
  /** From where a move into this was begun and not ended; undefined where none was. */
  readonly begunFrom: () => Promise<string | undefined>;
  readonly begin: (from: string) => Promise<void>;
  readonly end: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The table in which a move that is under way is noted; it is gone when the move is done. */
export const MOVING = "moving_from";

/** Rows that are read and put at once. */
export const TOGETHER = 500;
