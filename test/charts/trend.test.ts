import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawChart } from "../../src/charts/draw.ts";
import { countTrend, shareAt, usualPeriod } from "../../src/charts/trend/trend.ts";
import { altText, notes, sparkline, table, topicText } from "../../src/charts/trend/words.ts";
import { elementsOf } from "./elements.ts";

const now = new Date("2026-03-15T12:00:00Z");
const day = fc
  .date({ min: new Date("2019-01-01"), max: now, noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const date = fc.oneof(
  { weight: 4, arbitrary: day },
  day.map((text) => text.slice(0, 7)),
  day.map((text) => text.slice(0, 4)),
  fc.constant(undefined),
);
const papers = fc
  .array(date, { maxLength: 120 })
  .map((dates) =>
    dates.map((one, i) => (one === undefined ? { id: String(i) } : { id: String(i), date: one })),
  );
const ids = fc.uniqueArray(fc.integer({ min: 0, max: 120 })).map((list) => new Set(list.map(String)));
const period = fc.constantFrom("month" as const, "year" as const);

describe("a trend", () => {
  it("counts each paper in one time, or as undated, or as earlier; and a topic in no time more often than papers", () => {
    fc.assert(
      fc.property(papers, ids, period, (list, having, per) => {
        const trend = countTrend(list, [{ name: "x", ids: having }], { period: per, now });
        const shown = trend.spans.reduce((sum, span) => sum + span.papers, 0);
        expect(shown + trend.undated + trend.earlier).toBe(list.length);
        const length = per === "month" ? 7 : 4;
        trend.spans.forEach(({ name, papers: count }, i) => {
          const of = list.filter(
            (paper) => paper.date?.slice(0, length) === name && paper.date.length >= length,
          );
          expect([count, trend.topics[0]?.counts[i]]).toEqual([
            of.length,
            of.filter(({ id }) => having.has(id)).length,
          ]);
        });
      }),
    );
  });

  it("has its times in a row without a gap, of which only the last can be open", () => {
    fc.assert(
      fc.property(papers, period, (list, per) => {
        const { spans } = countTrend(list, [], { period: per, now });
        const step = (name: string): number => {
          const [year = 0, month = 0] = name.split("-").map(Number);
          return per === "year" ? year : year * 12 + month;
        };
        const places = spans.map(({ name }) => step(name));
        expect(places).toEqual(places.map((_, i) => (places[0] ?? 0) + i));
        expect(spans.slice(0, -1).some(({ open }) => open)).toBe(false);
      }),
    );
  });

  it("is told by months where nearly all papers are of three years, and by years elsewhere", () => {
    const many = Array.from({ length: 99 }, (_none, i) => ({
      id: String(i),
      date: `2025-${String((i % 12) + 1).padStart(2, "0")}`,
    }));
    expect(usualPeriod([...many, { id: "old", date: "1999-05" }])).toBe("month");
    expect(usualPeriod([...many, ...many.map((one) => ({ ...one, date: "2015-01" }))])).toBe("year");
    expect(usualPeriod(many.map((one) => ({ ...one, date: "2025" })))).toBe("year");
    const { spans, earlier } = countTrend([...many, { id: "old", date: "1999-05" }], [], {
      period: "month",
      now,
    });
    expect([spans.length, spans[0]?.name, earlier]).toEqual([12, "2025-01", 1]);
  });

  it("says what is not to be believed, and gives no share where there is no paper", () => {
    const list = [
      ...Array.from({ length: 20 }, (_none, i) => ({ id: String(i), date: "2026-01" })),
      { id: "a", date: "2026-03-01" },
      { id: "b", date: "2026" },
      { id: "c" },
    ];
    const topic = { name: "x", ids: new Set(["0", "1", "a", "c"]) };
    const trend = countTrend(list, [topic], { period: "month", now });
    const [x] = trend.topics;
    expect(x && [shareAt(trend, x, 0), shareAt(trend, x, 1), shareAt(trend, x, 2)]).toEqual([
      0.1,
      undefined,
      1,
    ]);
    expect(x && sparkline(trend, x)).toBe("▁·█");
    expect(x && topicText(trend, x)).toBe(
      "in 3 of 21 papers (14 %); most: 10 % in 2026-01 (2 of 20); last: 100 % in 2026-03 (1 of 1)",
    );
    expect(notes(trend)).toEqual([
      "2 of 3 months have fewer than 10 papers; their shares are a matter of chance.",
      "* 2026-03 is not over.",
      "Not counted: 2 papers with no date or a year alone.",
    ]);
    expect(table(trend).split("\n")).toEqual([
      expect.stringMatching(/^month +papers +x$/),
      expect.stringMatching(/^2026-01 +20 +2 \(10 %\)$/),
      expect.stringMatching(/^2026-02 +0 +–$/),
      expect.stringMatching(/^2026-03\* +1 +1 \(100 %\)$/),
    ]);
  });
});

describe("the picture of a trend", () => {
  it("is well formed whatever a topic is called, and holds nothing but drawing", () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom('"><script>alert(1)</script>', "a\u0000&lt;b", "]]>", "λ學"),
    );
    fc.assert(
      fc.property(papers, ids, fc.array(hostile, { minLength: 1, maxLength: 5 }), (list, having, names) => {
        const topics = names.map((name) => ({ name, ids: having }));
        const trend = countTrend(list, topics, { period: "month", now });
        const drawn = drawChart({ kind: "trend", trend });
        const { names: elements, attributes, texts } = elementsOf(drawn);
        expect(
          [...elements].filter((name) => !/^(?:svg|desc|rect|line|text|path|circle)$/.test(name)),
        ).toEqual([]);
        expect([...attributes].filter((name) => /^on|^style$|href/i.test(name))).toEqual([]);
        expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
        expect(texts.join(" ").includes(altText(trend).slice(0, 30))).toBe(true);
        expect(altText(trend).length).toBeLessThanOrEqual(1000);
      }),
    );
  });
});
