import type { PaperId } from "../corpus/paper.ts";
import type { Count } from "../figures.ts";
import type { Log } from "../log.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Deed } from "../store/kept/audit.ts";
import type { Store } from "../store/store.ts";
import { uncounted } from "../figures.ts";
import { lazily } from "../lazily.ts";
import type { Damaged } from "../schedule/goods.ts";
import type { TickParts } from "../schedule/looking/round.ts";
import { closeRows } from "../schedule/sending/close-rows.ts";
import type { ServerZones } from "../schedule/zone-of-server.ts";
import { createServerZones } from "../schedule/zone-of-server.ts";
import type { Watched } from "../schedule/watched.ts";
import { watchDigests } from "./watched.ts";
import type { DigestArchives } from "./archive/archives.ts";
import { createArchives } from "./archive/archives.ts";
import type { Book, Row } from "./book.ts";
import { createBook } from "./book.ts";
import { digestGoods, digestWording } from "./goods.ts";
import { deedIn } from "../schedule/place.ts";
import { factWords, planChanges } from "./changes.ts";
import { composeNews } from "./compose.ts";
import type { KnownChannel } from "./compose.ts";
import type { Courier } from "./courier.ts";
import type { Digest, Edition } from "./edition.ts";
import type { Forecast } from "./choice/forecast.ts";
import { forecastDigest } from "./choice/forecast.ts";
import type { View } from "./choice/view.ts";
import { createViews } from "./choice/view.ts";
import { localDateOf, nextSlot } from "../schedule/slots/slots.ts";
import type { Slot } from "../schedule/slots/slots.ts";
import type { Place } from "../schedule/place.ts";
import type { Plan, Subscription } from "./subscription.ts";
import { changePlan, pauseSubscription, resumeSubscription } from "../schedule/subscription.ts";
import { sentElsewhereUntil } from "../schedule/restored.ts";
import { tick } from "../schedule/looking/tick.ts";
import { isForExploring } from "../taste/pull.ts";
import type { Tastes } from "../taste/tastes.ts";
import { createTastes } from "../taste/tastes.ts";
import { createTroubles } from "../troubles.ts";
import { readTopics } from "../search/query/topics.ts";
import type { Why } from "./choice/why.ts";
import { explainPaper } from "./choice/why.ts";

/** Rows that `status` tells of. */
const STATUS_ROWS = 14;

/** What digests are made from. */
export interface DigestParts {
  readonly store: Pick<Store, "subscriptions" | "slots" | "preferences" | "archives" | "postings" | "tastes">;
  readonly index: PaperIndex;
  readonly now: () => Date;
  readonly log: Log;
  /** Default: nobody counts. */
  readonly count?: Count;
  /** A short text of lower-case letters and digits, different each time. */
  readonly newId: () => string;
}

/** The digests of all channels. */
export interface Digests extends ServerZones {
  readonly archives: DigestArchives;
  /** The digests, for whoever looks how they go. */
  readonly watched: Watched;
  /** What reactions teach. */
  readonly tastes: Tastes;
  /** Those of all channels. */
  readonly all: () => Promise<readonly Subscription[]>;
  /** Those of one channel. */
  readonly inPlace: (place: Place) => Promise<readonly Subscription[]>;
  /** Those that cannot be read, of one channel or all: nothing is sent for them. */
  readonly damaged: (place?: Place) => Promise<readonly Damaged[]>;
  readonly start: (place: Place, createdBy: string, plan: Plan) => Promise<Subscription>;
  /** Gives a subscription another plan; resolves with the subscription as it has become. `by` is who does it, by the platform's id. */
  readonly edit: (subscription: Subscription, plan: Plan, by: string) => Promise<Subscription>;
  readonly pause: (subscription: Subscription, by: string) => Promise<Subscription>;
  readonly resume: (subscription: Subscription, by: string) => Promise<Subscription>;
  /** Ends the subscription of a place that has this id, which may be one that cannot be read. */
  readonly stop: (id: string, place: Place, by: string) => Promise<void>;
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
  /**
   * Sends what is due on the platforms of the couriers. Never rejects: what fails is logged when that begins, and tried
   * again. Resolves with what failed, in words. Begins no other subscription once it is `ended`; those come with the next look.
   */
  readonly tick: (couriers: ReadonlyMap<string, Courier>, ended?: AbortSignal) => Promise<readonly string[]>;
}

