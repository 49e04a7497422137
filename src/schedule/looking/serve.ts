import { underReference } from "../../reference.ts";
import type { Courier } from "../courier.ts";
import type { Edition, Kind } from "../goods.ts";
import { finishSlot } from "../sending/finish-slot.ts";
import { sendSlot } from "../sending/send-slot.ts";
import type { LocalDate } from "../slots/local-date.ts";
import type { Row } from "../row.ts";
import type { Slot } from "../slots/slots.ts";
import { nextSlot } from "../slots/slots.ts";
import { lookSince, slotsToDecide } from "../slots/slots-to-decide.ts";
import type { Subscription } from "../subscription.ts";
import type { Round } from "./round.ts";
import { fail, tellUnreadable } from "./tellings.ts";

/**
 * Whether nothing is to be done for a subscription, without a look into the database: none of its rows is open, and the
 * look before found that nothing is due until later. A clock that was set back makes that worthless.
 */
function isQuiet<K extends Kind>(
  { parts, open, quiet, goods }: Round<K>,
  subscription: Subscription<K["plan"]>,
): boolean {
  if (open.has(subscription.id)) return false;
  const asleep = goods.isAsleep?.(subscription);
  if (asleep !== undefined) return asleep;
  const known = quiet.get(subscription);
  const now = parts.now();
  return known !== undefined && known.from <= now && now < known.until;
}

/** The slots to decide about: those that happen, or those that the plan's times say; `quiet` where none is before the next of these. */
async function slotsOf<K extends Kind>(
  { goods, passedOver: untended, quiet }: Round<K>,
  subscription: Subscription<K["plan"]>,
  { rows, newest, now }: { readonly rows: readonly Row<K>[]; readonly newest?: Row<K>; readonly now: Date },
): Promise<readonly Slot[]> {
  const happening = await goods.slots?.(subscription, rows, now);
  if (happening !== undefined) return happening;
  const { since, passedOver } = lookSince(newest, subscription, now);
  if (passedOver !== undefined) untended.set(subscription.id, passedOver);
  const slots = slotsToDecide(subscription, rows, { since, now });
  if (rows.length === 0 && slots.length === 0 && passedOver === undefined)
    quiet.set(subscription, { from: now, until: nextSlot(subscription.plan, now).dueAt });
  return slots;
}

/** Does what is due for one subscription; what fails about one slot does not hold up the next. */
async function serve<K extends Kind>(
  round: Round<K>,
  { id }: Subscription<K["plan"]>,
  courier: Courier<Edition<K>>,
): Promise<void> {
  const { parts, book, goods, wording, open } = round;
  // A look at many subscriptions takes a while, in which this one may have been changed or ended.
  const subscription = await book.find(id);
  if (subscription === undefined) return;
  const { now, log } = parts;
  const { noun } = wording;
  const failuresBefore = round.failures.length;
  const { elsewhereUntil } = round;
  const elsewhere = elsewhereUntil === undefined ? {} : { elsewhereUntil };
  const sender = { book, goods, wording, courier, now, log, ...elsewhere };
  const [newest] = await book.latest(id, 1);
  const rows = open.get(id) ?? [];
  const attempt = (date: LocalDate, work: () => Promise<void>): Promise<void> =>
    underReference(parts.newId, () =>
      work().catch((error: unknown) => {
        wording.count(subscription.place.platform, "failed");
        fail(round, id, `The ${noun} ${id} of ${date} failed; it is tried again`, error);
      }),
    );
  tellUnreadable(round, newest === undefined ? rows : [...rows, newest]);
  for (const row of rows) await attempt(row.date, () => finishSlot(sender, subscription, row));
  const slots = await slotsOf(round, subscription, {
    rows,
    now: now(),
    ...(newest === undefined ? {} : { newest }),
  });
  for (const slot of slots) {
    const known = rows.find(({ date }) => date === slot.date);
    await attempt(slot.date, async () =>
      sendSlot(sender, subscription, slot, known ?? (await book.row(id, slot.date))),
    );
  }
  // While a row is open, what failed may fail again.
  if (rows.length > 0 || round.failures.length > failuresBefore) return;
  round.troubles.ends(`failing ${id}`, () => log.info(`The ${noun} ${id} goes on`));
}

/** Steps of looking whether something may be due, and of all that is done where it may be. */
const LOOK_STEPS = 2000;
const SERVE_STEPS = 1_500_000;

/** Serves a place's subscriptions one after the other, so that the second knows what the first has brought. */
export async function servePlace<K extends Kind>(
  round: Round<K>,
  subscriptions: readonly Subscription<K["plan"]>[],
  courier: Courier<Edition<K>>,
): Promise<void> {
  for (const subscription of subscriptions) {
    if (round.ended?.aborted === true) return;
    round.turns.spend(LOOK_STEPS);
    await round.turns.pause();
    if (isQuiet(round, subscription)) continue;
    round.turns.spend(SERVE_STEPS);
    try {
      await serve(round, subscription, courier);
    } catch (error) {
      fail(
        round,
        subscription.id,
        `The ${round.wording.noun} ${subscription.id} could not be looked after`,
        error,
      );
    }
  }
}
