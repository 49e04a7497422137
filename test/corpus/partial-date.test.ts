import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstDay, formatDate, lastDay, parsePartialDate } from "../../src/corpus/partial-date.ts";

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
