import type { Paper } from "../../corpus/paper.ts";
import type { Channel } from "../ranking/in-order.ts";
import { countLeft, inOrder, scoreAt } from "../ranking/in-order.ts";
import type { Pool } from "../ranking/pool.ts";
import type { Pools } from "../ranking/pools.ts";
import type { Judged, Scored } from "../ranking/score.ts";
import type { NothingReason } from "./nothing.ts";

/** All papers that a digest could bring to a channel. */
export type Ranking =
  /** The papers of the pool in the order in which they stand there; `of` is how many, at least one. */
  | {
      readonly kind: "ranked";
      /** That no paper is new. */
      readonly archive: boolean;
      readonly pool: Pool;
      readonly of: number;
      /** Positions in the pool, the best first. */
      readonly positions: Iterable<number>;
    }
  | { readonly kind: "nothing"; readonly reason: NothingReason };

/** What a digest brings. `of` is how many papers there were to choose from. */
export type Choice<Known extends Judged = Paper> =
  | {
      readonly kind: "chosen";
      readonly archive: boolean;
      readonly paper: Scored<Known>;
      readonly runnersUp: readonly Scored<Known>[];
      readonly of: number;
    }
  | { readonly kind: "nothing"; readonly reason: NothingReason };

/** Why none of the papers may be in the digest. */
function whyNothing({ table, count }: Pools): NothingReason {
  if (table.papers.length === 0) return { kind: "empty-corpus" };
  const { present, enough } = count();
  if (present === 0) return { kind: "no-match" };
  return enough === 0 ? { kind: "below-minimum", matching: present } : { kind: "all-had", matching: enough };
}

/**
 * Ranks the papers a digest could bring: those of the last 14 days that no rule keeps out, or, where there is none, all
 * others that no rule keeps out, from the archive.
 */
export function rankPapers(pools: Pools, channel: Channel): Ranking {
  const fresh = countLeft(pools.fresh, channel);
  const pool = fresh > 0 ? pools.fresh : pools.archive();
  const of = fresh > 0 ? fresh : countLeft(pool, channel);
  if (of === 0) return { kind: "nothing", reason: whyNothing(pools) };
  return { kind: "ranked", archive: fresh === 0, pool, of, positions: inOrder(pool, channel) };
}

/** The paper of the day and at most so many that follow it: the first of the ranking. */
export function choosePapers(pools: Pools, channel: Channel, runnersUp: number): Choice<Judged> {
  const ranking = rankPapers(pools, channel);
  if (ranking.kind === "nothing") return ranking;
  const { archive, pool, of } = ranking;
  const chosen: Scored<Judged>[] = [];
  for (const position of ranking.positions) {
    if (chosen.push(scoreAt(pool, channel, position)) > runnersUp) break;
  }
  const [paper, ...others] = chosen;
  if (paper === undefined) throw new Error("A ranking without a paper");
  return { kind: "chosen", archive, paper, runnersUp: others, of };
}
