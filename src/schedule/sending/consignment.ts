import type { Log } from "../../log.ts";
import type { Book } from "../book.ts";
import type { Courier, Parcel, Part } from "../courier.ts";
import { parcelKey } from "../courier.ts";
import type { Edition, Goods, Kind, Wording } from "../goods.ts";
import type { Row } from "../row.ts";
import type { Subscription } from "../subscription.ts";

/** How long a claim holds: longer than any delivery takes, short enough for a second try on the same morning. */
export const CLAIM_MS = 5 * 60_000;

/** What sending works with. */
export interface SenderParts<K extends Kind> {
  readonly book: Book<K>;
  readonly goods: Goods<K>;
  readonly wording: Wording;
  readonly courier: Courier<Edition<K>>;
  readonly now: () => Date;
  readonly log: Log;
  /** Until when somebody else may have sent what is not in the ledger (restored.ts); absent where nobody did. */
  readonly elsewhereUntil?: Date;
}

/** An edition under way: its row as it was last written. */
export interface Consignment<K extends Kind> {
  readonly subscription: Subscription<K["plan"]>;
  readonly edition: Edition<K>;
  readonly row: Row<K>;
}

/** So many milliseconds later. */
export const later = (now: Date, milliseconds: number): Date => new Date(now.getTime() + milliseconds);

/** The message of a part of an edition. */
export function parcelOf<K extends Kind>(
  { subscription, edition, row }: Consignment<K>,
  part: Part,
): Parcel<Edition<K>> {
  return { edition, part, since: row.dueAt, key: parcelKey(subscription.id, edition.date, part) };
}
