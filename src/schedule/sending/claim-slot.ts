import type { Edition, Kind } from "../goods.ts";
import { placeKey } from "../place.ts";
import type { Row } from "../row.ts";
import { isLate } from "../slots/decide-slot.ts";
import type { Slot } from "../slots/slots.ts";
import type { Subscription } from "../subscription.ts";
import type { Consignment, SenderParts } from "./consignment.ts";
import { CLAIM_MS, later } from "./consignment.ts";

/** Tries to choose while others choose for the same place; more would mean that something is wrong. */
const CLAIM_TRIES = 5;

/** A row for a slot that has none yet. */
export function newRow<K extends Kind>(subscription: Subscription<K["plan"]>, { date, dueAt }: Slot): Row<K> {
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
async function isOldNews<K extends Kind>(
  { book, goods }: SenderParts<K>,
  { id, scheduledSince }: Subscription<K["plan"]>,
  slot: Slot,
  reason: K["nothing"],
): Promise<boolean> {
  const rows = await book.latest(id, 2);
  const last = rows.find(({ date }) => date < slot.date);
  const skipped =
    last?.state.kind === "skipped" && last.dueAt > scheduledSince ? last.state.reason : undefined;
  // What was held or missed was chosen, but never said.
  const before = skipped?.kind === "nothing" ? skipped.reason : undefined;
  return !goods.isWorthSaying(reason, before);
}

/** What a slot brings: what was chosen when it may have been sent already, else what is best now. */
async function newsFor<K extends Kind>(
  parts: SenderParts<K>,
  subscription: Subscription<K["plan"]>,
  slot: Slot,
  row: Row<K>,
) {
  const { goods } = parts;
  const kept =
    row.state.kind === "claimed" && row.content !== undefined ? await goods.recall(row.content) : undefined;
  return kept ?? goods.choose(subscription, slot);
}

/** Chooses and claims; undefined when there is nothing to send, or somebody else sends it. */
export async function claimSlot<K extends Kind>(
  parts: SenderParts<K>,
  subscription: Subscription<K["plan"]>,
  slot: Slot,
  row: Row<K>,
): Promise<Consignment<K> | undefined> {
  const { book, goods, wording, now } = parts;
  for (let attempt = 0; attempt < CLAIM_TRIES; attempt++) {
    const claims = await book.claims(subscription.place);
    const edition = makeEdition(subscription, slot, await newsFor(parts, subscription, slot, row), now());
    const written = { ...row, dueAt: slot.dueAt, content: goods.keep(edition.news) };
    const nothing = goods.nothingIn(edition.news);
    if (nothing !== undefined && (await isOldNews(parts, subscription, slot, nothing.reason))) {
      await book.write({ ...written, state: { kind: "skipped", reason: { kind: "nothing", ...nothing } } });
      wording.count(subscription.place.platform, "nothing");
      return undefined;
    }
    const state = { kind: "claimed" as const, until: later(now(), CLAIM_MS) };
    const claimed = await book.claim({ ...written, state }, claims);
    if (claimed !== undefined) return { subscription, edition, row: claimed };
    const latest = await book.row(subscription.id, slot.date);
    if ((latest?.version ?? 0) !== row.version) return undefined;
  }
  return undefined;
}

function makeEdition<K extends Kind>(
  subscription: Subscription<K["plan"]>,
  slot: Slot,
  news: K["news"],
  now: Date,
): Edition<K> {
  const late = isLate(slot.dueAt, now) ? { lateSince: slot.dueAt } : {};
  return { subscription, date: slot.date, news, ...late };
}
