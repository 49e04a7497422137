/** A value as it is written, with its LaTeX and inner braces, and the line of its field. */
export interface BibField {
  readonly value: string;
  readonly line: number;
}

/** Something in an entry that could not be read as it is. */
export interface Damage {
  readonly line: number;
  readonly expected: string;
  readonly found: string;
}

/** An entry as it is written. Names of types and fields are in lower case. */
export interface BibEntry {
  readonly type: string;
  readonly key: string;
  /** Line of the `@`, from 1. */
  readonly line: number;
  /** Of a repeated field the first, as BibTeX takes it. */
  readonly fields: ReadonlyMap<string, BibField>;
  readonly damages: readonly Damage[];
}
