import pMap from "p-map";
import type { PaperId } from "../corpus/paper.ts";
import type { Log } from "../log.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Store } from "../store/store.ts";
import type { Book, Row } from "./book.ts";
import { createBook } from "./book.ts";
import { composeNews, rememberMatches } from "./compose.ts";
import type { Courier } from "./courier.ts";
import type { Edition } from "./edition.ts";
import type { Forecast } from "./choice/forecast.ts";
import { forecastDigest } from "./choice/forecast.ts";
import { withCurrentIds } from "./choice/had.ts";
import type { LocalDate } from "./slots/local-date.ts";
import { finishSlot, sendSlot } from "./sender.ts";
import { localDateOf, nextSlot } from "./slots/slots.ts";
import type { Slot } from "./slots/slots.ts";
import { lookSince, slotsToDecide } from "./slots/slots-to-decide.ts";
import type { Place, Plan, Subscription } from "./subscription.ts";
import { changePlan, pauseSubscription, placeKey, resumeSubscription } from "./subscription.ts";
import { readTopics } from "./choice/topics.ts";
import type { Why } from "./choice/why.ts";
import { explainPaper } from "./choice/why.ts";

/** Rows that `status` tells of. */
const STATUS_ROWS = 14;

/** What digests are made from. */
export interface DigestParts {
  readonly store: Pick<Store, "subscriptions" | "slots" | "preferences">;
  readonly index: PaperIndex;
  readonly now: () => Date;
  readonly log: Log;
  /** A short text of lower-case letters and digits, different each time. */
  readonly newId: () => string;
}

/** The digests of all channels. */
export interface Digests {
  /** Those of all channels. */
  readonly all: () => Promise<readonly Subscription[]>;
  /** Those of one channel. */
  readonly inPlace: (place: Place) => Promise<readonly Subscription[]>;
  readonly start: (place: Place, createdBy: string, plan: Plan) => Promise<Subscription>;
  /** Gives a subscription another plan; resolves with the subscription as it has become. */
  readonly edit: (subscription: Subscription, plan: Plan) => Promise<Subscription>;
  readonly pause: (subscription: Subscription) => Promise<Subscription>;
  readonly resume: (subscription: Subscription) => Promise<Subscription>;
  readonly stop: (subscription: Subscription) => Promise<void>;
  /** What filters would have brought over the last 30 days. Throws a UserError for topics that cannot be read. */
  readonly forecast: (plan: Plan) => Promise<Forecast>;
  /** The digest of a slot as it would be now; of the next one unless given. Nothing is kept or sent. */
  readonly preview: (
    subscription: Pick<Subscription, "place" | "plan">,
    slot?: Slot,
  ) => Promise<{ readonly slot: Slot; readonly news: Edition["news"] }>;
  /** The last 14 rows of the ledger, the newest first. */
  readonly status: (subscription: Subscription) => Promise<readonly Row[]>;
  /** Why a paper was posted, or what keeps it out of the next digest. */
  readonly why: (subscription: Pick<Subscription, "place" | "plan">, paper: PaperId) => Promise<Why>;
  /** The time zone of a server or, in a direct conversation, of the channel; undefined until somebody names one. */
  readonly zoneOf: (place: Place) => Promise<string | undefined>;
  readonly setZone: (place: Place, zone: string) => Promise<void>;
  /** Sends what is due on the platforms of the couriers. Never rejects: what fails is logged and tried again. */
  readonly tick: (couriers: ReadonlyMap<string, Courier>) => Promise<void>;
}

const zoneKey = ({ platform, server, channel, direct }: Place): string =>
  `zone:${platform}:${direct === true ? channel : (server ?? channel)}`;

interface Round {
  readonly parts: DigestParts;
  readonly book: Book;
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
  for (const row of rows) await attempt(row.date, () => finishSlot(sender, subscription, row));
  for (const slot of slotsToDecide(subscription, rows, { since, now: now() })) {
    const known = rows.find(({ date }) => date === slot.date);
    await attempt(slot.date, async () =>
      sendSlot(sender, subscription, slot, known ?? (await book.row(id, slot.date))),
    );
  }
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

async function tick(parts: DigestParts, book: Book, couriers: ReadonlyMap<string, Courier>): Promise<void> {
  const open = groupBy(await book.openRows(), ({ subscription }) => subscription);
  const round: Round = { parts, book, index: rememberMatches(parts.index), open, passedOver: new Map() };
  const all = groupBy(await book.subscriptions(), ({ place }) => place.platform);
  await Promise.all(
    Array.from(all, async ([platform, subscriptions]) => {
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

/** Closes what is open of a subscription that was ended; what may have arrived counts as had. */
async function closeRows(book: Book, id: string): Promise<void> {
  for (const row of (await book.openRows()).filter(({ subscription }) => subscription === id)) {
    const reason = { kind: row.state.kind === "claimed" ? "unconfirmed" : "paused" } as const;
    const { state } = row;
    const closed =
      state.kind === "sent"
        ? ({ ...state, kind: "confirmed" } as const)
        : ({ kind: "skipped", reason } as const);
    await book.write({ ...row, state: closed });
  }
}

/** The digests that a store holds, over the papers of an index. */
export function createDigests(parts: DigestParts): Digests {
  const { store, index, now, log, newId } = parts;
  const book = createBook(store, now);
  const save = async (subscription: Subscription): Promise<Subscription> => {
    await book.put(subscription);
    return subscription;
  };
  return {
    all: book.subscriptions,
    inPlace: book.inPlace,
    async start(place, createdBy, plan) {
      const createdAt = now();
      const subscription: Subscription = {
        id: newId(),
        place,
        createdBy,
        createdAt,
        scheduledSince: createdAt,
        plan,
        state: { kind: "active" },
      };
      await book.put(subscription);
      return subscription;
    },
    edit: (subscription, plan) => save(changePlan(subscription, plan, now())),
    pause: (subscription) => save(pauseSubscription(subscription)),
    resume: (subscription) => save(resumeSubscription(subscription, now())),
    async stop({ id }) {
      await book.remove(id);
      await closeRows(book, id);
    },
    forecast: (plan) =>
      forecastDigest(index, {
        topics: readTopics(plan.topics, now()),
        plan,
        today: localDateOf(plan.zone, now()),
      }),
    async preview(subscription, slot = nextSlot(subscription.plan, now())) {
      return {
        slot,
        news: await composeNews(index, subscription, slot, await book.had(subscription.place)),
      };
    },
    status: ({ id }) => book.latest(id, STATUS_ROWS),
    async why({ place, plan }, paper) {
      const { date, dueAt } = nextSlot(plan, now());
      const had = await withCurrentIds(await book.had(place), index.get);
      return explainPaper(index, paper, { place, plan, date, at: dueAt, had });
    },
    zoneOf: (place) => store.preferences.get(zoneKey(place)),
    setZone: (place, zone) => store.preferences.set(zoneKey(place), zone),
    async tick(couriers) {
      try {
        await tick(parts, book, couriers);
      } catch (error) {
        log.error("The digests could not be looked after; they are tried again", { error });
      }
    },
  };
}
