import fc from "fast-check";
import { expect, it } from "vitest";
import type { Happening } from "../../src/figures.ts";
import { createBook } from "../../src/digest/book.ts";
import { createDigests } from "../../src/digest/digests.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { openTestStore } from "../support/test-store.ts";
import { openSmallIndex, place, planOf } from "./papers.ts";
import type { Mood } from "./stage.ts";
import { createPlatform, MOODS } from "./stage.ts";

const MINUTE = 60_000;
const START = Date.parse("2026-03-20T12:00:00Z");
/** What is said of a digest on its way, which is said again when it has arrived or is given up. */
const ON_THE_WAY = new Set(["postponed", "refused", "failed"]);

const index = await openSmallIndex(60);

const anyStep = fc.record({
  minutes: fc.constantFrom(1, 1, 15, 60, 240, 1440, 4320),
  mood: fc.constantFrom<Mood>(...MOODS),
});

it("tells of every digest that was due once what became of it, and of those sent how late they were", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 30 }), async (steps) => {
      const store = await openTestStore();
      let now = START;
      const clock = (): Date => new Date(now);
      const book = createBook(store, clock);
      const createdAt = clock();
      const plan = planOf({ time: { hour: 9, minute: 0 }, zone: "UTC", runnersUp: 1 });
      await book.put({
        id: "s",
        place,
        createdBy: "ana",
        createdAt,
        scheduledSince: createdAt,
        plan,
        state: { kind: "active" },
      });
      const told: Happening[] = [];
      const { log } = collectingLog();
      const count = (happening: Happening): void => void told.push(happening);
      const digests = createDigests({ store, index, now: clock, log, count, newId: () => "x" });
      const { courier, setMood } = createPlatform();
      for (const { minutes, mood } of [
        ...steps,
        ...Array.from({ length: 20 }, () => ({ minutes: 45, mood: "well" as const })),
      ]) {
        now += minutes * MINUTE;
        setMood(mood);
        await digests.tick(new Map([["discord", courier]]));
      }
      const rows = (await book.latest("s", 1000)).filter(({ state }) => state.kind !== "planned");
      const ended = told.filter((one) => one.kind === "due" && !ON_THE_WAY.has(one.outcome));
      expect(ended.length).toBe(rows.length);
      const sent = rows.filter(({ state }) => state.kind === "confirmed").length;
      const late = told.flatMap((one) =>
        one.kind === "due" && one.outcome === "sent" ? [one.lateSeconds ?? -1] : [],
      );
      expect(late.length).toBe(sent);
      expect(late.filter((seconds) => seconds < 0)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
