import type { DueOutcome } from "../figures.ts";
import type { LedgerRow } from "./ledger.ts";
import type { LocalDate } from "./slots/local-date.ts";
import type { Schedule, Slot } from "./slots/slots.ts";
import type { HeldReason, Subscription } from "./subscription.ts";

/**
 * The types of one kind of thing that is sent on a schedule, such as digests, in a bundle: what handles every kind names
 * this one and not four.
 */
export interface Kind {
  /** When it comes, and what is asked for. */
  readonly plan: Schedule;
  /** What is sent, or that there is nothing to send. */
  readonly news: unknown;
  /** What the ledger keeps of the news, so that a second try brings the same. */
  readonly content: unknown;
  /** Why there is nothing to send. */
  readonly nothing: unknown;
}

/** What is sent for one slot, as it is shown. */
export interface Edition<K extends Kind> {
  readonly subscription: Subscription<K["plan"]>;
  readonly date: LocalDate;
  /** When it was due; absent where it was not late. */
  readonly lateSince?: Date;
  readonly news: K["news"];
}

/** Something stored that cannot be read. */
export interface Damaged {
  readonly id: string;
  /** As `placeKey` writes it. */
  readonly place: string;
  /** What is wrong, after “its”: `time zone is “Mars”`. */
  readonly problem: string;
}

/** How a kind of thing is spoken of, and counted. */
export interface Wording {
  /** `digest`; its plural has an s. */
  readonly noun: string;
  /** What the maker is told, once, when the platform refuses it. */
  readonly held: (reason: HeldReason) => string;
  /** That a subscription cannot be read, and what to do. */
  readonly damaged: (one: Damaged) => string;
  /** Counts what became of one that was due; `lateSeconds` after its time, for what was sent. */
  readonly count: (platform: string, outcome: DueOutcome, lateSeconds?: number) => void;
}

/** What is sent: how it is chosen, kept, and brought back. */
export interface Goods<K extends Kind> {
  /** What a slot brings, as things are now. */
  readonly choose: (subscription: Subscription<K["plan"]>, slot: Slot) => Promise<K["news"]>;
  /** What the ledger keeps of news. */
  readonly keep: (news: K["news"]) => K["content"];
  /** The news that the ledger kept; undefined when that is no longer to be had. */
  readonly recall: (content: K["content"]) => Promise<K["news"] | undefined>;
  /** Why there is nothing in the news; undefined where there is something. */
  readonly nothingIn: (news: K["news"]) => { readonly reason: K["nothing"] } | undefined;
  /** Whether the place is told that there is nothing; `last` is what it was told before, undefined where that was something. */
  readonly isWorthSaying: (reason: K["nothing"], last: K["nothing"] | undefined) => boolean;
  /** Whether the news go into a first message and one below it. */
  readonly isInTwo: (plan: K["plan"], news: K["news"]) => boolean;
  /** Whether those of a plan may be in two. */
  readonly mayBeInTwo: (plan: K["plan"]) => boolean;
  /**
   * The slots to decide about, in order, for what comes when something happens rather than at a time; undefined where the
   * plan's times say it. `rows` are those that are open. Absent where the plan's times always do.
   */
  readonly slots?: (
    subscription: Subscription<K["plan"]>,
    rows: readonly LedgerRow[],
    now: Date,
  ) => Promise<readonly Slot[] | undefined>;
  /** Whether nothing can be due for one that has no open row; undefined where the plan's times say it. */
  readonly isAsleep?: (subscription: Subscription<K["plan"]>) => boolean | undefined;
  /** What a message that stands in a channel brought, by where its links lead and what its buttons do. */
  readonly recognise: (texts: readonly string[]) => Promise<K["content"] | undefined>;
}
