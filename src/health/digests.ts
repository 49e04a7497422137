import type { Row } from "../digest/book.ts";
import type { Digests } from "../digest/digests.ts";
import { nextSlot } from "../schedule/slots/slots.ts";
import type { Place } from "../schedule/place.ts";
import type { Subscription } from "../digest/subscription.ts";
import { heldWords } from "../schedule/words.ts";
import { rowWords } from "../digest/words.ts";
import type { Finding } from "./finding.ts";
import { failure, fine, momentWords, warning } from "./finding.ts";

/** What held digests wait for, for who can change it. */
const HELD_TODO =
  "Give the bot its permissions in the channel, or end the digest with “digest stop”. It is tried again every ten minutes.";

/** Whether the last digest of a row did not come though it should have. */
const isLost = ({ state }: Row): boolean =>
  state.kind === "skipped" && ["missed", "held", "unconfirmed", "unreadable"].includes(state.reason.kind);

/** How one digest goes: its last slot and its next. `name` says which it is, such as “The digest d1”. */
function digestFinding(name: string, subscription: Subscription, last: Row | undefined, now: Date): Finding {
  const { state, plan } = subscription;
  const before = last === undefined ? "none was due yet" : `the last, of ${last.date}, was ${rowWords(last)}`;
  if (state.kind === "paused") return fine(`${name} is paused; ${before}.`);
  if (state.kind === "held")
    return failure(
      `${name} is held since ${momentWords(state.since)}: ${heldWords(state.reason)}.`,
      HELD_TODO,
    );
  const words = `${name}: ${before}; the next is due at ${momentWords(nextSlot(plan, now).dueAt)}.`;
  if (last === undefined || !isLost(last)) return fine(words);
  return warning(words, "See that the bot runs when digests are due; “digest status” shows more days.");
}

/** The digests, as far as they are only looked at. */
export type Watched = Pick<Digests, "all" | "damaged" | "status">;

/** Which digests are looked at: all, or those of one place or server. */
export type Which = (place: Place) => boolean;

/** How the digests go that are meant, each in a line. */
export async function digestFindings(digests: Watched, which: Which, now: Date): Promise<readonly Finding[]> {
  const all = (await digests.all()).filter(({ place }) => which(place));
  return Promise.all(
    all.map(async (subscription) => {
      const [last] = await digests.status(subscription);
      return digestFinding(`The digest ${subscription.id}`, subscription, last, now);
    }),
  );
}

/** Digests that cannot be read, for the operator. */
export async function damagedFindings(digests: Watched): Promise<readonly Finding[]> {
  const damaged = await digests.damaged();
  return damaged.map(({ id, problem }) =>
    failure(
      `The digest ${id} cannot be read: its ${problem}. Nothing is sent for it.`,
      `“digest stop ${id}” in its channel ends it, or put a backup of the database in place.`,
    ),
  );
}
