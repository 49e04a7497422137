import type { Courier } from "../../src/digest/courier.ts";
import type { Delivery } from "../../src/schedule/courier.ts";
import { createDigests } from "../../src/digest/digests.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import type { Store } from "../../src/store/store.ts";
import { collectingLog } from "../support/collecting-log.ts";

/** How a platform takes messages; a silent one takes them and its answer is lost, a half silent one below others. */
export type Mood = "well" | "busy" | "closed" | "silent" | "half silent";
export const MOODS: readonly Mood[] = ["well", "well", "well", "busy", "closed", "silent", "half silent"];

/** A platform as a digest sees it: it takes each message once it is asked, and keeps it. */
export function createPlatform() {
  const posts: string[] = [];
  const told: string[] = [];
  let mood: Mood = "well";
  const courier: Courier = {
    width: 4,
    async deliver(_place, { key }): Promise<Delivery> {
      if (mood === "busy") return { kind: "later", retryAfterMs: 60_000 };
      if (mood === "closed") return { kind: "gone", reason: "not-allowed" };
      posts.push(key);
      if (mood === "silent" || (mood === "half silent" && key.endsWith(":2"))) throw new Error("no answer");
      return { kind: "sent", message: `m${posts.length}` };
    },
    find: async (_place, { key }) =>
      posts.includes(key) ? { message: `m${posts.indexOf(key) + 1}`, texts: [] } : undefined,
    tell: async (user) => void told.push(user),
  };
  return { courier, posts, told, setMood: (next: Mood) => void (mood = next) };
}

/** An object whose functions work `lives` times in all and fail from then on, as if the process had been killed. */
export function mortal<T extends object>(whole: T, fuse: { lives: number }): T {
  return new Proxy(whole, {
    get(target, name, receiver): unknown {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value === "object" && value !== null) return mortal(value, fuse);
      if (typeof value !== "function") return value;
      return async (...args: unknown[]): Promise<unknown> => {
        // Killed before the work or after it, by turns: the answer is lost either way.
        if (fuse.lives-- <= 0) throw new Error("killed");
        const result: unknown = await Reflect.apply(value, target, args);
        if (fuse.lives === 0) throw new Error("killed");
        return result;
      };
    },
  });
}

/** A database, papers and the time that a process on them sees. */
export interface World {
  readonly store: Store;
  readonly index: PaperIndex;
  now: number;
}

/** One look of a process that works `lives` times and is killed then; gives the lines of its log. */
export async function tickOnce(
  world: World,
  courier: Courier,
  fuse: { lives: number },
): Promise<readonly string[]> {
  const { log, lines } = collectingLog();
  const digests = createDigests({
    store: mortal(world.store, fuse),
    index: world.index,
    now: () => new Date(world.now),
    log,
    newId: () => "unused",
  });
  await digests.tick(new Map([["discord", mortal(courier, fuse)]]));
  return lines;
}
