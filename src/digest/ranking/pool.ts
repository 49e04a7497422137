import type { PaperTable } from "./paper-table.ts";
import { round, thousandthsOf } from "./score.ts";
import type { Day, Standing } from "./standing.ts";

/** The papers about a topic. */
export interface TopicRows {
  readonly text: string;
  readonly rows: Uint32Array;
  /** For each row how well it fits, 0 to 1. */
  readonly fits: Float64Array;
}

/** The best papers first, as positions in a pool, with their scores where nothing posted before is like them. */
export interface Order {
  readonly positions: Uint32Array;
  /** By position, in thousandths. */
  readonly scores: Uint16Array;
}

/** The papers that a digest of some subscriptions could bring, all of them new or all of the archive. */
export interface Pool {
  readonly table: PaperTable;
  readonly day: Day;
  /** In ascending order. */
  readonly rows: Uint32Array;
  /** The position of a row; undefined for a paper that is not in the pool. */
  readonly find: (row: number) => number | undefined;
  readonly fit: (position: number) => { readonly topic: string; readonly value: number } | undefined;
  /** What a paper scores with this novelty, in thousandths; NaN where novelty does not apply. */
  readonly score: (position: number, novelty: number) => number;
  /** The order where novelty applies or does not. It is made once. */
  readonly order: (novel: boolean) => Order;
}

/** What a pool is drawn from. Without topics it is all papers. */
export interface Source {
  readonly table: PaperTable;
  readonly day: Day;
  readonly topics: readonly TopicRows[] | undefined;
  /** Whether a paper has the comments and votes asked for. */
  readonly enough: (row: number) => boolean;
}

/** The best topic of each row that has any of some topics and passes, the rows in ascending order. */
function joinTopics(
  topics: readonly TopicRows[],
  size: number,
  passes: (row: number) => boolean,
): { rows: Uint32Array; values: Float64Array; topics: Uint16Array } {
  const best = new Float64Array(size).fill(-1);
  const number = new Uint16Array(size);
  const found: number[] = [];
  for (const [topic, { rows, fits }] of topics.entries())
    for (const [i, row] of rows.entries()) {
      if (!passes(row)) continue;
      const [value, before] = [fits[i] ?? 0, best[row] ?? -1];
      if (before < 0) found.push(row);
      // Of equal ones the first topic counts.
      if (value > before) {
        best[row] = value;
        number[row] = topic;
      }
    }
  const rows = Uint32Array.from(found).toSorted();
  return {
    rows,
    values: Float64Array.from(rows, (row) => best[row] ?? 0),
    topics: Uint16Array.from(rows, (row) => number[row] ?? 0),
  };
}

function allRows(size: number, passes: (row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(size);
  let count = 0;
  for (let row = 0; row < size; row++) if (passes(row)) rows[count++] = row;
  return rows.slice(0, count);
}

/** Finds a number in ascending ones; undefined when it is not there. */
function findIn(rows: Uint32Array, wanted: number): number | undefined {
  let [low, high] = [0, rows.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle] ?? 0;
    if (row === wanted) return middle;
    if (row < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** A score has one of so many values. */
const SCORES = 1001;

/** Positions by their scores, the best first; of one score in their order. */
function sortByScore(scores: Uint16Array): Uint32Array {
  const starts = new Uint32Array(SCORES + 1);
  for (const score of scores) starts[SCORES - score] = (starts[SCORES - score] ?? 0) + 1;
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const sorted = new Uint32Array(scores.length);
  for (let position = 0; position < scores.length; position++) {
    const bucket = SCORES - 1 - (scores[position] ?? 0);
    const at = starts[bucket] ?? 0;
    sorted[at] = position;
    starts[bucket] = at + 1;
  }
  return sorted;
}

/** The papers of a source that stand so on its day and have the comments and votes asked for. */
export function openPool({ table, day, topics, enough }: Source, standing: Standing): Pool {
  const passes = (row: number): boolean => day.is(row, standing) && enough(row);
  const size = table.papers.length;
  const joined = topics === undefined ? undefined : joinTopics(topics, size, passes);
  const rows = joined?.rows ?? allRows(size, passes);
  const score = (position: number, novelty: number): number => {
    const row = rows[position] ?? 0;
    const fit = joined === undefined ? NaN : round(joined.values[position] ?? 0);
    return thousandthsOf({
      recency: day.recency(row),
      attention: table.attention[row] ?? 0,
      fit,
      novelty,
    });
  };
  const orders = new Map<boolean, Order>();
  const makeOrder = (novel: boolean): Order => {
    const scores = Uint16Array.from(rows, (_, position) => score(position, novel ? 1 : NaN));
    const order = { scores, positions: sortByScore(scores) };
    orders.set(novel, order);
    return order;
  };
  return {
    table,
    day,
    rows,
    find: (row) => findIn(rows, row),
    fit(position) {
      const topic = topics?.[joined?.topics[position] ?? 0];
      return topic && { topic: topic.text, value: joined?.values[position] ?? 0 };
    },
    score,
    order: (novel) => orders.get(novel) ?? makeOrder(novel),
  };
}
