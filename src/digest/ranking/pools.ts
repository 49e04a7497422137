import type { PaperTable } from "./paper-table.ts";
import type { Pool, Source } from "./pool.ts";
import { openPool } from "./pool.ts";

/** The papers that a digest of some subscriptions could bring on a day. */
export interface Pools {
  readonly table: PaperTable;
  readonly fresh: Pool;
  /** Those of the archive; made when no new paper is left. */
  readonly archive: () => Pool;
  /** Whether a paper is about the topics, whatever else keeps it out. */
  readonly isOnTopic: (row: number) => boolean;
  /** Papers about the topics that stand and are not dated later, and those of them with the comments and votes asked for. */
  readonly count: () => { readonly present: number; readonly enough: number };
}

/** The pools of a source. */
export function openPools(source: Source): Pools {
  const { table, topics } = source;
  let archive: Pool | undefined;
  const openAll = (enough: Source["enough"]): number =>
    openPool({ ...source, enough }, "new").rows.length +
    openPool({ ...source, enough }, "archive").rows.length;
  return {
    table,
    fresh: openPool(source, "new"),
    archive: () => (archive ??= openPool(source, "archive")),
    isOnTopic: (row) => topics === undefined || topics.some(({ rows }) => rows.includes(row)),
    count: () => ({ present: openAll(() => true), enough: openAll(source.enough) }),
  };
}
