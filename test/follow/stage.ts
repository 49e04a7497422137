import type { Paper } from "../../src/corpus/paper.ts";
import type { FollowCourier, Follows } from "../../src/follow/follows.ts";
import { createFollows } from "../../src/follow/follows.ts";
import type { FollowPlan } from "../../src/follow/follow.ts";
import type { Wish } from "../../src/follow/wish.ts";
import type { Delivery } from "../../src/schedule/courier.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import type { Store } from "../../src/store/store.ts";
import { paper } from "../digest/papers.ts";
import type { Mood } from "../digest/stage.ts";
import { mortal } from "../digest/stage.ts";
import { collectingLog } from "../support/collecting-log.ts";

/** What a platform has posted for one follow: the titles of one message. */
interface Posted {
  readonly follow: string;
  readonly titles: readonly string[];
}

/** A platform as a follow sees it: it takes each message once it is asked, and keeps it. */
export function createPlatform() {
  const posted: Posted[] = [];
  const keys: string[] = [];
  let mood: Mood = "well";
  const courier: FollowCourier = {
    width: 4,
    async deliver(_place, { key, edition }): Promise<Delivery> {
      if (mood === "busy") return { kind: "later", retryAfterMs: 60_000 };
      if (mood === "closed") return { kind: "gone", reason: "not-allowed" };
      const { news, subscription } = edition;
      keys.push(key);
      posted.push({
        follow: subscription.id,
        titles: news.kind === "papers" ? news.papers.map(({ title }) => title) : [],
      });
      if (mood !== "well") throw new Error("no answer");
      return { kind: "sent", message: key };
    },
    find: async (_place, { key }) => (keys.includes(key) ? { message: key, texts: [] } : undefined),
    tell: () => Promise.resolve(),
  };
  const told = (follow: string): string[] =>
    posted.filter((one) => one.follow === follow).flatMap(({ titles }) => titles);
  return { courier, posted, told, setMood: (next: Mood) => void (mood = next) };
}

/** A database, papers and the time that a process on them sees. */
export interface World {
  readonly store: Store;
  readonly index: PaperIndex;
  now: number;
}

/** A process on a world, which dies after `lives` pieces of work. */
export function processOn(world: World, fuse = { lives: 1e9 }): Follows {
  let ids = 0;
  return createFollows({
    store: mortal(world.store, fuse),
    index: world.index,
    now: () => new Date(world.now),
    log: collectingLog().log,
    newId: () => `f${++ids}`,
  });
}

/** A plan of a follow that begins now. */
export function plan(wish: Wish, parts: Partial<FollowPlan> = {}): Omit<FollowPlan, "since"> {
  return {
    wish,
    when: "at once",
    time: { hour: 9, minute: 0 },
    zone: "UTC",
    days: [1, 2, 3, 4, 5, 6, 7],
    ...parts,
  };
}

/** A paper on wombats by Jane Doe. */
export const wombats = (title: string, facts: Partial<Paper> = {}): Paper =>
  paper(title, {
    authors: { kind: "named", names: ["Jane Doe", "Al Roe"] },
    abstract: "On wombats.",
    ...facts,
  });
