import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawChart } from "../../src/charts/draw.ts";
import { BOX, layOut } from "../../src/charts/map/layout.ts";
import type { PaperMap } from "../../src/charts/map/paper-map.ts";
import { altText, relationText } from "../../src/charts/map/words.ts";
import { elementsOf } from "./elements.ts";

const hostile = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.constantFrom('"><script>alert(1)</script>', "a\u0000&amp;b", "λ学习", "W".repeat(300)),
);

const map = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.record({
      papers: fc.array(fc.record({ title: hostile, asked: fc.boolean() }), {
        minLength: size,
        maxLength: size,
      }),
      edges: fc.array(
        fc.record({
          ends: fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.integer({ min: 0, max: size - 1 })),
          score: fc.double({ min: 0, max: 1, noNaN: true }),
          shared: fc.array(hostile, { maxLength: 3 }),
        }),
        { maxLength: 24 },
      ),
    }),
  )
  .map(({ papers, edges }): PaperMap => ({
    papers: papers.map((paper, i) => ({ id: `title:${i}`, ...paper })),
    edges: edges.filter(({ ends: [a, b] }) => a < b),
  }));

/** The rectangles of a picture, without its paper. */
function rectangles(svg: string) {
  const found = Array.from(svg.matchAll(/<rect ([^>]*)\/>/g), ([, text = ""]) => {
    const value = (name: string): number => Number(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(text)?.[1]);
    return { x: value("x"), y: value("y"), width: value("width"), height: value("height") };
  });
  return found.filter(({ x }) => !Number.isNaN(x));
}

describe("a map", () => {
  it("has no two boxes or words that overlap, whatever the papers share, and all of it inside", () => {
    fc.assert(
      fc.property(map, (one) => {
        const svg = drawChart({ kind: "map", map: one });
        const [, width = "", height = ""] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
        const all = rectangles(svg);
        expect(all.length).toBeGreaterThanOrEqual(one.papers.length);
        const apart = all.every((a, i) =>
          all
            .slice(i + 1)
            .every(
              (b) =>
                a.x + a.width <= b.x + 0.3 ||
                b.x + b.width <= a.x + 0.3 ||
                a.y + a.height <= b.y + 0.3 ||
                b.y + b.height <= a.y + 0.3,
            ),
        );
        const inside = all.every(
          (box) =>
            box.x >= 0 &&
            box.y >= 0 &&
            box.x + box.width <= Number(width) &&
            box.y + box.height <= Number(height),
        );
        expect([apart, inside]).toEqual([true, true]);
      }),
    );
  });

  it("is the same each time, well formed whatever titles hold, and nothing but drawing and links", () => {
    fc.assert(
      fc.property(map, (one) => {
        const drawing = { hrefOf: (id: string) => `/paper/${encodeURIComponent(id)}` };
        const svg = drawChart({ kind: "map", map: one }, drawing);
        expect(drawChart({ kind: "map", map: one }, drawing)).toBe(svg);
        const { names, attributes } = elementsOf(svg);
        expect([...names].filter((name) => !/^(?:svg|desc|rect|line|text|a|g)$/.test(name))).toEqual([]);
        expect([...attributes].filter((name) => /^on|^style$/i.test(name))).toEqual([]);
        expect(svg).not.toMatch(/NaN|Infinity|"undefined"/);
        expect(altText(one).length).toBeLessThanOrEqual(1000);
      }),
    );
  });

  it("lays papers nearer that share more, and says what each shares", () => {
    const papers = ["One", "Two", "Three"].map((title, i) => ({ id: title, title, asked: i === 0 }));
    const edges = [
      { ends: [0, 1] as const, score: 0.9, shared: ["wombats", "burrows"] },
      { ends: [0, 2] as const, score: 0.1, shared: [] },
    ];
    const [one, two, three] = layOut({ papers, edges });
    const far = (to: typeof one): number =>
      Math.hypot((to?.x ?? 0) - (one?.x ?? 0), (to?.y ?? 0) - (one?.y ?? 0));
    expect(far(two)).toBeGreaterThan(BOX.height);
    expect(far(three)).toBeGreaterThan(far(two));
    expect(relationText({ papers, edges }, 0)).toBe("wombats, burrows with 2; meaning with 3");
    expect(altText({ papers, edges })).toBe(
      "Map of 3 papers, around “One”. “Two” shares wombats, burrows with it. “Three” shares meaning with it.",
    );
  });

  it("has no boxes in the place of letters that its font lacks", () => {
    const papers = [{ id: "a", title: "深度学习", asked: true }];
    const chart = { kind: "map", map: { papers, edges: [] } } as const;
    expect(drawChart(chart)).toContain("深度学习");
    expect(drawChart(chart, { ownFont: true })).toContain(">1. (see below)<");
  });
});
