import fc from "fast-check";
import { expect, it } from "vitest";
import type { Book } from "../../src/digest/book.ts";
import { createBook } from "../../src/digest/book.ts";
import type { Digests } from "../../src/digest/digests.ts";
import { createDigests } from "../../src/digest/digests.ts";
import type { Store } from "../../src/store/store.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { openTestStore } from "../support/test-store.ts";
import { openSmallIndex, place, planOf } from "./papers.ts";
import type { Mood } from "./stage.ts";
import { createPlatform, MOODS } from "./stage.ts";

const MINUTE = 60_000;
const START = Date.parse("2026-03-20T12:00:00Z");
const index = await openSmallIndex(60);

/** One or more processes that look at a database of their own, and what their platform was brought. */
async function openWorld() {
  const store = await openTestStore();
  const world = { now: START };
  const { courier, posts, setMood } = createPlatform();
  const begin = (over: Store = store): Digests =>
    createDigests({
      store: over,
      index,
      now: () => new Date(world.now),
      log: collectingLog().log,
      newId: () => "x",
    });
  const book = createBook(store, () => new Date(world.now));
  const createdAt = new Date(START);
  for (const [i, hour] of [9, 13, 23].entries())
    await book.put({
      id: `s${i}`,
      place: { ...place, channel: String(i) },
      createdBy: "ana",
      createdAt,
      scheduledSince: createdAt,
      plan: planOf({ time: { hour, minute: 0 }, runnersUp: 1 }),
      state: { kind: "active" },
    });
  const look = (digests: Digests) => digests.tick(new Map([["discord", courier]]));
  return { world, store, book, posts, setMood, begin, look };
}

/** The rows of a subscription without the names of messages, which are numbered over all channels. */
async function rowsOf(book: Book, id: string) {
  return (await book.latest(id, 1000)).map((row) => ({ ...row, message: "any" }));
}

interface Step {
  readonly minutes: number;
  readonly mood: Mood;
  readonly edit: number;
}
const anyStep: fc.Arbitrary<Step> = fc.record({
  // The clock is set back now and then, by little or by much.
  minutes: fc.constantFrom(1, 1, 15, 60, 60, 240, 1440, -3, -90, -3000),
  mood: fc.constantFrom(...MOODS),
  edit: fc.oneof({ weight: 6, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: fc.nat(23) }),
});

it("a process that knows when nothing is due brings what one brings that looks at everything each time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 60 }), async (steps) => {
      const [lasting, fresh] = [await openWorld(), await openWorld()];
      const process = lasting.begin();
      for (const { minutes, mood, edit } of steps) {
        for (const [one, digests] of [
          [lasting, process],
          [fresh, fresh.begin()],
        ] as const) {
          one.world.now += minutes * MINUTE;
          one.setMood(mood);
          const [first] = await one.book.subscriptions();
          if (edit >= 0 && first !== undefined)
            await one.begin().edit(first, { ...first.plan, time: { hour: edit, minute: 0 } }, "U1");
          await one.look(digests);
        }
      }
      // Channels are served side by side.
      expect(lasting.posts.toSorted()).toEqual(fresh.posts.toSorted());
      for (const id of ["s0", "s1", "s2"])
        expect(await rowsOf(lasting.book, id)).toEqual(await rowsOf(fresh.book, id));
    }),
    { numRuns: 40 },
  );
}, 120_000);

it("the database is asked nothing about a channel until its next digest is due, or it has changed", async () => {
  const { world, store, book, begin, look } = await openWorld();
  const asked: string[] = [];
  const slots = {
    ...store.slots,
    latest: (id: string, ...rest: [Date, number]) => {
      asked.push(id);
      return store.slots.latest(id, ...rest);
    },
  };
  const digests = begin({ ...store, slots });
  const askedIn = async (minutes: number): Promise<string[]> => {
    asked.length = 0;
    world.now += minutes * MINUTE;
    await look(digests);
    return asked.toSorted();
  };
  expect(await askedIn(1)).toEqual(["s0", "s1", "s2"]);
  expect(await askedIn(1)).toEqual([]);
  const [first] = await book.subscriptions();
  if (first === undefined) throw new Error("no subscriptions");
  await begin().edit(first, { ...first.plan, runnersUp: 0 }, "U1");
  expect(await askedIn(1)).toEqual(["s0"]);
  expect(await askedIn(1)).toEqual([]);
  // 13:00 is due.
  expect(await askedIn(60)).toEqual(["s1"]);
  expect(await askedIn(-70)).toEqual(["s0", "s1", "s2"]);
});
