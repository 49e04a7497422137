import type { LedgerRow } from "../ledger.ts";
import type { Slot } from "./slots.ts";
import { slotOn, slotsBetween } from "./slots.ts";
import type { Subscription } from "../subscription.ts";

/** Whether the digest of a row may still have to be sent, looked after or skipped. */
function isOpen({ state }: LedgerRow): boolean {
  switch (state.kind) {
    case "planned":
    case "claimed":
    case "held":
      return true;
    case "sent":
    case "confirmed":
    case "skipped":
      return false;
  }
}

/** The time to look at: from the end of the last look that was finished until now. */
export interface Look {
  readonly since: Date;
  readonly now: Date;
}

/**
 * The slots of a subscription to decide about, in order: those that became due since the last look, and those of rows
 * that are still open, even where the plan has since lost that day.
 */
export function slotsToDecide(
  { plan }: Subscription,
  rows: readonly LedgerRow[],
  { since, now }: Look,
): Slot[] {
  const due = slotsBetween(plan, since, now);
  const dates = new Set(due.map(({ date }) => date));
  const open = rows
    .filter((row) => isOpen(row) && !dates.has(row.date))
    .map(({ date, dueAt }) => slotOn(plan, date) ?? { date, dueAt });
  return [...open, ...due].toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}
