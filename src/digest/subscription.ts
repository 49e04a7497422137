import type { Schedule } from "../schedule/slots/slots.ts";
import type { Subscription as Scheduled } from "../schedule/subscription.ts";

/** What a digest asks for: when it comes, and of which papers. */
export interface Plan extends Schedule {
  /** How many papers follow the paper of the day at most, 0 to 10. */
  readonly runnersUp: number;
  /** Topics in the query language, separated by commas; empty for all papers. */
  readonly topics: string;
  /** What is not known of a paper counts as 0. */
  readonly minimumComments: number;
  readonly minimumVotes: number;
  /** Whether the runners-up go into a thread under the paper of the day or into the channel with it. */
  readonly delivery: "thread" | "channel";
}

/** A digest that a channel gets. A channel may have several. */
export type Subscription = Scheduled<Plan>;

/** What a subscription asks for where nothing else is said, apart from the zone, which is UTC until somebody names one. */
export const DEFAULT_PLAN: Plan = {
  time: { hour: 9, minute: 0 },
  zone: "UTC",
  days: [1, 2, 3, 4, 5],
  runnersUp: 3,
  topics: "",
  minimumComments: 0,
  minimumVotes: 0,
  delivery: "thread",
};

/** Digests that one channel may have: more would be a feed. */
export const MOST_DIGESTS = 10;
