import { isAhead } from "../../clocks-apart.ts";
import type { LedgerRow } from "../ledger.ts";
import { LATE_LIMIT_MS } from "./decide-slot.ts";
import { DAY_MS } from "./local-date.ts";
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

/** Days that are caught up with at most, in milliseconds: those of a month. What is older has nobody waiting for it. */
const CATCH_UP_MS = 31 * DAY_MS;

/**
 * From when on to look: from the last row that is believed, or the making of the subscription where there is none. A time
 * in the future was set by a clock that was ahead, so that only what could still be sent is looked for.
 */
export function lookSince(newest: LedgerRow | undefined, { createdAt }: Subscription, now: Date): LookSince {
  const believed = isAhead(createdAt, now) ? new Date(now.getTime() - LATE_LIMIT_MS) : createdAt;
  const since = newest?.dueAt ?? believed;
  const earliest = new Date(now.getTime() - CATCH_UP_MS);
  return since < earliest ? { since: earliest, passedOver: since } : { since };
}

/** From when on to look, and since when nobody did where that is too long ago to catch up with. */
interface LookSince {
  readonly since: Date;
  readonly passedOver?: Date;
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
