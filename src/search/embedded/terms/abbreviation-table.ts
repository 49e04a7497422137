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

/** Texts, each with its count behind it: most have one, and a map for each would take four times the memory. */
type Row = (string | number)[];

type Counts = Map<string, Row>;

function change(counts: Counts, key: string, value: string, by: number): void {
  const row = counts.get(key) ?? [];
  const at = row.indexOf(value);
  const count = (at < 0 ? 0 : Number(row[at + 1])) + by;
  if (count > 0 && at < 0) row.push(value, count);
  else if (count > 0) row[at + 1] = count;
  else if (at >= 0) row.splice(at, 2);
  if (row.length > 0) counts.set(key, row);
  else counts.delete(key);
}

/** The texts of a row with their counts. */
function* pairsOf(row: Row = []): Generator<readonly [text: string, count: number]> {
  for (let at = 0; at < row.length; at += 2) yield [String(row[at]), Number(row[at + 1])];
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
      let [most, best]: [number, string | undefined] = [0, undefined];
      for (const [long, count] of pairsOf(byShort.get(short))) if (count > most) [most, best] = [count, long];
      return best;
    },
    abbreviationsOf: (long) => Array.from(pairsOf(byLong.get(long)), ([short]) => short),
    *entries() {
      for (const [short, row] of byShort)
        for (const [long, count] of pairsOf(row)) yield [short, long, count];
    },
  };
}
