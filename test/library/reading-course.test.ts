import { describe, expect, it } from "vitest";
import { advance, courseOf } from "../../src/library/fetching/reading-course.ts";
import { parseDay } from "../../src/sources/days.ts";
import type { SourceRecord } from "../../src/store/store.ts";
import { openTestStore } from "../support/test-store.ts";

const dayOf = (text: string) => parseDay(text) ?? expect.fail();
const now = new Date("2026-03-06T12:00:00Z");

/** The course of `source` when these records are all there are. */
async function courseWith(records: readonly SourceRecord[], since?: string) {
  const { sources } = await openTestStore();
  const find = (name: string) => Promise.resolve(records.find(({ source }) => source === name));
  const first = since === undefined ? undefined : dayOf(since);
  return courseOf({ ...sources, find }, { key: "source", since: first, now });
}

describe("the days that a reading goes through", () => {
  it.each([
    ["never", undefined, undefined, "2026-02-28"],
    ["up to yesterday, an hour ago", "2026-03-05", "2026-03-06T11:00:00Z", undefined],
    ["up to yesterday, a day ago", "2026-03-05", "2026-03-05T11:00:00Z", "2026-02-27"],
    ["up to January, an hour ago", "2026-01-31", "2026-03-06T11:00:00Z", "2026-01-25"],
    ["by a clock that was years ahead", "2036-03-06", "2036-03-06T11:00:00Z", "2026-02-28"],
    ["by a clock that was a day ahead", "2026-03-07", "2026-03-07T11:00:00Z", "2026-02-28"],
  ])("when it was read %s", async (_when, unread, wholeAt, since) => {
    const record: SourceRecord = {
      source: "source",
      failures: 0,
      ...(unread === undefined ? {} : { unread }),
      ...(wholeAt === undefined ? {} : { wholeAt: new Date(wholeAt) }),
    };
    expect((await courseWith([record])).since).toBe(since);
  });

  it("are none after today, whatever was asked for or recorded", async () => {
    expect(await courseWith([], "2062-01-01")).toMatchObject({ since: "2026-03-06", from: "2026-03-06" });
    const record = { source: "source since 2026-03-01", failures: 0, unread: "2026-03-09" };
    expect((await courseWith([record], "2026-03-01")).since).toBe("2026-03-06");
  });

  it("follow one another: a list after a gap, or of a day to come, is no progress", () => {
    const reached = dayOf("2026-03-05");
    const list = (day: string) =>
      advance(reached, { kind: "list", list: day, day: dayOf(day), state: "read" });
    expect(["2026-03-04", "2026-03-05", "2026-03-06", "2062-01-01"].map(list)).toEqual([
      "2026-03-05",
      "2026-03-06",
      "2026-03-05",
      "2026-03-05",
    ]);
  });
});
