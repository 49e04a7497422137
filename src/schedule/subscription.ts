import type { Weekday } from "./slots/local-date.ts";

/** Where a digest goes. */
export interface Place {
  readonly platform: string;
  /** The server or workspace, where the platform has them. */
  readonly server?: string;
  readonly channel: string;
  /** A direct conversation of one person with the bot. */
  readonly direct?: true;
}

/** What a subscription asks for: when a digest comes, and of which papers. */
export interface Plan {
  /** On the clocks of `zone`. */
  readonly time: { readonly hour: number; readonly minute: number };
  /** IANA name. */
  readonly zone: string;
  /** In ascending order, at least one. */
  readonly days: readonly Weekday[];
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

/** What a platform said when it refused a digest for good: the channel is gone, or a permission is missing. */
export type HeldReason = "place-missing" | "not-allowed";

/** Whether digests go out, and if not, why. */
type SubscriptionState =
  | { readonly kind: "active" }
  | { readonly kind: "paused" }
  | { readonly kind: "held"; readonly reason: HeldReason; readonly since: Date };

/** A digest that a channel gets. A channel may have several. */
export interface Subscription {
  readonly id: string;
  readonly place: Place;
  /** The person, by the platform's id. */
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Since when the plan has its time, zone and days, and is not paused: no digest is due for a time before it. */
  readonly scheduledSince: Date;
  readonly plan: Plan;
  readonly state: SubscriptionState;
}

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

/** One text for one place, for keys and hashes. */
export function placeKey({ platform, server = "", channel }: Place): string {
  return JSON.stringify([platform, server, channel]);
}

function sameSchedule(a: Plan, b: Plan): boolean {
  return (
    a.time.hour === b.time.hour &&
    a.time.minute === b.time.minute &&
    a.zone === b.zone &&
    a.days.join() === b.days.join()
  );
}

/** The subscription with another plan. A change of time, zone or days counts from now on, never for times gone by. */
export function changePlan(subscription: Subscription, plan: Plan, now: Date): Subscription {
  const scheduledSince = sameSchedule(subscription.plan, plan) ? subscription.scheduledSince : now;
  return { ...subscription, plan, scheduledSince };
}

/** The subscription, paused. */
export function pauseSubscription(subscription: Subscription): Subscription {
  return { ...subscription, state: { kind: "paused" } };
}

/**
 * The subscription, active again. What fell into a pause stays unsent; what was held back because of the platform may
 * still be sent late, since nobody wanted it held.
 */
export function resumeSubscription(subscription: Subscription, now: Date): Subscription {
  const scheduledSince = subscription.state.kind === "paused" ? now : subscription.scheduledSince;
  return { ...subscription, scheduledSince, state: { kind: "active" } };
}
