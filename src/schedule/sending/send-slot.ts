import { asDelivery } from "../courier.ts";
import type { Kind } from "../goods.ts";
import type { Row } from "../row.ts";
import { decideSlot } from "../slots/decide-slot.ts";
import type { Slot } from "../slots/slots.ts";
import type { Subscription } from "../subscription.ts";
import { claimSlot, newRow } from "./claim-slot.ts";
import type { SenderParts } from "./consignment.ts";
import { parcelOf } from "./consignment.ts";
import { mayBeElsewhere, noteSentElsewhere } from "./elsewhere.ts";
import { finish } from "./finish-slot.ts";
import { settle } from "./settle.ts";

/** Does what is due about one slot of a subscription. Each step is in the ledger before the next begins. */
export async function sendSlot<K extends Kind>(
  parts: SenderParts<K>,
  subscription: Subscription<K["plan"]>,
  slot: Slot,
  known: Row<K> | undefined,
): Promise<void> {
  const { book, courier, goods, wording, now } = parts;
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
    wording.count(subscription.place.platform, decision.reason.kind);
  }
  if (decision.kind !== "send") return;
  const consignment = await claimSlot(parts, subscription, slot, row);
  if (consignment === undefined) return;
  const part = goods.isInTwo(subscription.plan, consignment.edition.news) ? "first" : "all";
  const parcel = parcelOf(consignment, part);
  const there = decision.again ? await courier.find(subscription.place, parcel) : undefined;
  const delivery =
    there === undefined ? await courier.deliver(subscription.place, parcel) : asDelivery(there);
  const sent = await settle(parts, consignment, delivery);
  if (sent !== undefined) await finish(parts, { ...consignment, row: sent }, decision.again);
}
