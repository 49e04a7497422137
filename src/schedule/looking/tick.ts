import pMap from "p-map";
import { lazily } from "../../lazily.ts";
import type { Count } from "../../figures.ts";
import { uncounted } from "../../figures.ts";
import type { Log } from "../../log.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import { underReference } from "../../reference.ts";
import { StorageError } from "../../store/storage-error.ts";
import type { Troubles } from "../../troubles.ts";
import type { Turns } from "../../turns.ts";
import { createTurns } from "../../turns.ts";
import type { Book, Damaged, Row } from "../book.ts";
import type { View } from "../../digest/choice/view.ts";
import type { Courier } from "../courier.ts";
import { finishSlot, sendSlot } from "../sending/send-slot.ts";
import type { LocalDate } from "../slots/local-date.ts";
import { nextSlot } from "../slots/slots.ts";
import { lookSince, slotsToDecide } from "../slots/slots-to-decide.ts";
import type { Subscription } from "../subscription.ts";
import { placeKey } from "../subscription.ts";
import { damagedWords } from "../../digest/words.ts";

/** That nothing is due for a subscription, as a look found, until its next digest. */
interface Quiet {
  readonly from: Date;
  readonly until: Date;
}

/** What a look works with, over all looks of a process. */
interface TickParts {
  readonly parts: {
    readonly index: PaperIndex;
    readonly now: () => Date;
    readonly log: Log;
    readonly count?: Count;
    readonly newId: () => string;
  };
  readonly book: Book;
  /** The papers as they are now. */
  readonly views: () => Promise<View>;
  readonly troubles: Troubles;
  /** Until when somebody else may have sent digests that are not in the ledger; undefined where nobody did. */
  readonly findElsewhere: () => Promise<Date | undefined>;
  /** By the subscription as it was read: one that was changed is another. */
  readonly quiet: WeakMap<Subscription, Quiet>;
  /** Once it is aborted no other subscription is begun. */
  readonly ended?: AbortSignal;
}

interface Round extends TickParts {
  /** The papers as they are when the first digest is chosen: one view for all digests of a look. */
  readonly view: () => Promise<View>;
  readonly open: ReadonlyMap<string, readonly Row[]>;
  /** Subscriptions that nobody looked after for so long that some days are not caught up with, and since when. */
  readonly passedOver: Map<string, Date>;
  readonly turns: Turns;
  /** Until when somebody else may have sent what is not in the ledger. */
  readonly elsewhereUntil: Date | undefined;
  /** What failed, in words. */
  readonly failures: string[];
}

/**
 * Whether nothing is to be done for a subscription, without a look into the database: none of its rows is open, and the
 * look before found that nothing is due until later. A clock that was set back makes that worthless.
 */
function isQuiet({ parts, open, quiet }: Round, subscription: Subscription): boolean {
  const known = open.has(subscription.id) ? undefined : quiet.get(subscription);
  const now = parts.now();
  return known !== undefined && known.from <= now && now < known.until;
}

/** Does what is due for one subscription; what fails about one slot does not hold up the next. */
async function serve(round: Round, { id }: Subscription, courier: Courier): Promise<void> {
  const { parts, book, view, open } = round;
  // A look at many subscriptions takes a while, in which this one may have been changed or ended.
  const subscription = await book.find(id);
  if (subscription === undefined) return;
  const { index, now, log, count = uncounted } = parts;
  const failuresBefore = round.failures.length;
  const { elsewhereUntil } = round;
  const elsewhere = elsewhereUntil === undefined ? {} : { elsewhereUntil };
  const sender = { book, index, view, courier, now, log, count, ...elsewhere };
  const [newest] = await book.latest(id, 1);
  const rows = open.get(id) ?? [];
  const { since, passedOver } = lookSince(newest, subscription, now());
  if (passedOver !== undefined) round.passedOver.set(id, passedOver);
  const attempt = (date: LocalDate, work: () => Promise<void>): Promise<void> =>
    underReference(parts.newId, () =>
      work().catch((error: unknown) => {
        count({ kind: "digest", platform: subscription.place.platform, outcome: "failed" });
        fail(round, id, `The digest ${id} of ${date} failed; it is tried again`, error);
      }),
    );
  tellUnreadable(round, newest === undefined ? rows : [...rows, newest]);
  for (const row of rows) await attempt(row.date, () => finishSlot(sender, subscription, row));
  const looked = now();
  const slots = slotsToDecide(subscription, rows, { since, now: looked });
  for (const slot of slots) {
    const known = rows.find(({ date }) => date === slot.date);
    await attempt(slot.date, async () =>
      sendSlot(sender, subscription, slot, known ?? (await book.row(id, slot.date))),
    );
  }
  // While a row is open, what failed may fail again.
  if (rows.length > 0 || round.failures.length > failuresBefore) return;
  round.troubles.ends(`failing ${id}`, () => log.info(`The digest ${id} goes on`));
  if (slots.length === 0 && passedOver === undefined)
    round.quiet.set(subscription, { from: looked, until: nextSlot(subscription.plan, looked).dueAt });
}

