import type { Digests } from "../digest/digests.ts";
import type { Subscription } from "../digest/subscription.ts";
import type { Store } from "../store/store.ts";
import type { Letters } from "./letters.ts";
import { leaveLink } from "./links.ts";
import type { Mailbox, Person } from "./mailbox.ts";
import { mailPlace, ownerOf, readMailbox } from "./mailbox.ts";
import type { Requests } from "./requests.ts";
import { createRequests } from "./requests.ts";

/** Digests in a row that may be refused for an address before it counts as dead. */
const MOST_REFUSALS = 3;

/**
 * How long it is known that a mail was begun to be handed over, in milliseconds: longer than a digest may be late, so that
 * nobody sends it again meanwhile.
 */
const BEGUN_MS = 24 * 3_600_000;

/** Who ends a digest by the link in its mails, for the audit: nobody is known. */
const READER = "the link in a mail";

/** What mail is made from. */
export interface MailingParts {
  readonly store: Pick<Store, "mail" | "once">;
  readonly digests: () => Promise<Digests>;
  readonly letters: Letters;
  /** The public address of the web pages, without a path. */
  readonly url: string;
  readonly now: () => Date;
  /** A short text of lower-case letters and digits, different each time. */
  readonly newId: () => string;
  /** A text that nobody guesses, different each time, of letters, digits, `-` and `_`. */
  readonly newSecret: () => string;
}

/** A digest that comes by e-mail, and where it goes. */
export interface MailedDigest {
  readonly subscription: Subscription;
  readonly address: string;
}

/** The digests that come by e-mail: asking for them, confirming, ending, and what becomes of them. */
export interface Mailing extends Requests {
  /** Those of one person, in the order of their addresses. */
  readonly digestsOf: (person: Person) => Promise<readonly MailedDigest[]>;
  /** The digest that the link in a mail ends; undefined where it is ended, or the link is none. Changes nothing. */
  readonly leaving: (leave: string, digest: string) => Promise<Subscription | undefined>;
  /** Ends it. What is ended is no error. */
  readonly leave: (leave: string, digest: string) => Promise<void>;
  /** The address of that link. */
  readonly leaveLink: (box: Mailbox, digest: string) => string;
  /** The mailbox of a place; undefined where its last digest was ended. */
  readonly mailbox: (id: string) => Promise<Mailbox | undefined>;
  /** A mail is about to be handed over; false where one of the same key was, and nobody knows what became of it. */
  readonly begin: (key: string) => Promise<boolean>;
  /** It surely was not taken. */
  readonly takeBack: (key: string) => Promise<void>;
  /** Whether a mail of a key may have been taken. */
  readonly mayBeTaken: (key: string) => Promise<boolean>;
  /** A digest was taken by the mail server. */
  readonly taken: (id: string) => Promise<void>;
  /** A digest was refused for its address. After three in a row all digests there are ended; whether that was so now. */
  readonly refused: (id: string) => Promise<boolean>;
}

const begunKey = (key: string): string => `mail ${key}`;

/** Ends all digests of a mailbox, which is then forgotten. */
async function endAll({ digests }: MailingParts, id: string): Promise<void> {
  const all = await digests();
  const place = mailPlace(id);
  for (const subscription of await all.inPlace(place)) await all.stop(subscription.id, place, "mail");
}

/** What becomes of mails on their way. */
function createFates(
  parts: MailingParts,
): Pick<Mailing, "begin" | "takeBack" | "mayBeTaken" | "taken" | "refused"> {
  const { mail, once } = parts.store;
  return {
    begin: (key) => once.claim(begunKey(key), BEGUN_MS),
    takeBack: (key) => once.release(begunKey(key)),
    async mayBeTaken(key) {
      const isFree = await once.claim(begunKey(key), BEGUN_MS);
      if (isFree) await once.release(begunKey(key));
      return !isFree;
    },
    taken: (id) => mail.taken(id),
    async refused(id) {
      if ((await mail.refused(id)) < MOST_REFUSALS) return false;
      await endAll(parts, id);
      return true;
    },
  };
}

/** The mail that a store holds. */
export function createMailing(parts: MailingParts): Mailing {
  const { store, digests, url } = parts;
  const leaving = async (leave: string, digest: string): Promise<Subscription | undefined> => {
    const box = await store.mail.get(leave);
    if (box === undefined) return undefined;
    return (await (await digests()).inPlace(mailPlace(box.id))).find(({ id }) => id === digest);
  };
  return {
    ...createRequests(parts),
    ...createFates(parts),
    async digestsOf(person) {
      const all = await digests();
      const boxes = await store.mail.ofOwner(ownerOf(person));
      const found = boxes.map(async ({ id, address }) =>
        (await all.inPlace(mailPlace(id))).map((subscription) => ({ subscription, address })),
      );
      return (await Promise.all(found)).flat();
    },
    leaving,
    async leave(leave, digest) {
      const subscription = await leaving(leave, digest);
      if (subscription !== undefined)
        await (await digests()).stop(subscription.id, subscription.place, READER);
    },
    leaveLink: (box, digest) => leaveLink(url, box.leave, digest),
    async mailbox(id) {
      const record = await store.mail.find(id);
      return record && readMailbox(record);
    },
  };
}
