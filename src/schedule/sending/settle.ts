import { OPERATOR } from "../../store/kept/audit.ts";
import type { Book } from "../book.ts";
import type { Delivery } from "../courier.ts";
import type { Kind } from "../goods.ts";
import type { Row } from "../row.ts";
import type { HeldReason, Subscription } from "../subscription.ts";
import type { Consignment, SenderParts } from "./consignment.ts";
import { later } from "./consignment.ts";

/** What was refused is tried again after so long: somebody mends a permission and wants to see it work. */
const HELD_RETRY_MS = 10 * 60_000;

/** The wait where a platform asks for patience without saying how much. */
const LATER_MS = 60_000;

/**
 * Gives a subscription another state, unless it was changed to a third or stopped while something of it was under way. The
 * plan stays as it is now, not as it was when that began. False when nothing was written.
 */
async function changeState<K extends Kind>(
  book: Book<K>,
  { id, state }: Subscription<K["plan"]>,
  next: Subscription<K["plan"]>["state"],
): Promise<boolean> {
  const latest = await book.find(id);
  if (latest === undefined || latest.state.kind !== state.kind) return false;
  await book.put({ ...latest, state: next });
  return true;
}

/** What became of a delivery, written down; a refusal also into the subscription, and its maker is told once. */
export async function settle<K extends Kind>(
  parts: SenderParts<K>,
  consignment: Consignment<K>,
  delivery: Delivery,
): Promise<Row<K> | undefined> {
  const { book, goods, wording, now } = parts;
  const { row, subscription, edition } = consignment;
  const { platform } = subscription.place;
  switch (delivery.kind) {
    case "sent": {
      const lateSeconds = (now().getTime() - row.dueAt.getTime()) / 1000;
      if (subscription.state.kind === "held") await changeState(book, subscription, { kind: "active" });
      const nothing = goods.nothingIn(edition.news);
      const kind = goods.isInTwo(subscription.plan, edition.news) ? "sent" : "confirmed";
      const written = await book.write(
        nothing === undefined
          ? { ...row, message: delivery.message, state: { kind, at: now() } }
          : { ...row, state: { kind: "skipped", reason: { kind: "nothing", ...nothing, told: true } } },
      );
      if (written !== undefined)
        wording.count(platform, nothing === undefined ? "sent" : "nothing", lateSeconds);
      return written;
    }
    case "later": {
      wording.count(platform, "postponed");
      const notBefore = later(now(), delivery.retryAfterMs ?? LATER_MS);
      return book.write({ ...row, state: { kind: "planned", notBefore } });
    }
    case "unknown":
      wording.count(platform, "unconfirmed");
      return book.write({ ...row, state: { kind: "skipped", reason: { kind: "unconfirmed" } } });
    case "refused":
      wording.count(platform, "refused");
      return book.write({ ...row, state: { kind: "skipped", reason: { kind: "refused" } } });
    case "gone":
      wording.count(platform, "refused");
      await hold(parts, subscription, delivery.reason);
      return book.write({
        ...row,
        state: { kind: "held", reason: delivery.reason, notBefore: later(now(), HELD_RETRY_MS) },
      });
  }
}

async function hold<K extends Kind>(
  parts: SenderParts<K>,
  subscription: Subscription<K["plan"]>,
  reason: HeldReason,
): Promise<void> {
  const { book, courier, wording, now, log } = parts;
  if (subscription.state.kind === "held") return;
  if (!(await changeState(book, subscription, { kind: "held", reason, since: now() }))) return;
  log.warn(`The ${wording.noun} ${subscription.id} is held: ${reason}`, { place: subscription.place });
  // The log has told the operator; who was forgotten has no name.
  if (subscription.createdBy === OPERATOR || subscription.createdBy === "") return;
  await courier
    .tell(subscription.createdBy, wording.held(reason), subscription.place)
    .catch((error: unknown) => {
      log.warn(`Who made the ${wording.noun} ${subscription.id} could not be told`, { error: String(error) });
    });
}
