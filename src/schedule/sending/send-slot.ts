import { isAhead } from "../../clocks-apart.ts";
import type { Count, Happening } from "../../figures.ts";
import type { Log } from "../../log.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import { OPERATOR } from "../../store/audit.ts";
import type { Book, Row } from "../book.ts";
import { composeNews, hasThread, parcelKey } from "../../digest/compose.ts";
import type { Courier, Delivery, Found, Parcel } from "../courier.ts";
import type { Decision } from "../slots/decide-slot.ts";
import { decideSlot, isLate, LATE_LIMIT_MS } from "../slots/decide-slot.ts";
import type { Edition } from "../../digest/edition.ts";
import { contentOf, newsOf } from "../../digest/edition.ts";
import type { RowState } from "../ledger.ts";
import type { NothingReason } from "../../digest/choice/nothing.ts";
import type { View } from "../../digest/choice/view.ts";
import { isWorthSaying } from "../../digest/choice/nothing.ts";
import type { Slot } from "../slots/slots.ts";
import type { HeldReason, Subscription } from "../subscription.ts";
import { placeKey } from "../subscription.ts";
import { contentIn } from "../restored.ts";
import { heldNotice } from "../../digest/words.ts";

/** How long a claim holds: longer than any delivery takes, short enough for a second try on the same morning. */
const CLAIM_MS = 5 * 60_000;

/** A refused digest is tried again after so long: somebody mends a permission and wants to see it work. */
const HELD_RETRY_MS = 10 * 60_000;

/** The wait where a platform asks for patience without saying how much. */
const LATER_MS = 60_000;

/** Tries to choose while others choose for the same place; more would mean that something is wrong. */
const CLAIM_TRIES = 5;

/** What sending works with. */
export interface SenderParts {
  readonly book: Book;
  readonly index: PaperIndex;
  readonly view: () => Promise<View>;
  readonly courier: Courier;
  readonly now: () => Date;
  readonly log: Log;
  /** Until when somebody else may have sent what is not in the ledger (restored.ts); absent where nobody did. */
  readonly elsewhereUntil?: Date;
  readonly count: Count;
}

/** Tells what became of a digest. */
function countDigest(
  { count }: Pick<SenderParts, "count">,
  { place }: Subscription,
  outcome: Extract<Happening, { kind: "digest" }>["outcome"],
  lateSeconds?: number,
): void {
  const late = lateSeconds === undefined ? {} : { lateSeconds };
  count({ kind: "digest", platform: place.platform, outcome, ...late });
}

/** A digest under way: its row as it was last written. */
interface Consignment {
  readonly subscription: Subscription;
  readonly edition: Edition;
  readonly row: Row;
}

const later = (now: Date, milliseconds: number): Date => new Date(now.getTime() + milliseconds);

/** A row for a slot that has none yet. */
function newRow(subscription: Subscription, { date, dueAt }: Slot): Row {
  const place = placeKey(subscription.place);
  const writtenAt = dueAt;
  return {
    subscription: subscription.id,
    date,
    dueAt,
    writtenAt,
    place,
    version: 0,
    state: { kind: "planned" },
  };
}

/** Whether a channel was told last time that there is no paper, and for the same reason. */
async function isOldNews(
  { book }: SenderParts,
  { id, scheduledSince }: Subscription,
  slot: Slot,
  reason: NothingReason,
): Promise<boolean> {
  const rows = await book.latest(id, 2);
  const last = rows.find(({ date }) => date < slot.date);
  const skipped =
    last?.state.kind === "skipped" && last.dueAt > scheduledSince ? last.state.reason : undefined;
  // What was held or missed was chosen, but never said.
  const before = skipped?.kind === "nothing" ? skipped.reason : undefined;
  return !isWorthSaying(reason, before);
}

/** What a slot brings: what was chosen when it may have been sent already, else what is best now. */
async function newsFor(parts: SenderParts, subscription: Subscription, slot: Slot, row: Row) {
  const { book, index, view } = parts;
  const kept =
    row.state.kind === "claimed" && row.content !== undefined
      ? await newsOf(row.content, index.get)
      : undefined;
  return kept ?? composeNews(await view(), subscription, slot, await book.had(subscription.place));
}

