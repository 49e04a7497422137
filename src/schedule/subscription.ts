import type { Place } from "./place.ts";
import type { Schedule } from "./slots/slots.ts";

/** What a platform said when it refused a message for good: the channel is gone, or a permission is missing. */
export type HeldReason = "place-missing" | "not-allowed";

/** Whether messages go out, and if not, why. */
type SubscriptionState =
  | { readonly kind: "active" }
  | { readonly kind: "paused" }
  | { readonly kind: "held"; readonly reason: HeldReason; readonly since: Date };

/** Something that a place gets on a schedule. A place may have several. */
export interface Subscription<Plan extends Schedule = Schedule> {
  readonly id: string;
  readonly place: Place;
  /** The person, by the platform's id. */
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Since when the plan has its time, zone and days, and is not paused: nothing is due for a time before it. */
  readonly scheduledSince: Date;
  readonly plan: Plan;
  readonly state: SubscriptionState;
}

function sameSchedule(a: Schedule, b: Schedule): boolean {
  return (
    a.time.hour === b.time.hour &&
    a.time.minute === b.time.minute &&
    a.zone === b.zone &&
    a.days.join() === b.days.join()
  );
}

/** The subscription with another plan. A change of time, zone or days counts from now on, never for times gone by. */
export function changePlan<Plan extends Schedule>(
  subscription: Subscription<Plan>,
  plan: Plan,
  now: Date,
): Subscription<Plan> {
  const scheduledSince = sameSchedule(subscription.plan, plan) ? subscription.scheduledSince : now;
  return { ...subscription, plan, scheduledSince };
}

/** The subscription, paused. */
export function pauseSubscription<Plan extends Schedule>(
  subscription: Subscription<Plan>,
): Subscription<Plan> {
  return { ...subscription, state: { kind: "paused" } };
}

/**
 * The subscription, active again. What fell into a pause stays unsent; what was held back because of the platform may
 * still be sent late, since nobody wanted it held.
 */
export function resumeSubscription<Plan extends Schedule>(
  subscription: Subscription<Plan>,
  now: Date,
): Subscription<Plan> {
  const scheduledSince = subscription.state.kind === "paused" ? now : subscription.scheduledSince;
  return { ...subscription, scheduledSince, state: { kind: "active" } };
}
