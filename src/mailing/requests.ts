import { createHash } from "node:crypto";
import { factWords } from "../digest/changes.ts";
import type { Plan, Subscription } from "../digest/subscription.ts";
import { MOST_DIGESTS } from "../digest/subscription.ts";
import type { Place } from "../schedule/place.ts";
import { deedIn, placeKey } from "../schedule/place.ts";
import type { KeptMailRequest, MailLimits, MailboxRecord } from "../store/kept/mail.ts";
import { UserError } from "../user-error.ts";
import { inboxOf } from "./address.ts";
import type { Posted } from "./letters.ts";
import { confirmLink } from "./links.ts";
import type { Asker } from "./mailbox.ts";
import { mailPlace, ownerOf } from "./mailbox.ts";
import type { MailingParts } from "./mailing.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long the link in a letter can be used: somebody may be on holiday, and nobody wants it after that. */
const LINK_MS = 7 * 24 * HOUR_MS;

/** Letters that an inbox gets in an hour unless it confirms, and that one person has sent. */
const LIMITS: MailLimits = { within: HOUR_MS, perInbox: 3, perOwner: 20 };

/** Times that a mailbox is looked for while others make one of the same address. */
const TRIES = 3;

/** What a request keeps. */
interface RequestBody extends Asker {
  readonly plan: Plan;
}

/** A digest that waits to be confirmed. */
interface Wanted {
  readonly address: string;
  readonly plan: Plan;
}

/** Whether the letter with the link has gone; `waiting` where the mail server asked for patience. */
type LetterState = "sent" | "waiting";

/** What a link that was pressed has done; `unknown` where it was used, is too old or none at all. */
type Confirmed =
  { readonly kind: "confirmed"; readonly subscription: Subscription } | { readonly kind: "unknown" | "full" };

/** Digests that are asked for, and confirmed. */
export interface Requests {
  /** Asks whoever reads an address. Rejects with a UserError where there are too many requests, or the address is refused. */
  readonly ask: (asker: Asker, address: string, plan: Plan) => Promise<LetterState>;
  /** What a link asks to confirm; undefined where it is not known. Changes nothing. */
  readonly wanted: (token: string) => Promise<Wanted | undefined>;
  /** Confirms, once. */
  readonly confirm: (token: string) => Promise<Confirmed>;
  /** Sends the letters that mail servers did not take at first. Never rejects for what a mail server says. */
  readonly sendLetters: () => Promise<void>;
}

/** What is kept of a link: whoever reads the database cannot confirm with it. */
const tokenOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

const bodyOf = ({ body }: KeptMailRequest): RequestBody => JSON.parse(body) as RequestBody;

/** The wait before a letter is tried again: as long as it has been tried, from a minute to an hour. */
export function patience(since: Date, now: Date): number {
  return Math.min(Math.max(now.getTime() - since.getTime(), MINUTE_MS), HOUR_MS);
}

const LIMIT_WORDS = {
  "inbox-full": `${LIMITS.perInbox} letters were sent to this address within the last hour, and none was confirmed. Look for one of them, also among the spam, or ask again in an hour.`,
  "owner-full": `You had ${LIMITS.perOwner} letters sent within the last hour that nobody has confirmed. Ask again in an hour.`,
} as const;

function createSubscription(
  { now, newId }: MailingParts,
  place: Place,
  { person, plan }: RequestBody,
): Subscription {
  const at = now();
  const made = { id: newId(), place, createdBy: person.user, createdAt: at, scheduledSince: at, plan };
  return { ...made, state: { kind: "active" } };
}

/** The mailbox of an owner and an address; a new one, which is not kept yet, where there is none. */
async function mailboxFor(
  { store, newSecret }: MailingParts,
  owner: string,
  { address, asker: { person, origin } }: { readonly address: string; readonly asker: Asker },
): Promise<MailboxRecord> {
  const known = (await store.mail.ofOwner(owner)).find((box) => box.address === address);
  if (known !== undefined) return known;
  const id = newSecret().slice(0, 12);
  const body = JSON.stringify({ person, origin });
  return { id, owner, address, place: placeKey(mailPlace(id)), leave: newSecret(), body };
}

async function confirmOnce(parts: MailingParts, request: KeptMailRequest): Promise<Confirmed | "again"> {
  const { store, digests } = parts;
  const wanted = bodyOf(request);
  const box = await mailboxFor(parts, request.owner, { address: request.address, asker: wanted });
  const place = mailPlace(box.id);
  if ((await (await digests()).inPlace(place)).length >= MOST_DIGESTS) return { kind: "full" };
  const subscription = createSubscription(parts, place, wanted);
  const done = await store.mail.confirm(request.token, box, {
    subscription: { id: subscription.id, place: placeKey(place), body: JSON.stringify(subscription) },
    deed: deedIn(place, {
      by: wanted.person.user,
      action: "digest mail",
      subject: subscription.id,
      detail: factWords(wanted.plan),
    }),
  });
  if (done === "other") return "again";
  return done === "confirmed" ? { kind: "confirmed", subscription } : { kind: "unknown" };
}

/** Writes down what became of a letter; gives what to tell whoever asked. */
async function settle(
  { store, now }: MailingParts,
  { token, madeAt }: { readonly token: string; readonly madeAt: Date },
  posted: Posted,
): Promise<LetterState> {
  const at = now();
  if (posted.kind !== "later") {
    await store.mail.renew(token, { token });
    return "sent";
  }
  await store.mail.renew(token, { token, sendAt: new Date(at.getTime() + patience(madeAt, at)) });
  return "waiting";
}

/** The requests that a store holds. */
export function createRequests(parts: MailingParts): Requests {
  const { store, letters, url, now, newSecret } = parts;
  return {
    async ask(asker, address, plan) {
      const secret = newSecret();
      const token = tokenOf(secret);
      const madeAt = now();
      const body = JSON.stringify({ ...asker, plan } satisfies RequestBody);
      const until = new Date(madeAt.getTime() + LINK_MS);
      const facts = { token, owner: ownerOf(asker.person), address, inbox: inboxOf(address), body, until };
      const kept = await store.mail.ask(facts, LIMITS);
      if (kept !== "kept") throw new UserError(LIMIT_WORDS[kept]);
      const posted = await letters.askToConfirm(address, confirmLink(url, secret));
      const state = await settle(parts, { token, madeAt }, posted);
      if (posted.kind === "refused")
        throw new UserError(
          `The mail server does not take a letter to this address: ${posted.said}. Check how it is written, or give another one.`,
        );
      return state;
    },
    async wanted(secret) {
      const request = await store.mail.asked(tokenOf(secret));
      return request && { address: request.address, plan: bodyOf(request).plan };
    },
    async confirm(secret) {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const request = await store.mail.asked(tokenOf(secret));
        if (request === undefined) return { kind: "unknown" };
        const done = await confirmOnce(parts, request);
        if (done !== "again") return done;
      }
      throw new Error("another mailbox of the same address was made each time");
    },
    async sendLetters() {
      for (const request of await store.mail.unsent()) {
        const secret = newSecret();
        const token = tokenOf(secret);
        // Only whoever gives it another token sends it. Where that one ends before it is through, the next look is in an hour.
        const sendAt = new Date(now().getTime() + HOUR_MS);
        if (!(await store.mail.renew(request.token, { token, sendAt }))) continue;
        const posted = await letters.askToConfirm(request.address, confirmLink(url, secret));
        await settle(parts, { token, madeAt: request.madeAt }, posted);
      }
    },
  };
}