/** Chooses and claims; undefined when there is nothing to send, or somebody else sends it. */
async function claimSlot(
  parts: SenderParts,
  subscription: Subscription,
  slot: Slot,
  row: Row,
): Promise<Consignment | undefined> {
  const { book, now } = parts;
  for (let attempt = 0; attempt < CLAIM_TRIES; attempt++) {
    const claims = await book.claims(subscription.place);
    const edition = makeEdition(subscription, slot, await newsFor(parts, subscription, slot, row), now());
    const written = { ...row, dueAt: slot.dueAt, content: contentOf(edition) };
    const { news } = edition;
    if (news.kind === "nothing" && (await isOldNews(parts, subscription, slot, news.reason))) {
      await book.write({ ...written, state: { kind: "skipped", reason: news } });
      countDigest(parts, subscription, "nothing");
      return undefined;
    }
    const state: RowState = { kind: "claimed", until: later(now(), CLAIM_MS) };
    const claimed = await book.claim({ ...written, state }, claims);
    if (claimed !== undefined) return { subscription, edition, row: claimed };
    const latest = await book.row(subscription.id, slot.date);
    if ((latest?.version ?? 0) !== row.version) return undefined;
  }
  return undefined;
}

function makeEdition(subscription: Subscription, slot: Slot, news: Edition["news"], now: Date): Edition {
  const late = isLate(slot.dueAt, now) ? { lateSince: slot.dueAt } : {};
  return { subscription, date: slot.date, news, ...late };
}

function parcelOf({ subscription, edition, row }: Consignment, part: Parcel["part"]): Parcel {
  return { edition, part, since: row.dueAt, key: parcelKey(subscription.id, edition.date, part) };
}

/**
 * Gives a subscription another state, unless it was changed to a third or stopped while its digest was under way. The
 * plan stays as it is now, not as it was when the digest began. False when nothing was written.
 */
async function changeState(
  book: Book,
  { id, state }: Subscription,
  next: Subscription["state"],
): Promise<boolean> {
  const latest = await book.find(id);
  if (latest === undefined || latest.state.kind !== state.kind) return false;
  await book.put({ ...latest, state: next });
  return true;
}

/** What became of a delivery, written down; a refusal also into the subscription, and its maker is told once. */
async function settle(
  parts: SenderParts,
  consignment: Consignment,
  delivery: Delivery,
): Promise<Row | undefined> {
  const { book, now } = parts;
  const { row, subscription, edition } = consignment;
  switch (delivery.kind) {
    case "sent": {
      const lateSeconds = (now().getTime() - row.dueAt.getTime()) / 1000;
      if (subscription.state.kind === "held") await changeState(book, subscription, { kind: "active" });
      const { news } = edition;
      const kind = hasThread(subscription.plan, news) ? "sent" : "confirmed";
      const written = await book.write(
        news.kind === "nothing"
          ? { ...row, state: { kind: "skipped", reason: { ...news, told: true } } }
          : { ...row, message: delivery.message, state: { kind, at: now() } },
      );
      if (written !== undefined)
        countDigest(parts, subscription, news.kind === "nothing" ? "nothing" : "sent", lateSeconds);
      return written;
    }
    case "later": {
      countDigest(parts, subscription, "postponed");
      const notBefore = later(now(), delivery.retryAfterMs ?? LATER_MS);
      return book.write({ ...row, state: { kind: "planned", notBefore } });
    }
    case "gone":
      countDigest(parts, subscription, "refused");
      await hold(parts, subscription, delivery.reason);
      return book.write({
        ...row,
        state: { kind: "held", reason: delivery.reason, notBefore: later(now(), HELD_RETRY_MS) },
      });
  }
}

async function hold(parts: SenderParts, subscription: Subscription, reason: HeldReason): Promise<void> {
  const { book, courier, now, log } = parts;
  if (subscription.state.kind === "held") return;
  if (!(await changeState(book, subscription, { kind: "held", reason, since: now() }))) return;
  log.warn(`The digest ${subscription.id} is held: ${reason}`, { place: subscription.place });
  // The log has told the operator.
  if (subscription.createdBy === OPERATOR) return;
  await courier
    .tell(subscription.createdBy, heldNotice(reason), subscription.place)
    .catch((error: unknown) => {
      log.warn(`Who made the digest ${subscription.id} could not be told`, { error: String(error) });
    });
}

/** Brings the runners-up below the paper of the day, unless they are there, and confirms the whole. */
async function finish(parts: SenderParts, consignment: Consignment, look: boolean): Promise<void> {
  const { book, courier, now } = parts;
  const { row, subscription } = consignment;
  if (row.state.kind !== "sent") return;
  const parcel = {
    ...parcelOf(consignment, "runners-up"),
    ...(row.message === undefined ? {} : { below: row.message }),
  };
  const there = look ? await courier.find(subscription.place, parcel) : undefined;
  const delivery: Delivery =
    there === undefined
      ? await courier.deliver(subscription.place, parcel)
      : { kind: "sent", message: there.message };
  // The paper of the day is there; what else the platform refuses is not worth holding everything for.
  if (delivery.kind !== "later") await book.write({ ...row, state: { kind: "confirmed", at: now() } });
}

/** How long a sent digest is left to whoever sent it, before another looks after its runners-up. */
const SENDING_MS = CLAIM_MS;

