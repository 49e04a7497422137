import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Courier } from "../../src/digest/courier.ts";
import { createBook } from "../../src/digest/book.ts";
import { createDigests } from "../../src/digest/digests.ts";
import type { PortableDigest } from "../../src/digest/portable/decide-import.ts";
import { createImports } from "../../src/digest/portable/imports.ts";
import type { Place } from "../../src/schedule/place.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { openTestStore } from "../support/test-store.ts";
import { openSmallIndex, planOf } from "./papers.ts";

const HERE: Place = { platform: "discord", server: "1", channel: "2" };
const THERE: Place = { platform: "discord", server: "1", channel: "3" };
const START = Date.parse("2026-03-09T06:00:00Z");
const HOUR = 3_600_000;

/** Digests with a clock, a courier that notes what it brings, and an import of one digest. */
async function setUp(index: Awaited<ReturnType<typeof openSmallIndex>>) {
  const world = { now: START, ids: 0 };
  const store = await openTestStore(":memory:", () => new Date(world.now));
  const now = (): Date => new Date(world.now);
  const made = createDigests({ store, index, now, log: collectingLog().log, newId: () => `n${++world.ids}` });
  const digests = { ...made, ...createImports({ store, book: createBook(store, now), now }) };
  const posts: string[] = [];
  const courier: Courier = {
    deliver(place, { edition, part }) {
      if (part !== "rest") posts.push(`${place.channel} ${edition.subscription.id} ${edition.date}`);
      return Promise.resolve({ kind: "sent", message: "1" });
    },
    find: () => Promise.resolve(undefined),
    tell: () => Promise.resolve(),
    width: 1,
  };
  const look = async (): Promise<unknown> => digests.tick(new Map([["discord", courier]]));
  const bring = async (place: Place, ...wanted: PortableDigest[]): Promise<string[]> => {
    const changes = await digests.decideImport(place, wanted);
    await digests.carryOut(place, changes);
    return changes.map(({ kind }) => kind);
  };
  return { world, store, digests, posts, look, bring };
}

const at = (hour: number, more: Partial<PortableDigest> = {}): PortableDigest => ({
  id: "x1",
  plan: planOf({ zone: "UTC", time: { hour, minute: 0 }, days: [1, 2, 3, 4, 5, 6, 7], runnersUp: 0 }),
  paused: false,
  at: "line 1",
  ...more,
});

const step = fc.record({
  hours: fc.integer({ min: 1, max: 9 }),
  act: fc.constantFrom("import", "import", "stop", "nothing"),
  hour: fc.integer({ min: 7, max: 22 }),
  there: fc.boolean(),
  paused: fc.boolean(),
  named: fc.constantFrom("x1", "y2"),
});

describe("an import of digests", () => {
  it("never lets one digest of a file come twice on a day in a place, whatever is imported, changed and ended between", async () => {
    const index = await openSmallIndex(60);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { world, digests, posts, look, bring } = await setUp(index);
        const seconds: string[] = [];
        for (const { hours, act, hour, there, paused, named } of steps) {
          const place = there ? THERE : HERE;
          if (act === "import") {
            await bring(place, at(hour, { id: named, paused }));
            seconds.push(...(await bring(place, at(hour, { id: named, paused }))));
          }
          if (act === "stop")
            for (const { id } of await digests.inPlace(place)) await digests.stop(id, place, "U1");
          await look();
          world.now += hours * HOUR;
          await look();
        }
        expect(seconds.filter((kind) => kind !== "same")).toEqual([]);
        expect(posts.toSorted()).toEqual([...new Set(posts)].toSorted());
        const perPlace = (channel: string): string[] => [
          ...new Set(
            posts.filter((post) => post.startsWith(`${channel} `)).map((post) => post.split(" ")[1] ?? ""),
          ),
        ];
        // Two digests of the file are at most two in a place.
        expect(Math.max(perPlace("2").length, perPlace("3").length)).toBeLessThanOrEqual(2);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("keeps ids where it can: a digest that was ended and comes back sends nothing on a day on which it did", async () => {
    const { world, digests, posts, look, bring } = await setUp(await openSmallIndex(60));
    expect(await bring(HERE, at(9))).toEqual(["new"]);
    world.now = START + 3.5 * HOUR;
    await look();
    await digests.stop("x1", HERE, "U1");
    expect(await bring(HERE, at(12))).toEqual(["new"]);
    world.now = START + 7 * HOUR;
    await look();
    expect(posts).toEqual(["2 x1 2026-03-09"]);
    world.now += 24 * HOUR;
    await look();
    expect(posts).toEqual(["2 x1 2026-03-09", "2 x1 2026-03-10"]);
    expect(await bring(THERE, at(9), at(9))).toEqual(["new", "left-out"]);
    const [copy] = await digests.inPlace(THERE);
    expect(copy?.id).toMatch(/^[0-9a-f]{8}$/);
  });

  it("says fact by fact what it changes, leaves out more than ten, and finds a plan without an id again", async () => {
    const { store, digests, bring } = await setUp(await openSmallIndex(60));
    const { id: _none, ...byHand } = at(9);
    expect(await bring(HERE, byHand)).toEqual(["new"]);
    expect(await bring(HERE, byHand)).toEqual(["same"]);
    await bring(HERE, at(10));
    const [change] = await digests.decideImport(HERE, [at(11, { paused: true })]);
    expect(change).toMatchObject({ kind: "changed", changes: ["time 10:00 → 11:00", "active → paused"] });
    const many = Array.from({ length: 10 }, (_none_, i) => at(9, { id: `m${i}` }));
    expect(await bring(HERE, ...many)).toEqual([...Array<string>(8).fill("new"), "left-out", "left-out"]);
    const { records } = await store.audit.page(undefined, { offset: 0, limit: 100 });
    expect(new Set(records.map(({ by, action }) => `${by}: ${action}`))).toEqual(
      new Set(["local operator: settings import"]),
    );
    expect(records).toHaveLength(10);
  });
});
