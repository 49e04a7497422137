import type { Edition } from "../digest/edition.ts";
import type { HeldReason, Place } from "./subscription.ts";

/** How a platform took a message. `message` names it in the platform's own words, for a thread below it. */
export type Delivery =
  | { readonly kind: "sent"; readonly message: string }
  /** Surely not taken; it may be tried again, after so many milliseconds where the platform says so. */
  | { readonly kind: "later"; readonly retryAfterMs?: number }
  /** Refused until somebody changes something. */
  | { readonly kind: "gone"; readonly reason: HeldReason };

/** A message that stands in a channel. */
export interface Found {
  /** Its name in the platform's own words. */
  readonly message: string;
  /** Where its links lead and what its buttons do, in their order. */
  readonly texts: readonly string[];
}

/** A message to bring. */
export interface Parcel {
  readonly edition: Edition;
  /** The paper of the day (with the runners-up where all goes into one message), or the runners-up below it. */
  readonly part: "all" | "paper-of-the-day" | "runners-up";
  /** One of its kind for each message of each digest: a platform takes the same one once. */
  readonly key: string;
  /** When the digest was due: before that it was surely not sent. */
  readonly since: Date;
  /** The message that this one belongs below. */
  readonly below?: string;
}

/** What a message is looked for by. */
type Looked = Pick<Parcel, "key" | "since" | "below"> & Partial<Pick<Parcel, "edition">>;

/** What brings digests to a platform. What it throws leaves open whether the message arrived. */
export interface Courier {
  readonly deliver: (place: Place, parcel: Parcel) => Promise<Delivery>;
  /** A message that was delivered before, by its key; undefined when it surely was not. */
  readonly find: (place: Place, parcel: Looked) => Promise<Found | undefined>;
  /** Tells a person privately. Fails silently where that person cannot be written to. */
  readonly tell: (user: string, text: string, place: Place) => Promise<void>;
  /** How many digests it may bring at once. */
  readonly width: number;
}
