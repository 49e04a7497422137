import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import { deedIn } from "../../src/schedule/place.ts";
import type { Courier } from "../../src/digest/courier.ts";
import { createDigests } from "../../src/digest/digests.ts";
import { slotsBetween } from "../../src/schedule/slots/slots.ts";
import type { Plan } from "../../src/digest/subscription.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { openTestStore } from "../support/test-store.ts";
import { openSmallIndex, place, planOf } from "./papers.ts";
import type { Mood, World } from "./stage.ts";
import { createPlatform, MOODS, tickOnce } from "./stage.ts";

const STOP = { by: "U1", action: "digest stop", subject: "", detail: "" };

const HOUR = 3_600_000;
const START = Date.parse("2026-03-20T12:00:00Z");

interface Step {
  readonly hours: number;
  readonly lives: number;
  readonly processes: 1 | 2;
  readonly mood: Mood;
  readonly edit?: { readonly hour: number; readonly zone: string } | undefined;
}

const step: fc.Arbitrary<Step> = fc.record({
  hours: fc.constantFrom(0.05, 0.2, 1, 5, 11, 13, 30),
  lives: fc.oneof(fc.constant(1e9), fc.integer({ min: 1, max: 40 })),
  processes: fc.constantFrom(1 as const, 2 as const),
  mood: fc.constantFrom(...MOODS),
  edit: fc.option(
    fc.record({
      hour: fc.nat(23),
      zone: fc.constantFrom("Europe/Berlin", "America/New_York", "Pacific/Auckland", "UTC"),
    }),
    { nil: undefined, freq: 8 },
  ),
});

