import type { LocalDate } from "./slots/local-date.ts";
import type { HeldReason } from "./subscription.ts";

/** Why nothing was sent on a day that had a slot. `Nothing` is why there was nothing to send. */
export type SkipReason<Nothing = unknown> =
  | { readonly kind: "paused" }
  /** The program did not run, and came back too late. */
  | { readonly kind: "missed" }
  /** The platform refused it until it was too late. */
  | { readonly kind: "held"; readonly reason: HeldReason }
  /** Its time lay before the subscription, or before the change that moved it there. */
  | { readonly kind: "before-plan" }
  /** It was being sent when the program stopped, and whether it arrived could not be found out in time. */
  | { readonly kind: "unconfirmed" }
  /** The platform refused this one for good, and may take the next. */
  | { readonly kind: "refused" }
  /** What the ledger keeps of it cannot be read. */
  | { readonly kind: "unreadable" }
  /** `told` where the channel was told so. */
  | { readonly kind: "nothing"; readonly reason: Nothing; readonly told?: true };

/** How far a message has come. `sent` is what the platform took, `confirmed` what was seen to be there. */
export type RowState<Nothing = unknown> =
  /** `notBefore` where the platform asked for patience. */
  | { readonly kind: "planned"; readonly notBefore?: Date }
  /** Somebody is sending it; after `until` that somebody counts as gone. */
  | { readonly kind: "claimed"; readonly until: Date }
  | { readonly kind: "sent"; readonly at: Date }
  | { readonly kind: "confirmed"; readonly at: Date }
  | { readonly kind: "skipped"; readonly reason: SkipReason<Nothing> }
  /** Refused by the platform; it is tried again from `notBefore` on. */
  | { readonly kind: "held"; readonly reason: HeldReason; readonly notBefore: Date };

/** What is known of one subscription on one local date: there is one row for both. */
export interface LedgerRow<Nothing = unknown> {
  readonly date: LocalDate;
  /** When it was due under the plan that the state was reached with. */
  readonly dueAt: Date;
  /** When it was last written, by the clock of whoever wrote it. */
  readonly writtenAt: Date;
  readonly state: RowState<Nothing>;
}
