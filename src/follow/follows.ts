import type { Count } from "../figures.ts";
import { uncounted } from "../figures.ts";
import type { Log } from "../log.ts";
import type { Book } from "../schedule/book.ts";
import type { Courier } from "../schedule/courier.ts";
import type { Damaged } from "../schedule/goods.ts";
import type { TickParts } from "../schedule/looking/round.ts";
import { tick } from "../schedule/looking/tick.ts";
import type { Place } from "../schedule/place.ts";
import { deedIn } from "../schedule/place.ts";
import { sentElsewhereUntil } from "../schedule/restored.ts";
import { closeRows } from "../schedule/sending/close-rows.ts";
import { pauseSubscription, resumeSubscription } from "../schedule/subscription.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Deed } from "../store/kept/audit.ts";
import type { Store } from "../store/store.ts";
import { StorageError } from "../store/storage-error.ts";
import { createTroubles } from "../troubles.ts";
import { createNoticing } from "./arrivals.ts";
import type { CatchUp } from "./catch-up.ts";
import { createCatchUp } from "./catch-up.ts";
import type { Follow, FollowEdition, Following, FollowPlan } from "./follow.ts";
import type { FollowForecast } from "./forecast.ts";
import { forecastFollow } from "./forecast.ts";
import { followGoods, followWording } from "./goods.ts";
import type { MatchPapers } from "./matching.ts";
import { createMatching } from "./matching.ts";
import { takeIn } from "./taking-in.ts";
import type { Watched } from "../schedule/watched.ts";
import { createFollowBook, watchFollows } from "./watched.ts";
import type { Wish } from "./wish.ts";
import { followWords } from "./words.ts";

/** What follows are made from. */
export interface FollowParts {
  readonly store: Pick<Store, "follows" | "followSlots" | "arrivals" | "matches" | "marks" | "preferences">;
  readonly index: PaperIndex;
  readonly now: () => Date;
  readonly log: Log;
  /** Default: nobody counts. */
  readonly count?: Count;
  /** A short text of lower-case letters and digits, different each time. */
  readonly newId: () => string;
}

/** What brings the messages of follows to a platform. */
export type FollowCourier = Courier<FollowEdition>;

/** The follows of all places. */
export interface Follows {
  /** The follows, for whoever looks how they go. */
  readonly watched: Watched;
  readonly inPlace: (place: Place) => Promise<readonly Follow[]>;
  /** Those that somebody made in direct conversations on a platform, wherever these are. */
  readonly privateOf: (platform: string, user: string) => Promise<readonly Follow[]>;
  /** Those that cannot be read, of one place or all: nothing is told for them. */
  readonly damaged: (place?: Place) => Promise<readonly Damaged[]>;
  /** What a wish would have brought. Throws a UserError for words that cannot be read. */
  readonly forecast: (wish: Wish) => Promise<FollowForecast>;
  /** The number of the last paper that has come: what is followed from now on begins behind it. */
  readonly latestArrival: () => Promise<number>;
  /** Begins with what comes from now on. */
  readonly start: (place: Place, createdBy: string, plan: Omit<FollowPlan, "since">) => Promise<Follow>;
  readonly pause: (follow: Follow, by: string) => Promise<Follow>;
  /** Goes on with what comes from now on. */
  readonly resume: (follow: Follow, by: string) => Promise<Follow>;
  /** Ends one of a place, which may be one that cannot be read. */
  readonly stop: (id: string, place: Place, by: string) => Promise<void>;
  readonly catchUp: CatchUp;
  /** Finds what is new and tells what is due. Never rejects; resolves with what failed, in words. */
  readonly tick: (
    couriers: ReadonlyMap<string, FollowCourier>,
    ended?: AbortSignal,
  ) => Promise<readonly string[]>;
}

type Noted = Pick<Deed, "by" | "action" | "detail">;

/** What looks work with, over all looks of a process. */
function lastingOf(
  { store, now, log, newId, index, count = uncounted }: FollowParts,
  book: Book<Following>,
): TickParts<Following> {
  const { matches } = store;
  return {
    parts: { now, log, newId },
    book,
    openGoods: async () => followGoods({ book, index, matches, awaited: new Set(await matches.awaited()) }),
    wording: followWording(count),
    troubles: createTroubles(),
    findElsewhere: () => sentElsewhereUntil(store.preferences, now()),
    quiet: new WeakMap(),
  };
}

/** Finds what is new, and tells what is due. */
function createLook(
  { store, index, log }: FollowParts,
  lasting: TickParts<Following>,
  found: { readonly notice: () => Promise<void>; readonly match: MatchPapers },
): Follows["tick"] {
  const { troubles, book } = lasting;
  const words = "What is new could not be matched with what is followed; it is tried again";
  const takeInAll = async (): Promise<readonly string[]> => {
    try {
      await takeIn({ index, store, ...found, follows: book.subscriptions });
      troubles.ends(words, () => log.info("What is new is matched with what is followed again"));
      return [];
    } catch (error) {
      if (error instanceof StorageError) return [error.message];
      troubles.begins(words, () => log.error(words, { error }));
      return [words];
    }
  };
  return async (couriers, ended) => {
    const failed = await takeInAll();
    const untold = await tick({ ...lasting, ...(ended === undefined ? {} : { ended }) }, couriers);
    return [...failed, ...untold];
  };
}

/** The follows that a store holds, over the papers of an index. */
export function createFollows(parts: FollowParts): Follows {
  const { store, index, now, newId } = parts;
  const book = createFollowBook(store, now);
  const notice = createNoticing(index, store);
  const match = createMatching(index);
  const lasting = lastingOf(parts, book);
  const save = async (follow: Follow, deed: Noted): Promise<Follow> => {
    await book.put(follow, deedIn(follow.place, { ...deed, subject: follow.id }));
    return follow;
  };
  const latestArrival = async (): Promise<number> => {
    await notice();
    return store.arrivals.last();
  };
  return {
    watched: watchFollows(book),
    inPlace: book.inPlace,
    privateOf: async (platform, user) =>
      (await book.subscriptions()).filter(
        ({ place, createdBy }) => place.direct === true && place.platform === platform && createdBy === user,
      ),
    damaged: book.damaged,
    latestArrival,
    forecast: (wish) => forecastFollow(index, match, wish, now()),
    async start(place, createdBy, plan) {
      const since = await latestArrival();
      const createdAt = now();
      const follow: Follow = {
        id: newId(),
        place,
        createdBy,
        createdAt,
        scheduledSince: createdAt,
        plan: { ...plan, since },
        state: { kind: "active" },
      };
      return save(follow, { by: createdBy, action: "follow start", detail: followWords(follow.plan) });
    },
    pause: (follow, by) => save(pauseSubscription(follow), { by, action: "follow pause", detail: "" }),
    async resume(follow, by) {
      const since = follow.state.kind === "paused" ? await latestArrival() : follow.plan.since;
      const resumed = resumeSubscription({ ...follow, plan: { ...follow.plan, since } }, now());
      return save(resumed, { by, action: "follow resume", detail: "" });
    },
    async stop(id, place, by) {
      await book.remove(id, deedIn(place, { by, action: "follow stop", subject: id, detail: "" }));
      await closeRows(book, id);
    },
    catchUp: createCatchUp(book, store),
    tick: createLook(parts, lasting, { notice, match }),
  };
}