/** What is known of a channel for its digest of a slot, by the ids that papers have now. */
type Know = (view: View, place: Place, slot: Slot) => Promise<KnownChannel>;

/** Knows channels by the ledger and by their reactions. */
const createKnow =
  (book: Book, tastes: Tastes): Know =>
  async (view, place, { date }) => ({
    had: await view.current(await book.had(place)),
    lessons: isForExploring(date) ? [] : await tastes.lessons(place, view.idNow),
  });

/** What only looks: nothing is kept or sent. */
function createLooks(
  { index, now }: DigestParts,
  { book, know, views }: { readonly book: Book; readonly know: Know; readonly views: () => Promise<View> },
): Pick<Digests, "forecast" | "preview" | "status" | "why"> {
  return {
    forecast: (plan) =>
      forecastDigest(index, {
        topics: readTopics(plan.topics, now()),
        plan,
        today: localDateOf(plan.zone, now()),
      }),
    async preview(subscription, slot = nextSlot(subscription.plan, now())) {
      const view = await views();
      const known = await know(view, subscription.place, slot);
      return { slot, news: await composeNews(view, subscription, slot, known) };
    },
    status: ({ id }) => book.latest(id, STATUS_ROWS),
    async why({ place, plan }, paper) {
      const view = await views();
      const slot = nextSlot(plan, now());
      return explainPaper({ index, view }, paper, { place, plan, slot, ...(await know(view, place, slot)) });
    },
  };
}

/** What the looks of a process work with. */
const lastingOf = (
  parts: DigestParts,
  { book, know: known, views }: Parameters<typeof createLooks>[1],
): TickParts<Digest> => ({
  parts,
  book,
  openGoods: () => Promise.resolve(digestGoods({ index: parts.index, view: lazily(views), known })),
  wording: digestWording(parts.count ?? uncounted),
  troubles: createTroubles(),
  findElsewhere: () => sentElsewhereUntil(parts.store.preferences, parts.now()),
  quiet: new WeakMap(),
});

/** The digests that a store holds, over the papers of an index. */
export function createDigests(parts: DigestParts): Digests {
  const { store, now, newId } = parts;
  const book = createBook(store, now);
  const views = createViews(parts.index);
  const tastes = createTastes({ store, now });
  const seen = { book, know: createKnow(book, tastes), views };
  const lasting = lastingOf(parts, seen);
  const save = async (
    subscription: Subscription,
    deed: Pick<Deed, "by" | "action" | "detail">,
  ): Promise<Subscription> => {
    const { id, place } = subscription;
    await book.put(subscription, deedIn(place, { ...deed, subject: id }));
    return subscription;
  };
  return {
    archives: createArchives({ store, book, index: parts.index, now }),
    tastes,
    watched: watchDigests(book),
    all: book.subscriptions,
    inPlace: book.inPlace,
    damaged: book.damaged,
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
      return save(subscription, { by: createdBy, action: "digest start", detail: factWords(plan) });
    },
    edit(subscription, plan, by) {
      const detail = planChanges(subscription.plan, plan).join("; ");
      return save(changePlan(subscription, plan, now()), { by, action: "digest edit", detail });
    },
    pause: (subscription, by) =>
      save(pauseSubscription(subscription), { by, action: "digest pause", detail: "" }),
    resume: (subscription, by) =>
      save(resumeSubscription(subscription, now()), { by, action: "digest resume", detail: "" }),
    async stop(id, place, by) {
      await book.remove(id, deedIn(place, { by, action: "digest stop", subject: id, detail: "" }));
      await closeRows(book, id);
    },
    ...createLooks(parts, seen),
    ...createServerZones(store.preferences),
    tick: (couriers, ended) => tick({ ...lasting, ...(ended === undefined ? {} : { ended }) }, couriers),
  };
}
