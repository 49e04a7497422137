import pMap from "p-map";
import type { Log } from "../log.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Troubles } from "../troubles.ts";
import type { Book, Row } from "./book.ts";
import { rememberMatches } from "./compose.ts";
import type { Courier } from "./courier.ts";
import { finishSlot, sendSlot } from "./sender.ts";
import type { LocalDate } from "./slots/local-date.ts";
import { lookSince, slotsToDecide } from "./slots/slots-to-decide.ts";
import type { Subscription } from "./subscription.ts";
import { placeKey } from "./subscription.ts";
import { damagedWords } from "./words.ts";

/** What a look works with, over all looks of a process. */
interface TickParts {
  readonly parts: { readonly index: PaperIndex; readonly now: () => Date; readonly log: Log };
  readonly book: Book;
  readonly troubles: Troubles;
}

interface Round extends TickParts {
  readonly index: PaperIndex;
  readonly open: ReadonlyMap<string, readonly Row[]>;
  /** Subscriptions that nobody looked after for so long that some days are not caught up with, and since when. */
  readonly passedOver: Map<string, Date>;
}

/** Does what is due for one subscription; what fails about one slot does not hold up the next. */
async function serve(round: Round, { id }: Subscription, courier: Courier): Promise<void> {
  const { parts, book, index, open } = round;
  // A look at many subscriptions takes a while, in which this one may have been changed or ended.
  const subscription = await book.find(id);
  if (subscription === undefined) return;
  const { now, log } = parts;
  const sender = { book, index, courier, now, log };
  const [newest] = await book.latest(id, 1);
  const rows = open.get(id) ?? [];
  const { since, passedOver } = lookSince(newest, subscription, now());
  if (passedOver !== undefined) round.passedOver.set(id, passedOver);
  const attempt = (date: LocalDate, work: () => Promise<void>): Promise<void> =>
    work().catch((error: unknown) => {
      log.error(`The digest ${subscription.id} of ${date} failed; it is tried again`, { error });
    });
  tellUnreadable(round, newest === undefined ? rows : [...rows, newest]);
  for (const row of rows) await attempt(row.date, () => finishSlot(sender, subscription, row));
  for (const slot of slotsToDecide(subscription, rows, { since, now: now() })) {
    const known = rows.find(({ date }) => date === slot.date);
    await attempt(slot.date, async () =>
      sendSlot(sender, subscription, slot, known ?? (await book.row(id, slot.date))),
    );
  }
}

/** Tells of each row once that it cannot be read. */
function tellUnreadable({ parts: { log }, troubles }: Round, rows: readonly Row[]): void {
  for (const { subscription, date, problem } of rows)
    if (problem !== undefined)
      troubles.begins(`row ${subscription} ${date}`, () =>
        log.error(
          `What is kept of the digest ${subscription} of ${date} cannot be read: its ${problem}. It counts as sent, and all others go on; a backup of the database would have it`,
        ),
      );
}

/** Serves a place's subscriptions one after the other, so that the second knows what the first has brought. */
async function servePlace(
  round: Round,
  subscriptions: readonly Subscription[],
  courier: Courier,
): Promise<void> {
  for (const subscription of subscriptions) {
    try {
      await serve(round, subscription, courier);
    } catch (error) {
      round.parts.log.error(`The digest ${subscription.id} could not be looked after`, { error });
    }
  }
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

/** Tells which subscriptions cannot be read, each once, and once more when that is over. */
async function tellDamaged({ parts: { log }, book, troubles }: TickParts): Promise<void> {
  const damaged = await book.damaged();
  for (const one of damaged)
    troubles.begins(`damaged ${one.id}`, () => log.error(damagedWords(one), { place: one.place }));
  const now = new Set(damaged.map(({ id }) => `damaged ${id}`));
  for (const key of troubles.known().filter((known) => known.startsWith("damaged ") && !now.has(known)))
    troubles.ends(key, () =>
      log.info(`The digest ${key.slice("damaged ".length)} can be read again, or has ended`),
    );
}

/** Sends what is due on the platforms of the couriers. Rejects where the subscriptions or the ledger fail as a whole. */
export async function tick(all: TickParts, couriers: ReadonlyMap<string, Courier>): Promise<void> {
  const { parts, book } = all;
  await tellDamaged(all);
  const open = groupBy(await book.openRows(), ({ subscription }) => subscription);
  const index = rememberMatches(parts.index);
  const round: Round = { ...all, index, open, passedOver: new Map() };
  const byPlatform = groupBy(await book.subscriptions(), ({ place }) => place.platform);
  await Promise.all(
    Array.from(byPlatform, async ([platform, subscriptions]) => {
      const courier = couriers.get(platform);
      if (courier === undefined) return;
      const places = [...groupBy(subscriptions, ({ place }) => placeKey(place)).values()];
      await pMap(places, (place) => servePlace(round, place, courier), { concurrency: courier.width });
    }),
  );
  tellPassedOver(round);
}

/** Ids that are named in one line of the log. */
const NAMED = 5;

function tellPassedOver({ passedOver, parts }: Round): void {
  if (passedOver.size === 0) return;
  const since = new Date(Math.min(...Array.from(passedOver.values(), (time) => time.getTime())));
  const more = passedOver.size > NAMED ? ` and ${passedOver.size - NAMED} more` : "";
  const ids = `${[...passedOver.keys()].slice(0, NAMED).join(", ")}${more}`;
  parts.log.warn(
    `Digests were not looked after since ${since.toISOString()}; only the last 31 days are written down as missed: ${ids}`,
  );
}
