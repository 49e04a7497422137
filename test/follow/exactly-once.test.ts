import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { place } from "../digest/papers.ts";
import type { Mood } from "../digest/stage.ts";
import { MOODS, mortal } from "../digest/stage.ts";
import { openTestStore } from "../support/test-store.ts";
import type { World } from "./stage.ts";
import { createPlatform, plan, processOn, wombats } from "./stage.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-03-20T12:00:00Z");

interface Step {
  /** Negative where the clock is set back. */
  readonly hours: number;
  readonly papers: number;
  readonly lives: number;
  readonly processes: 1 | 2;
  readonly mood: Mood;
}

const step: fc.Arbitrary<Step> = fc.record({
  hours: fc.constantFrom(0.05, 0.2, 1, 5, 13, 30, -2, 24 * 400, -24 * 400),
  papers: fc.nat(3),
  lives: fc.oneof(fc.constant(1e9), fc.integer({ min: 1, max: 60 })),
  processes: fc.constantFrom(1 as const, 2 as const),
  mood: fc.constantFrom(...MOODS),
});

async function setUp(): Promise<World> {
  const world = { store: await openTestStore(), index: createEmbeddedIndex(), now: START };
  await world.index.add([wombats("Wombats of old")]);
  const follows = processOn(world);
  const author = { kind: "author", name: "Jane Doe" } as const;
  await follows.start(place, "ana", plan(author));
  await follows.start(place, "ana", plan({ kind: "search", words: "wombat" }, { when: "daily" }));
  return world;
}

const twice = (titles: readonly string[]): string[] =>
  titles.filter((title, i) => titles.indexOf(title) !== i);

describe("a follow", () => {
  it("tells no place one paper twice, whatever is killed, refused, doubled or done to the clock", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const world = await setUp();
        const { courier, told, setMood } = createPlatform();
        let count = 0;
        for (const { hours, papers, lives, processes, mood } of steps) {
          world.now += hours * HOUR;
          setMood(mood);
          await world.index.add(Array.from({ length: papers }, () => wombats(`Wombats ${++count}`)));
          const fuse = { lives };
          await Promise.all(
            Array.from({ length: processes }, () =>
              processOn(world, fuse).tick(new Map([["discord", mortal(courier, fuse)]])),
            ),
          );
        }
        expect([...twice(told("f1")), ...twice(told("f2"))]).toEqual([]);
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it("loses no paper to a crash, a refusal or a slow platform once all is well again", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Mood>("well", "busy", "closed"), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 60 }),
        async (moods, lives) => {
          const world = await setUp();
          const { courier, told, setMood } = createPlatform();
          const titles = moods.map((_mood, i) => `Wombats ${i}`);
          for (const [i, mood] of moods.entries()) {
            world.now += HOUR;
            setMood(mood);
            await world.index.add([wombats(titles[i] ?? "")]);
            // Killed before the platform was asked: what was asked and not answered may have arrived, and is not told again.
            const fuse = { lives };
            await processOn(world, fuse).tick(new Map([["discord", courier]]));
          }
          setMood("well");
          const process = processOn(world);
          for (let i = 0; i < 60; i++) {
            world.now += HOUR;
            await process.tick(new Map([["discord", courier]]));
          }
          expect(told("f1").toSorted()).toEqual(titles);
          expect(told("f2").toSorted()).toEqual(titles);
        },
      ),
      { numRuns: 20 },
    );
  }, 60_000);
});
