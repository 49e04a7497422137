import type { LocalDate } from "./slots/local-date.ts";
import type { Place } from "./place.ts";
import type { HeldReason } from "./subscription.ts";

/** How a platform took a message. `message` names it in the platform's own words, for a thread below it. */
export type Delivery =
  | { readonly kind: "sent"; readonly message: string }
  /** Surely not taken; it may be tried again, after so many milliseconds where the platform says so. */
  | { readonly kind: "later"; readonly retryAfterMs?: number }
  /** Handed over without an answer: whether it arrived can never be found out. */
  | { readonly kind: "unknown" }
  /** This message is refused for good; the next may be taken. */
  | { readonly kind: "refused" }
  /** Refused until somebody changes something. */
  | { readonly kind: "gone"; readonly reason: HeldReason };

/** A message that stands in a channel. */
export interface Found {
  /** Its name in the platform's own words. */
  readonly message: string;
  /** Where its links lead and what its buttons do, in their order. */
  readonly texts: readonly string[];
}

/** All of an edition in one message; or its first message, and the rest below that. */
export type Part = "all" | "first" | "rest";

/** A message to bring. `Edition` is what is sent, of which this is a part. */
export interface Parcel<Edition> {
  readonly edition: Edition;
  readonly part: Part;
  /** One of its kind for each message of each edition: a platform takes the same one once. */
  readonly key: string;
  /** When it was due: before that it was surely not sent. */
  readonly since: Date;
  /** The message that this one belongs below. */
  readonly below?: string;
}

/** One of its kind for each message of each edition. */
export function parcelKey(subscription: string, date: LocalDate, part: Part): string {
  return `${subscription}:${date}${part === "rest" ? ":2" : ""}`;
}

/** What looking for a message found, as if it had been delivered just now. */
export const asDelivery = (there: Found | "unknown"): Delivery =>
  there === "unknown" ? { kind: "unknown" } : { kind: "sent", message: there.message };

/** What a message is looked for by. */
type Looked<Edition> = Pick<Parcel<Edition>, "key" | "since" | "below"> &
  Partial<Pick<Parcel<Edition>, "edition" | "part">> & {
    /** Somebody may have sent it whose ledger is not this one. */
    readonly elsewhere?: true;
  };

/** What brings messages to a platform. What it throws leaves open whether the message arrived. */
export interface Courier<Edition> {
  readonly deliver: (place: Place, parcel: Parcel<Edition>) => Promise<Delivery>;
  /** A message that was delivered before, by its key; undefined when it surely was not, `unknown` where nobody can ever tell. */
  readonly find: (place: Place, parcel: Looked<Edition>) => Promise<Found | "unknown" | undefined>;
  /** Tells a person privately. Fails silently where that person cannot be written to. */
  readonly tell: (user: string, text: string, place: Place) => Promise<void>;
  /** How many messages it may bring at once. */
  readonly width: number;
}
