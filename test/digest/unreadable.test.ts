import { describe, expect, it } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import { createDigests } from "../../src/digest/digests.ts";
import { collectingLog } from "../support/collecting-log.ts";
import { openTestStore } from "../support/test-store.ts";
import { openSmallIndex, subscriptionOf } from "./papers.ts";
import { createPlatform } from "./stage.ts";

describe("a row of the ledger that cannot be read", () => {
  it.each(["", "null", "[]", '{"state":{"kind":"sent"}}', '{"state":{"kind":"claimed","until":"soon"}}'])(
    "(%s) counts as sent, is told once, and holds up no other day",
    async (body) => {
      const store = await openTestStore();
      let now = new Date("2026-03-10T09:30:00Z");
      const { log, lines } = collectingLog();
      const book = createBook(store, () => now);
      const one = subscriptionOf();
      await book.put(one);
      const record = { subscription: one.id, date: "2026-03-10", place: "p", open: true, version: 0, body };
      const dueAt = new Date("2026-03-10T09:00:00Z");
      await store.slots.write({ ...record, dueAt, writtenAt: dueAt });
      const digests = createDigests({
        store,
        index: await openSmallIndex(20),
        now: () => now,
        log,
        newId: () => "x",
      });
      const { courier, posts } = createPlatform();
      for (let minute = 0; minute < 3; minute++) {
        now = new Date(now.getTime() + 60_000);
        await digests.tick(new Map([["discord", courier]]));
      }
      expect(posts).toEqual([]);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(
        /^error What is kept of the digest one of 2026-03-10 cannot be read: its .*counts as sent/,
      );
      now = new Date("2026-03-11T09:00:00Z");
      await digests.tick(new Map([["discord", courier]]));
      expect(posts[0]).toBe("one:2026-03-11");
      expect((await digests.status(one)).map(({ date }) => date)).toEqual(["2026-03-11", "2026-03-10"]);
      await digests.stop(one.id, one.place, "U1");
    },
  );
});
