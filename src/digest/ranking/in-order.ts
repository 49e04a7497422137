import type { Pull } from "../../taste/pull.ts";
import { pointsOf } from "../../taste/pull.ts";
import type { Nearness } from "./candidate.ts";
import type { Draw } from "./draw.ts";
import type { Order, Pool } from "./pool.ts";
import type { Judged, Scored } from "./score.ts";
import { noveltyOf, scorePaper } from "./score.ts";

/** What a channel changes in the order of a pool. */
export interface Channel {
  /** Rows that it has had. */
  readonly had: ReadonlySet<number>;
  /** With how many of its latest papers of the day others are compared. */
  readonly remembered: number;
  /** Rows that are near one of these. */
  readonly near: ReadonlyMap<number, Nearness>;
  /** Rows that the reactions there move. */
  readonly taste: ReadonlyMap<number, Pull>;
  readonly draw: Draw;
}

/** A paper of a pool with all that decides where it stands. */
interface Placed {
  readonly position: number;
  readonly row: number;
  readonly score: number;
  readonly tie: number;
  readonly chance: number;
}

/** A chance has 32 bits, and fewer than this many papers can be told apart beside it in a number of 53. */
const BESIDE = 2 ** 21;

interface Walk {
  readonly pool: Pool;
  readonly channel: Channel;
}

/** The stated order: score, votes, comments, newer date (one number for these three), the draw, then the id. */
function compare({ pool: { table } }: Walk, a: Placed, b: Placed): number {
  const known = b.score - a.score || a.tie - b.tie || a.chance - b.chance;
  if (known !== 0) return known;
  return (table.papers[a.row]?.id ?? "") < (table.papers[b.row]?.id ?? "") ? -1 : 1;
}

function place({ pool, channel }: Walk, position: number, score: number): Placed {
  const row = pool.rows[position] ?? 0;
  const paper = pool.table.papers[row];
  if (paper === undefined) throw new Error("A row without a paper");
  return { position, row, score, tie: pool.table.ties[row] ?? 0, chance: channel.draw(paper.id) };
}

/** The papers that are near or moved, with what they score for it, the best first. */
function placeApart(walk: Walk): Placed[] {
  const { pool, channel } = walk;
  const { had, near, taste, remembered } = channel;
  const placed: Placed[] = [];
  for (const row of new Set([...near.keys(), ...taste.keys()])) {
    const position = had.has(row) ? undefined : pool.find(row);
    if (position === undefined) continue;
    const novelty = remembered === 0 ? NaN : noveltyOf(near.get(row)?.similarity ?? 0);
    const moved = pointsOf(taste.get(row)?.value ?? 0);
    placed.push(place(walk, position, pool.score(position, novelty) + moved));
  }
  return placed.toSorted((a, b) => compare(walk, a, b));
}

/** Those of a tie that are neither had nor placed apart, in the order of the draw. */
function placeTie(walk: Walk, order: Order, [from, to]: readonly [number, number]): Placed[] {
  const { had, near, taste } = walk.channel;
  const tied: Placed[] = [];
  for (let i = from; i < to; i++) {
    const position = order.positions[i] ?? 0;
    const row = walk.pool.rows[position] ?? 0;
    if (!had.has(row) && !near.has(row) && !taste.has(row))
      tied.push(place(walk, position, order.scores[position] ?? 0));
  }
  if (tied.length < 2) return tied;
  if (tied.length >= BESIDE) return tied.toSorted((a, b) => compare(walk, a, b));
  // Numbers are sorted some ten times as fast as objects.
  const drawn = Float64Array.from(tied, ({ chance }, i) => chance * BESIDE + i).toSorted();
  const sorted = Array.from(drawn, (key) => tied[key % BESIDE]).filter((one) => one !== undefined);
  const hasEqual = sorted.some(({ chance }, i) => sorted[i + 1]?.chance === chance);
  return hasEqual ? sorted.toSorted((a, b) => compare(walk, a, b)) : sorted;
}

/** Where the tie that begins at a place of the order ends. */
function endOfTie({ rows, table: { ties } }: Pool, { positions, scores }: Order, from: number): number {
  const first = positions[from] ?? 0;
  const tie = ties[rows[first] ?? 0];
  let to = from + 1;
  for (; to < positions.length; to++) {
    const position = positions[to] ?? 0;
    if (scores[position] !== scores[first] || ties[rows[position] ?? 0] !== tie) break;
  }
  return to;
}

/**
 * The positions of what a channel could get of a pool, the best first. What is near something it has had, and what reactions
 * move, is few and scored by itself, so that the order that all channels share holds for all others; a draw is made for those of one tie, when their
 * turn has come.
 */
export function* inOrder(pool: Pool, channel: Channel): Generator<number> {
  const walk = { pool, channel };
  const apart = placeApart(walk);
  const order = pool.order(channel.remembered > 0);
  let next = 0;
  for (let from = 0, to = 0; from < order.positions.length; from = to) {
    to = endOfTie(pool, order, from);
    for (const one of placeTie(walk, order, [from, to])) {
      for (let rival = apart[next]; rival && compare(walk, rival, one) < 0; rival = apart[++next])
        yield rival.position;
      yield one.position;
    }
  }
  for (const one of apart.slice(next)) yield one.position;
}

/** How many papers of a pool a channel could get. */
export function countLeft(pool: Pool, { had }: Channel): number {
  let left = pool.rows.length;
  for (const row of had) if (pool.find(row) !== undefined) left--;
  return left;
}

/** A paper of a pool with the score it has for a channel, and what that is made of. */
export function scoreAt(pool: Pool, { near, taste, remembered }: Channel, position: number): Scored<Judged> {
  const row = pool.rows[position] ?? 0;
  const paper = pool.table.papers[row];
  if (paper === undefined) throw new Error("A row without a paper");
  const [fit, nearest, pull] = [pool.fit(position), near.get(row), taste.get(row)];
  return scorePaper(
    {
      paper,
      ...(fit === undefined ? {} : { fit }),
      ...(nearest === undefined ? {} : { nearest }),
      ...(pull === undefined ? {} : { taste: pull }),
    },
    { today: pool.day.date, remembered },
  );
}
