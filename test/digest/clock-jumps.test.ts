import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import { slotsBetween } from "../../src/schedule/slots/slots.ts";
import type { Plan } from "../../src/digest/subscription.ts";
import { openTestStore } from "../support/test-store.ts";
import { openSmallIndex, place, planOf } from "./papers.ts";
import type { Mood, World } from "./stage.ts";
import { createPlatform, tickOnce } from "./stage.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse("2026-03-20T12:00:00Z");

const plans: readonly Plan[] = [
  planOf({ zone: "Europe/Berlin", time: { hour: 2, minute: 30 }, runnersUp: 1 }),
  planOf({ zone: "America/New_York", runnersUp: 0, delivery: "channel" }),
];

/** Time that passes while the clock is right, and then a wrong clock for some looks, a minute apart. */
interface Step {
  readonly hours: number;
  readonly jump: number;
  readonly looks: number;
  readonly mood: Mood;
  readonly lives: number;
}

const steps = (faults: boolean): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      hours: fc.constantFrom(0.1, 0.5, 2, 5, 9),
      jump: fc.oneof(
        fc.constantFrom(0, 10 * MINUTE, HOUR, 13 * HOUR, DAY, 30 * DAY, 3652 * DAY, -HOUR, -DAY, -30 * DAY),
        fc.integer({ min: -3 * DAY, max: 3 * DAY }),
      ),
      looks: fc.integer({ min: 1, max: 3 }),
      mood: faults ? fc.constantFrom<Mood>("well", "well", "busy", "silent") : fc.constant<Mood>("well"),
      lives: faults ? fc.oneof(fc.constant(1e9), fc.integer({ min: 1, max: 30 })) : fc.constant(1e9),
    }),
    { minLength: 3, maxLength: 25 },
  );

describe("digests under a clock that jumps", () => {
  const papers = openSmallIndex(400);

  const setUp = async (createdAt = new Date(START)) => {
    const world: World = { store: await openTestStore(), index: await papers, now: START };
    const book = createBook(world.store, () => new Date(world.now));
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
    return { world, book, ...createPlatform() };
  };
  type Stage = Awaited<ReturnType<typeof setUp>>;

  /** Goes through the steps, and a day after them; gives the keys of all days that really came. */
  async function live({ world, courier, setMood }: Stage, all: readonly Step[]): Promise<string[]> {
    let real = START;
    for (const { hours, jump, looks, mood, lives } of all) {
      world.now = real += hours * HOUR;
      await tickOnce(world, courier, { lives: 1e9 });
      setMood(mood);
      for (let i = 0; i < looks; i++) {
        real += MINUTE;
        world.now = real + jump;
        await tickOnce(world, courier, { lives });
      }
      setMood("well");
    }
    for (let i = 0; i < 24; i++) {
      world.now = real += HOUR;
      await tickOnce(world, courier, { lives: 1e9 });
    }
    return plans.flatMap((plan, i) =>
      slotsBetween(plan, new Date(START), new Date(real - 6 * MINUTE)).map(({ date }) => `s${i}:${date}`),
    );
  }

  it("of every day that really came are sent, and none is sent twice", async () => {
    await fc.assert(
      fc.asyncProperty(steps(false), async (all) => {
        const stage = await setUp();
        const came = await live(stage, all);
        expect(stage.posts).toEqual([...new Set(stage.posts)]);
        expect(came.filter((key) => !stage.posts.includes(key))).toEqual([]);
        const rows = await stage.world.store.slots.inPlace(JSON.stringify(["discord", "lab", "papers"]));
        const jumps = all.filter(({ jump }) => jump !== 0).length;
        expect(rows.length).toBeLessThanOrEqual(plans.length * 32 * (jumps + 2));
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it("are sent once or may have arrived, when processes are killed under a wrong clock too", async () => {
    await fc.assert(
      fc.asyncProperty(steps(true), async (all) => {
        const stage = await setUp();
        const came = await live(stage, all);
        expect(stage.posts).toEqual([...new Set(stage.posts)]);
        const lost = came.filter((key) => !stage.posts.includes(key));
        const states = lost.map(async (key) => {
          const record = await stage.world.store.slots.find(key.slice(0, 2), key.slice(3));
          return record?.body;
        });
        for (const body of await Promise.all(states)) expect(body).toContain('"unconfirmed"');
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it("that were set up while it was ahead come from the next time on", async () => {
    const stage = await setUp(new Date(START + 30 * DAY));
    const came = await live(stage, [{ hours: 1, jump: 0, looks: 1, mood: "well", lives: 1e9 }]);
    expect(came.filter((key) => !stage.posts.includes(key))).toEqual([]);
  });

  it("write down a month at most of what was missed in ten years, and say so once", async () => {
    const { world, courier } = await setUp();
    world.now += 3652 * DAY;
    const lines = await tickOnce(world, courier, { lives: 1e9 });
    expect(lines).toEqual([
      "warn Digests were not looked after since 2026-03-20T12:00:00.000Z; only the last 31 days are written down as missed: s0, s1",
    ]);
    expect((await world.store.slots.latest("s0", new Date(world.now), 5000)).length).toBeLessThanOrEqual(31);
    world.now += MINUTE;
    expect(await tickOnce(world, courier, { lives: 1e9 })).toEqual([]);
  });
});