/** Notes what failed; tells it when it is the first failure of a digest in a row, and when its database has not told. */
function fail(
  { parts: { log }, troubles, failures }: Round,
  id: string,
  words: string,
  error: unknown,
): void {
  failures.push(words);
  if (!(error instanceof StorageError)) troubles.begins(`failing ${id}`, () => log.error(words, { error }));
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

/** Steps of looking whether something may be due, and of all that is done where it may be. */
const LOOK_STEPS = 2000;
const SERVE_STEPS = 1_500_000;

/** Serves a place's subscriptions one after the other, so that the second knows what the first has brought. */
async function servePlace(
  round: Round,
  subscriptions: readonly Subscription[],
  courier: Courier,
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
      fail(round, subscription.id, `The digest ${subscription.id} could not be looked after`, error);
    }
  }
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

/** Tells which subscriptions cannot be read, each once, and once more when that is over. */
function tellDamaged({ parts: { log }, troubles }: TickParts, damaged: readonly Damaged[]): void {
  for (const one of damaged)
    troubles.begins(`damaged ${one.id}`, () => log.error(damagedWords(one), { place: one.place }));
  const now = new Set(damaged.map(({ id }) => `damaged ${id}`));
  for (const key of troubles.known().filter((known) => known.startsWith("damaged ") && !now.has(known)))
    troubles.ends(key, () =>
      log.info(`The digest ${key.slice("damaged ".length)} can be read again, or has ended`),
    );
}

/** Sends what is due on the platforms of the couriers; resolves with what failed, and never rejects. */
export async function tick(
  all: TickParts,
  couriers: ReadonlyMap<string, Courier>,
): Promise<readonly string[]> {
  const { log } = all.parts;
  const words = "The digests could not be looked after; they are tried again";
  try {
    const failures = await lookAfterAll(all, couriers);
    all.troubles.ends(words, () => log.info("The digests are looked after again"));
    return failures;
  } catch (error) {
    if (error instanceof StorageError) return [error.message];
    all.troubles.begins(words, () => log.error(words, { error }));
    return [words];
  }
}

async function lookAfterAll(
  all: TickParts,
  couriers: ReadonlyMap<string, Courier>,
): Promise<readonly string[]> {
  const { book } = all;
  const { subscriptions: registered, damaged } = await book.registered();
  tellDamaged(all, damaged);
  const open = groupBy(await book.openRows(), ({ subscription }) => subscription);
  const round: Round = {
    ...all,
    view: lazily(all.views),
    open,
    turns: createTurns(),
    elsewhereUntil: await all.findElsewhere(),
    passedOver: new Map(),
    failures: [],
  };
  const byPlatform = groupBy(registered, ({ place }) => place.platform);
  await Promise.all(
    Array.from(byPlatform, async ([platform, subscriptions]) => {
      const courier = couriers.get(platform);
      if (courier === undefined) return;
      const places = [...groupBy(subscriptions, ({ place }) => placeKey(place)).values()];
      await pMap(places, (place) => servePlace(round, place, courier), { concurrency: courier.width });
    }),
  );
  tellPassedOver(round);
  return round.failures;
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
