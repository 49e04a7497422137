import type { Definition } from "../../text/abbreviations.ts";

/** How often each abbreviation is defined as what, over all papers. */
export interface AbbreviationTable {
  readonly add: (definitions: readonly Definition[]) => void;
  readonly remove: (definitions: readonly Definition[]) => void;
  /** What an abbreviation (by its stem) most often stands for, as an expansion key; undefined for other words. */
  readonly expansionOf: (short: string) => string | undefined;
  /** The abbreviations of a run of words, by its expansion key. */
  readonly abbreviationsOf: (long: string) => readonly string[];
  /** All definitions with their counts, for saving. */
  readonly entries: () => Iterable<DefinitionCount>;
}

export type DefinitionCount = readonly [short: string, long: string, count: number];

type Counts = Map<string, Map<string, number>>;

function change(counts: Counts, key: string, value: string, by: number): void {
  let row = counts.get(key);
  if (row === undefined) {
    row = new Map();
    counts.set(key, row);
  }
  const count = (row.get(value) ?? 0) + by;
  if (count > 0) row.set(value, count);
  else row.delete(value);
  if (row.size === 0) counts.delete(key);
}

/** A table with the given definitions. */
export function createAbbreviationTable(start: readonly DefinitionCount[] = []): AbbreviationTable {
  const byShort: Counts = new Map();
  const byLong: Counts = new Map();
  const put = (short: string, long: string, by: number): void => {
    change(byShort, short, long, by);
    change(byLong, long, short, by);
  };
  for (const [short, long, count] of start) put(short, long, count);
  return {
    add(definitions) {
      for (const { short, long } of definitions) put(short, long, 1);
    },
    remove(definitions) {
      for (const { short, long } of definitions) put(short, long, -1);
    },
    expansionOf(short) {
      const row = [...(byShort.get(short) ?? [])];
      return row.reduce<[string, number] | undefined>(
        (best, one) => (best && best[1] >= one[1] ? best : one),
        undefined,
      )?.[0];
    },
    abbreviationsOf: (long) => [...(byLong.get(long)?.keys() ?? [])],
    *entries() {
      for (const [short, row] of byShort) for (const [long, count] of row) yield [short, long, count];
    },
  };
}
