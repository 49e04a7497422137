import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  firstDay,
  formatDate,
  lastDay,
  parsePartialDate,
  parseTimestampDay,
} from "../../src/corpus/partial-date.ts";

const date = (text: string) => {
  const parsed = parsePartialDate(text);
  if (parsed === undefined) throw new Error(`${text} is no date`);
  return parsed;
};

describe("a partial date", () => {
  it("accepts exactly the days of the calendar", () => {
    const anyDay = fc.date({ min: new Date("1000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(anyDay, (day) => {
        const text = day.toISOString().slice(0, 10);
        expect(parsePartialDate(text)).toBe(text);
      }),
    );
    for (const text of [
      "2023-02-29",
      "2024-13",
      "2024-00",
      "2024-1-1",
      "24",
      "0999",
      "2024-06-31",
      "2024-06-",
      "",
    ]) {
      expect(parsePartialDate(text)).toBeUndefined();
    }
  });

  it("spans the days it can mean", () => {
    expect([firstDay(date("2024")), lastDay(date("2024"))]).toEqual(["2024-01-01", "2024-12-31"]);
    expect([firstDay(date("2024-02")), lastDay(date("2024-02"))]).toEqual(["2024-02-01", "2024-02-29"]);
    expect([firstDay(date("2024-02-03")), lastDay(date("2024-02-03"))]).toEqual(["2024-02-03", "2024-02-03"]);
  });

  it("is written with no more than is known", () => {
    expect(["2024", "2024-05", "2024-05-02"].map((text) => formatDate(date(text)))).toEqual([
      "2024",
      "May 2024",
      "2 May 2024",
    ]);
  });
});

describe("the day of a timestamp", () => {
  it.each([
    ["2026-02-26T17:08:18.000Z", "2026-02-26"],
    ["2026-02-26T23:30:00-05:00", "2026-02-27"],
    ["2026-02-26T17:08:18", "2026-02-26"],
    ["2026-02-26", "2026-02-26"],
    ["Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"],
    ["Mon, 02 Apr 2007 22:18:42 -0400", "2007-04-03"],
    ["2026-02-30T10:00:00Z", undefined],
    ["2026-02-30T00:00:00Z", undefined],
    ["2026", undefined],
    ["1", undefined],
    ["tomorrow", undefined],
    ["", undefined],
  ])("%s is %s in UTC", (timestamp, day) => {
    expect(parseTimestampDay(timestamp)).toBe(day);
  });

  it.each([
    ["2026-05-18T00:00:00.000Z", "2026-05-18"],
    ["2026-05-18T00:00:00-04:00", "2026-05-18"],
    ["2026-05-18T00:00:00+09:00", "2026-05-18"],
    ["Fri, 06 Mar 2026 00:00:00 -0500", "2026-03-06"],
  ])("that is the midnight %s is the day as it is written, in any zone", (timestamp, day) => {
    expect(parseTimestampDay(timestamp)).toBe(day);
  });

  it("is a day of the calendar or nothing", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.date().map(String)), (text) => {
        const day = parseTimestampDay(text);
        expect(day === undefined ? day : parsePartialDate(day)).toBe(day);
      }),
    );
  });
});
