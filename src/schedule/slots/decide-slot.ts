import { isAhead } from "../../clocks-apart.ts";
import type { LedgerRow, SkipReason } from "../ledger.ts";
import type { Slot } from "./slots.ts";
import type { Subscription } from "../subscription.ts";

const MINUTE_MS = 60_000;

/** A digest of this age is no longer sent: the morning's paper is not wanted at night, and tomorrow's is near. */
export const LATE_LIMIT_MS = 12 * 60 * MINUTE_MS;

/** A digest older than this is marked late: less is what a busy platform or a slow start costs, and nobody minds. */
export const PUNCTUAL_MS = 15 * MINUTE_MS;

/** What is to be done about one slot. */
export type Decision =
  | { readonly kind: "wait"; readonly until: Date }
  /** `again`: it was claimed before by a sender that went silent, so look first whether it has arrived. */
  | { readonly kind: "send"; readonly late: boolean; readonly again: boolean }
  | { readonly kind: "skip"; readonly reason: SkipReason<never> }
  | { readonly kind: "done" };

/** What a decision is made from. `row` is the ledger's row for the subscription and the slot's local date. */
export interface SlotFacts {
  readonly slot: Slot;
  readonly row?: LedgerRow;
  readonly now: Date;
  readonly subscription: Subscription;
}

const skip = (reason: SkipReason<never>): Decision => ({ kind: "skip", reason });

/**
 * Whether a clock that was ahead has written the row: what it says was sent was sent; what it says of a time that was not
 * sent, or until when to wait, is not relied on.
 */
const isUntimely = (row: LedgerRow, now: Date): boolean => isAhead(row.writtenAt, now);

/** Whether a digest, or the word that there is none, may stand in the channel though it was skipped. */
const mayStand = (reason: SkipReason): boolean =>
  reason.kind === "unconfirmed" ||
  reason.kind === "unreadable" ||
  (reason.kind === "nothing" && reason.told === true);

/** What the row alone settles; undefined when the time and the subscription have to be looked at. */
function settledBy({ slot, row, now }: SlotFacts): Decision | undefined {
  if (row === undefined) return undefined;
  const { state, dueAt } = row;
  const untimely = isUntimely(row, now);
  switch (state.kind) {
    case "sent":
    case "confirmed":
      return { kind: "done" };
    case "skipped":
      // What was skipped may come when the time is moved to later that day, unless it may have arrived.
      if (untimely) return mayStand(state.reason) ? { kind: "done" } : undefined;
      if (state.reason.kind === "unconfirmed" || state.reason.kind === "unreadable") return { kind: "done" };
      return slot.dueAt > dueAt ? undefined : { kind: "done" };
    case "claimed":
      // When it was sent, if it was, no clock tells: so it cannot be looked for.
      if (untimely) return skip({ kind: "unconfirmed" });
      return state.until > now ? { kind: "wait", until: state.until } : undefined;
    case "planned":
    case "held":
      return undefined;
  }
}

/** Why a slot that is too old was not sent in time. */
function whyMissed(row: LedgerRow | undefined): SkipReason<never> {
  if (row?.state.kind === "claimed") return { kind: "unconfirmed" };
  if (row?.state.kind === "held") return { kind: "held", reason: row.state.reason };
  return { kind: "missed" };
}

/** Whether a slot is too old to be sent. Slots lie 22 hours apart at least, so that all but the newest are. */
function isPast({ slot, now }: SlotFacts): boolean {
  return now.getTime() - slot.dueAt.getTime() >= LATE_LIMIT_MS;
}

/** Whether a digest that was due at one instant and sent at another is late, for its mark and for the list of the last days. */
export function isLate(dueAt: Date, sentAt: Date): boolean {
  return sentAt.getTime() - dueAt.getTime() > PUNCTUAL_MS;
}

/**
 * The decision about a slot that is due, neither past nor paused. One that was held is tried again after a while, and so
 * is the next one: that is how a digest goes on by itself once somebody has mended what was missing.
 */
function sendOrWait({ slot, row, now }: SlotFacts): Decision {
  const held = row?.state.kind === "planned" || row?.state.kind === "held" ? row.state : undefined;
  const notBefore = row !== undefined && isUntimely(row, now) ? undefined : held?.notBefore;
  if (notBefore !== undefined && notBefore > now) return { kind: "wait", until: notBefore };
  return { kind: "send", late: isLate(slot.dueAt, now), again: row?.state.kind === "claimed" };
}

/**
 * What to do about one slot now. The row of its local date counts whatever time it was written for, so a digest whose
 * time is moved comes once a day at most. After a time of rest only the newest slot is sent, and only within 12 hours.
 */
export function decideSlot(facts: SlotFacts): Decision {
  const { slot, row, now, subscription } = facts;
  const settled = settledBy(facts);
  if (settled !== undefined) return settled;
  if (slot.dueAt > now) return { kind: "wait", until: slot.dueAt };
  const { state, scheduledSince } = subscription;
  // What a sender left claimed may have arrived, paused or not: it counts as had, and never comes again.
  if (state.kind === "paused")
    return skip({ kind: row?.state.kind === "claimed" ? "unconfirmed" : "paused" });
  // A claim was made under the plan as it was then, and is seen through.
  const since = isAhead(scheduledSince, now) ? undefined : scheduledSince;
  if (row?.state.kind !== "claimed" && since !== undefined && slot.dueAt <= since)
    return skip({ kind: "before-plan" });
  if (isPast(facts)) return skip(whyMissed(row));
  return sendOrWait(facts);
}
