import fc from "fast-check";
import { expect, it } from "vitest";
import type { Judged } from "../../src/bot/commands/catchup/order.ts";
import { compareCame } from "../../src/bot/commands/catchup/order.ts";
import { paper } from "../digest/papers.ts";

const judged: fc.Arbitrary<Judged> = fc
  .record({
    title: fc.stringMatching(/^[a-z]{1,4}$/),
    day: fc.constantFrom("2026-11-01", "2026-11", "2025", "2026-11-20"),
    said: fc.constantFrom(-1, -0.333, 0, 0.333, 1),
    close: fc.constantFrom(0, 0, 0.4, 0.41, 1),
  })
  .map(({ title, day, ...facts }) => ({ paper: paper(title, { day }), reasons: [], ...facts }));

it("catching up begins with what the channel likes and ends with what it does not, then has what is close to saved papers, then the newest", () => {
  fc.assert(
    fc.property(fc.uniqueArray(judged, { selector: ({ paper: { id } }) => id }), (all) => {
      const sorted = all.toSorted(compareCame);
      expect(all.toReversed().toSorted(compareCame)).toEqual(sorted);
      const pairs = sorted.slice(1).flatMap((b, i) => sorted.slice(i, i + 1).map((a) => [a, b] as const));
      for (const [a, b] of pairs) expect(a.said).toBeGreaterThanOrEqual(b.said);
      for (const [a, b] of pairs.filter(([one, other]) => one.said === other.said))
        expect(a.close).toBeGreaterThanOrEqual(b.close);
    }),
  );
});
