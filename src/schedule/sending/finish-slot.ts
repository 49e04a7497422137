import { isAhead } from "../../clocks-apart.ts";
import { asDelivery } from "../courier.ts";
import type { Edition, Kind } from "../goods.ts";
import type { Row } from "../row.ts";
import { LATE_LIMIT_MS } from "../slots/decide-slot.ts";
import type { Subscription } from "../subscription.ts";
import type { Consignment, SenderParts } from "./consignment.ts";
import { CLAIM_MS, parcelOf } from "./consignment.ts";

/** Brings the rest below the first message, unless they are there, and confirms the whole. */
export async function finish<K extends Kind>(
  parts: SenderParts<K>,
  consignment: Consignment<K>,
  look: boolean,
): Promise<void> {
  const { book, courier, now } = parts;
  const { row, subscription } = consignment;
  if (row.state.kind !== "sent") return;
  const parcel = {
    ...parcelOf(consignment, "rest"),
    ...(row.message === undefined ? {} : { below: row.message }),
  };
  const there = look ? await courier.find(subscription.place, parcel) : undefined;
  const delivery =
    there === undefined ? await courier.deliver(subscription.place, parcel) : asDelivery(there);
  // The first message is there; what else the platform refuses is not worth holding everything for.
  if (delivery.kind !== "later") await book.write({ ...row, state: { kind: "confirmed", at: now() } });
}

/** How long what was sent is left to whoever sent it, before another looks after its rest. */
const SENDING_MS = CLAIM_MS;

/** Goes on with an edition of which the first message is there and the rest may not be, since its sender went silent. */
export async function finishSlot<K extends Kind>(
  parts: SenderParts<K>,
  subscription: Subscription<K["plan"]>,
  row: Row<K>,
): Promise<void> {
  const { book, goods, now } = parts;
  if (row.state.kind !== "sent") return;
  // When a clock that was ahead sent it, nobody knows, so that the rest cannot be looked for.
  const untimely = isAhead(row.writtenAt, now());
  if (!untimely && now().getTime() - row.state.at.getTime() < SENDING_MS) return;
  const news = row.content === undefined ? undefined : await goods.recall(row.content);
  const isPast = untimely || now().getTime() - row.dueAt.getTime() >= LATE_LIMIT_MS;
  if (news === undefined || isPast || !goods.isInTwo(subscription.plan, news)) {
    await book.write({ ...row, state: { kind: "confirmed", at: now() } });
    return;
  }
  const edition: Edition<K> = { subscription, date: row.date, news };
  // Two processes may both get here; whoever writes the row first goes on.
  const mine = await book.write({ ...row, state: { kind: "sent", at: now() } });
  if (mine !== undefined) await finish(parts, { subscription, edition, row: mine }, true);
}