/** Goes on with a digest of which the paper of the day is there and the rest may not be, since its sender went silent. */
export async function finishSlot(parts: SenderParts, subscription: Subscription, row: Row): Promise<void> {
  const { book, index, now } = parts;
  if (row.state.kind !== "sent") return;
  // When a clock that was ahead sent it, nobody knows, so that the rest cannot be looked for.
  const untimely = isAhead(row.writtenAt, now());
  if (!untimely && now().getTime() - row.state.at.getTime() < SENDING_MS) return;
  const news = row.content === undefined ? undefined : await newsOf(row.content, index.get);
  const isPast = untimely || now().getTime() - row.dueAt.getTime() >= LATE_LIMIT_MS;
  if (news === undefined || isPast || !hasThread(subscription.plan, news)) {
    await book.write({ ...row, state: { kind: "confirmed", at: now() } });
    return;
  }
  const edition: Edition = { subscription, date: row.date, news };
  // Two processes may both get here; whoever writes the row first goes on.
  const mine = await book.write({ ...row, state: { kind: "sent", at: now() } });
  if (mine !== undefined) await finish(parts, { subscription, edition, row: mine }, true);
}

/** Whether a digest that would be sent or is too late may have been sent by somebody else. */
function mayBeElsewhere({ elsewhereUntil }: SenderParts, { dueAt }: Slot, decision: Decision): boolean {
  if (elsewhereUntil === undefined || dueAt > elsewhereUntil) return false;
  if (decision.kind === "send") return true;
  return decision.kind === "skip" && ["missed", "held", "unconfirmed"].includes(decision.reason.kind);
}

/** How long before it was due a digest is looked for that somebody else may have sent: its time may have been another that day. */
const EARLIER_MS = 24 * 60 * 60_000;

/**
 * Writes down what somebody else sent whose ledger is not this one; false where the channel has nothing of it. What is too
 * late to be sent anyway, and cannot be looked for, counts as not there.
 */
async function noteSentElsewhere(
  parts: SenderParts,
  subscription: Subscription,
  row: Row,
  tooLate: boolean,
): Promise<boolean> {
  const { book, courier, index, log } = parts;
  const since = later(row.dueAt, -EARLIER_MS);
  const find = (part: Parcel["part"], below?: string) =>
    courier.find(subscription.place, {
      key: parcelKey(subscription.id, row.date, part),
      since,
      ...(below === undefined ? {} : { below }),
    });
  const look = async (): Promise<Found | undefined> => {
    const there = await find("all");
    if (there === undefined || subscription.plan.delivery !== "thread") return there;
    const below = await find("runners-up", there.message).catch(() => undefined);
    return { ...there, texts: [...there.texts, ...(below?.texts ?? [])] };
  };
  const found = await look().catch((error: unknown) => {
    if (!tooLate) throw error;
    log.warn(
      `Whether the digest ${subscription.id} of ${row.date} was sent before the restore is not known: ${String(error)}`,
    );
    return undefined;
  });
  if (found === undefined) return false;
  const content = await contentIn(index, found.texts);
  const state: RowState = { kind: "confirmed", at: row.dueAt };
  await book.write({ ...row, state, message: found.message, ...(content === undefined ? {} : { content }) });
  return true;
}

/** Does what is due about one slot of a subscription. Each step is in the ledger before the next begins. */
export async function sendSlot(
  parts: SenderParts,
  subscription: Subscription,
  slot: Slot,
  known: Row | undefined,
): Promise<void> {
  const { book, courier, now } = parts;
  const decision = decideSlot({
    slot,
    now: now(),
    subscription,
    ...(known === undefined ? {} : { row: known }),
  });
  const row = known ?? newRow(subscription, slot);
  if (mayBeElsewhere(parts, slot, decision)) {
    const there = { ...row, dueAt: slot.dueAt };
    if (await noteSentElsewhere(parts, subscription, there, decision.kind === "skip")) return;
  }
  if (decision.kind === "skip") {
    await book.write({ ...row, dueAt: slot.dueAt, state: { kind: "skipped", reason: decision.reason } });
    countDigest(parts, subscription, decision.reason.kind);
  }
  if (decision.kind !== "send") return;
  const consignment = await claimSlot(parts, subscription, slot, row);
  if (consignment === undefined) return;
  const part = hasThread(subscription.plan, consignment.edition.news) ? "paper-of-the-day" : "all";
  const parcel = parcelOf(consignment, part);
  const there = decision.again ? await courier.find(subscription.place, parcel) : undefined;
  const delivery: Delivery =
    there === undefined
      ? await courier.deliver(subscription.place, parcel)
      : { kind: "sent", message: there.message };
  const sent = await settle(parts, consignment, delivery);
  if (sent !== undefined) await finish(parts, { ...consignment, row: sent }, decision.again);
}
