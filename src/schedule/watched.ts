import type { Book } from "./book.ts";
import type { Damaged, Kind } from "./goods.ts";
import type { Row } from "./row.ts";
import type { Subscription } from "./subscription.ts";

/** The last thing that was due of a subscription, and what became of it. */
export interface LastSlot {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** `sent`, `skipped: paused`. */
  readonly words: string;
  /** Whether it did not come though it should have. */
  readonly isLost: boolean;
}

/** One kind of thing that is sent on a schedule, as far as it is only looked at. */
export interface Watched {
  /** `digest`; its plural has an s. */
  readonly noun: string;
  readonly all: () => Promise<readonly Subscription[]>;
  /** Those that cannot be read: nothing is sent for them. */
  readonly damaged: () => Promise<readonly Damaged[]>;
  /** Undefined where nothing was due yet. */
  readonly last: (subscription: Subscription) => Promise<LastSlot | undefined>;
  /** When the next is due; undefined for what comes when something happens. */
  readonly next: (subscription: Subscription, now: Date) => Date | undefined;
  /** The command that ends one: `digest stop`. */
  readonly stop: string;
}

/** What a kind says of itself to whoever looks. */
interface Watching<K extends Kind> extends Pick<Watched, "noun" | "stop"> {
  readonly words: (row: Row<K>) => string;
  readonly isLost: (row: Row<K>) => boolean;
  readonly day: (row: Row<K>) => string;
  readonly next: (plan: K["plan"], now: Date) => Date | undefined;
}

/** The day on which something was due, in UTC: for rows whose names are no days. */
export const dueDay = ({ dueAt }: Row): string => dueAt.toISOString().slice(0, 10);

/** Whether a row did not come though it should have. */
export const isLostRow = ({ state }: Row): boolean =>
  state.kind === "skipped" && ["missed", "held", "unconfirmed", "unreadable"].includes(state.reason.kind);

/** What can be looked at of the things in a book. */
export function watch<K extends Kind>(book: Book<K>, watching: Watching<K>): Watched {
  const { noun, stop, words, isLost, day, next } = watching;
  return {
    noun,
    stop,
    all: book.subscriptions,
    damaged: () => book.damaged(),
    async last({ id }) {
      const [row] = await book.latest(id, 1);
      return row && { day: day(row), words: words(row), isLost: isLost(row) };
    },
    next: ({ plan }, now) => next(plan, now),
  };
}
