import type { PaperId } from "../corpus/paper.ts";
import type { Edition as Scheduled } from "../schedule/goods.ts";
import type { Schedule } from "../schedule/slots/slots.ts";
import type { Subscription } from "../schedule/subscription.ts";
import type { Wish } from "./wish.ts";
import type { Paper } from "../corpus/paper.ts";

/** How soon new papers are told. */
export const RHYTHMS = ["at once", "daily", "weekly"] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** What is followed, and when that is told; the schedule is not looked at where papers are told at once. */
export interface FollowPlan extends Schedule {
  readonly wish: Wish;
  readonly when: Rhythm;
  /** The number of the last arrival when it began, or went on after a pause: only what came later is new. */
  readonly since: number;
}

/** Somebody's wish to be told of new papers, in a channel or privately. */
export type Follow = Subscription<FollowPlan>;

/** Papers that are told in one message, in the order in which they came. */
export type FollowNews =
  | {
      readonly kind: "papers";
      readonly papers: readonly Paper[];
      /** How many wait for the next message. */
      readonly more: number;
    }
  | { readonly kind: "nothing" };

/** What the ledger keeps of them. */
type FollowContent =
  | { readonly kind: "papers"; readonly papers: readonly PaperId[]; readonly more: number }
  | { readonly kind: "nothing" };

/** The kind of thing that a follow sends. */
export interface Following {
  readonly plan: FollowPlan;
  readonly news: FollowNews;
  readonly content: FollowContent;
  readonly nothing: { readonly kind: "none-new" };
}

/** A message of a follow, as it is shown. */
export type FollowEdition = Scheduled<Following>;

/** Follows that one place may have. */
export const MOST_FOLLOWS = 50;

/** Papers in one message: as many as every platform shows of a list, for what it would leave out was not told. */
export const MOST_TOLD = 10;

/** How long after a message of a follow the next comes at the earliest, in milliseconds, where papers are told at once. */
export const GAP_MS = 5 * 60_000;