describe("the digest", () => {
  const plans: Plan[] = [
    planOf({ zone: "Europe/Berlin", time: { hour: 2, minute: 30 }, runnersUp: 2 }),
    planOf({ zone: "America/New_York", runnersUp: 1, delivery: "channel" }),
  ];

  const setUp = async (): Promise<World> => {
    const world = { store: await openTestStore(), index: await openSmallIndex(60), now: START };
    const book = createBook(world.store, () => new Date(world.now));
    const createdAt = new Date(START);
    for (const [i, plan] of plans.entries()) {
      await book.put({
        id: `s${i}`,
        place,
        createdBy: "ana",
        createdAt,
        scheduledSince: createdAt,
        plan,
        state: { kind: "active" },
      });
    }
    return world;
  };

  it("ends every due slot sent once, or skipped with a reason, whatever is killed, refused, edited or doubled", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const world = await setUp();
        const { courier, posts, setMood } = createPlatform();
        const book = createBook(world.store, () => new Date(world.now));
        for (const { hours, lives, processes, mood, edit } of steps) {
          world.now += hours * HOUR;
          setMood(mood);
          if (edit !== undefined) {
            const digests = createDigests({
              store: world.store,
              index: world.index,
              now: () => new Date(world.now),
              log: collectingLog().log,
              newId: () => "x",
            });
            const [first] = await book.inPlace(place);
            if (first !== undefined)
              await digests.edit(
                first,
                {
                  ...first.plan,
                  zone: edit.zone,
                  time: { hour: edit.hour, minute: 0 },
                },
                "U1",
              );
          }
          await Promise.all(Array.from({ length: processes }, () => tickOnce(world, courier, { lives })));
        }
        setMood("well");
        for (let i = 0; i < 30; i++) {
          world.now += HOUR;
          await tickOnce(world, courier, { lives: 1e9 });
        }
        expect(posts).toEqual([...new Set(posts)]);
        expect((await book.openRows()).filter(({ dueAt }) => dueAt.getTime() < world.now - HOUR)).toEqual([]);
        for (const subscription of await book.subscriptions()) {
          const rows = await book.latest(subscription.id, 1000);
          const settled = new Set(rows.map(({ date }) => date));
          const due = slotsBetween(subscription.plan, subscription.scheduledSince, new Date(world.now));
          expect(due.filter(({ date }) => !settled.has(date))).toEqual([]);
          const arrived = rows
            .filter(({ state }) => state.kind === "confirmed")
            .map(({ date }) => `${subscription.id}:${date}`);
          expect(arrived.filter((key) => !posts.includes(key))).toEqual([]);
        }
        const papers = (await book.had(place)).map(({ paper }) => paper);
        expect(papers).toEqual([...new Set(papers)]);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it("tells who made it once when the platform refuses, and goes on by itself when that is mended", async () => {
    const world = await setUp();
    const { courier, posts, told, setMood } = createPlatform();
    const book = createBook(world.store, () => new Date(world.now));
    setMood("closed");
    const run = async (hours: number): Promise<void> => {
      for (let i = 0; i < hours * 4; i++) {
        world.now += HOUR / 4;
        await tickOnce(world, courier, { lives: 1e9 });
      }
    };
    await run(24);
    expect(told).toEqual(["ana", "ana"]);
    expect((await book.subscriptions()).map(({ state }) => state.kind)).toEqual(["held", "held"]);
    setMood("well");
    await run(24);
    expect(posts.length).toBeGreaterThanOrEqual(3);
    expect((await book.subscriptions()).map(({ state }) => state.kind)).toEqual(["active", "active"]);
    expect(told).toHaveLength(2);
  });

  it.each(["well", "closed"] as const)(
    "leaves a stop and an edit as they are that come while a digest is under way (%s)",
    async (mood) => {
      const world = await setUp();
      const { courier, setMood } = createPlatform();
      const book = createBook(world.store, () => new Date(world.now));
      const [stopped, edited] = await book.subscriptions();
      if (stopped === undefined || edited === undefined) throw new Error("no subscriptions");
      const state = { kind: "held", reason: "not-allowed", since: new Date(START) } as const;
      if (mood === "well") for (const one of [stopped, edited]) await book.put({ ...one, state });
      setMood(mood);
      const interrupted: Courier = {
        ...courier,
        async deliver(to, parcel) {
          await book.remove(stopped.id, deedIn(stopped.place, STOP));
          const [now] = (await book.subscriptions()).filter(({ id }) => id === edited.id);
          if (now !== undefined) await book.put({ ...now, plan: { ...now.plan, topics: "changed" } });
          return courier.deliver(to, parcel);
        },
      };
      world.now += 26 * HOUR;
      await tickOnce(world, interrupted, { lives: 1e9 });
      expect((await book.subscriptions()).map(({ id, plan }) => [id, plan.topics])).toEqual([
        [edited.id, "changed"],
      ]);
    },
  );

  it("brings the runners-up once, also when the answer to them was lost", async () => {
    const world = await setUp();
    const { courier, posts, setMood } = createPlatform();
    setMood("half silent");
    world.now += 13 * HOUR + 36 * 60_000;
    await tickOnce(world, courier, { lives: 1e9 });
    expect(posts.filter((key) => key.startsWith("s0"))).toEqual(["s0:2026-03-21", "s0:2026-03-21:2"]);
    setMood("well");
    for (let i = 0; i < 10; i++) {
      world.now += HOUR / 4;
      await tickOnce(world, courier, { lives: 1e9 });
    }
    expect(posts.filter((key) => key.startsWith("s0"))).toEqual(["s0:2026-03-21", "s0:2026-03-21:2"]);
    const [row] = await createBook(world.store, () => new Date(world.now)).latest("s0", 1);
    expect(row?.state.kind).toBe("confirmed");
  });

  it("does not bring back a subscription that was ended while its digest was refused, nor undo a pause", async () => {
    const world = await setUp();
    const { courier, setMood } = createPlatform();
    const book = createBook(world.store, () => new Date(world.now));
    setMood("closed");
    const [ended, paused] = await book.subscriptions();
    if (ended === undefined || paused === undefined) throw new Error("no subscriptions");
    world.now += 26 * HOUR;
    await tickOnce(
      world,
      {
        ...courier,
        async deliver(...args) {
          await book.remove(ended.id, deedIn(ended.place, STOP));
          await book.put({ ...paused, state: { kind: "paused" } });
          return courier.deliver(...args);
        },
      },
      { lives: 1e9 },
    );
    expect((await book.subscriptions()).map(({ id, state }) => [id, state.kind])).toEqual([["s1", "paused"]]);
  });

  it("says that nothing matches on the day after one on which the platform refused to take it", async () => {
    const world = await setUp();
    const { courier, posts, setMood } = createPlatform();
    const book = createBook(world.store, () => new Date(world.now));
    for (const one of await book.subscriptions())
      await book.put({ ...one, plan: { ...one.plan, topics: "zymurgy" } });
    for (const mood of ["closed", "well"] as const) {
      setMood(mood);
      for (let i = 0; i < 36; i++) {
        world.now += HOUR;
        await tickOnce(world, courier, { lives: 1e9 });
      }
    }
    expect(posts.filter((key) => key.startsWith("s0"))).toHaveLength(1);
  });

  it("says once that nothing matches, and again only when the reason is another", async () => {
    const world = await setUp();
    const { courier, posts } = createPlatform();
    const book = createBook(world.store, () => new Date(world.now));
    const [first, second] = await book.subscriptions();
    if (first === undefined || second === undefined) throw new Error("no subscriptions");
    await book.remove(second.id, deedIn(second.place, STOP));
    await book.put({ ...first, plan: { ...first.plan, topics: "zymurgy" } });
    for (let i = 0; i < 24 * 5; i++) {
      world.now += HOUR;
      await tickOnce(world, courier, { lives: 1e9 });
    }
    expect(posts).toHaveLength(1);
    expect((await book.latest(first.id, 5)).map(({ state }) => state.kind)).toEqual(
      Array.from({ length: 5 }, () => "skipped"),
    );
  });
});
