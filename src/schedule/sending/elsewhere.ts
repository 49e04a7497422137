import type { Found, Part } from "../courier.ts";
import { parcelKey } from "../courier.ts";
import type { Kind } from "../goods.ts";
import type { RowState } from "../ledger.ts";
import type { Row } from "../row.ts";
import type { Decision } from "../slots/decide-slot.ts";
import type { Slot } from "../slots/slots.ts";
import type { Subscription } from "../subscription.ts";
import type { SenderParts } from "./consignment.ts";
import { later } from "./consignment.ts";

/** Whether what would be sent or is too late may have been sent by somebody else. */
export function mayBeElsewhere<K extends Kind>(
  { elsewhereUntil }: SenderParts<K>,
  { dueAt }: Slot,
  decision: Decision,
): boolean {
  if (elsewhereUntil === undefined || dueAt > elsewhereUntil) return false;
  if (decision.kind === "send") return true;
  return decision.kind === "skip" && ["missed", "held", "unconfirmed"].includes(decision.reason.kind);
}

/** How long before it was due something is looked for that somebody else may have sent: its time may have been another that day. */
const EARLIER_MS = 24 * 60 * 60_000;

/**
 * Writes down what somebody else sent whose ledger is not this one; false where the channel has nothing of it. What is too
 * late to be sent anyway, and cannot be looked for, counts as not there.
 */
export async function noteSentElsewhere<K extends Kind>(
  parts: SenderParts<K>,
  subscription: Subscription<K["plan"]>,
  row: Row<K>,
  tooLate: boolean,
): Promise<boolean> {
  const { book, courier, goods, wording, log } = parts;
  const since = later(row.dueAt, -EARLIER_MS);
  const find = (part: Part, below?: string) =>
    courier.find(subscription.place, {
      key: parcelKey(subscription.id, row.date, part),
      since,
      elsewhere: true,
      ...(below === undefined ? {} : { below }),
    });
  const look = async (): Promise<Found | "unknown" | undefined> => {
    const there = await find("all");
    if (there === undefined || there === "unknown" || !goods.mayBeInTwo(subscription.plan)) return there;
    const below = await find("rest", there.message).catch(() => undefined);
    const texts = below === undefined || below === "unknown" ? [] : below.texts;
    return { ...there, texts: [...there.texts, ...texts] };
  };
  const found = await look().catch((error: unknown) => {
    if (!tooLate) throw error;
    log.warn(
      `Whether the ${wording.noun} ${subscription.id} of ${row.date} was sent before the restore is not known: ${String(error)}`,
    );
    return undefined;
  });
  if (found === undefined || (found === "unknown" && tooLate)) return false;
  if (found === "unknown") {
    await book.write({ ...row, state: { kind: "skipped", reason: { kind: "unconfirmed" } } });
    return true;
  }
  const content = await goods.recognise(found.texts);
  const state: RowState<K["nothing"]> = { kind: "confirmed", at: row.dueAt };
  await book.write({ ...row, state, message: found.message, ...(content === undefined ? {} : { content }) });
  return true;
}
