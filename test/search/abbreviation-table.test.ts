import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAbbreviationTable } from "../../src/search/embedded/terms/abbreviation-table.ts";

const definition = fc.record({
  short: fc.constantFrom("gan", "llm", "cnn"),
  long: fc.constantFrom("generative network", "language model", "long list model", "convolution"),
});

describe("the table of abbreviations", () => {
  it("knows what was defined most often, of equal ones what came first, whatever came and went before", () => {
    const steps = fc.array(fc.record({ definition, gone: fc.boolean() }), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (list) => {
        let table = createAbbreviationTable();
        const counts = new Map<string, Map<string, number>>();
        for (const { definition: one, gone } of list) {
          const row = counts.get(one.short) ?? new Map<string, number>();
          const count = (row.get(one.long) ?? 0) + (gone ? -1 : 1);
          // Nobody takes back what was never said.
          if (count < 0) continue;
          if (gone) table.remove([one]);
          else table.add([one]);
          if (count === 0) row.delete(one.long);
          else row.set(one.long, count);
          counts.set(one.short, row);
        }
        table = createAbbreviationTable([...table.entries()]);
        for (const [short, row] of counts) {
          const most = Math.max(...row.values());
          const best = [...row].find(([, count]) => count === most)?.[0];
          expect(table.expansionOf(short)).toBe(best);
          for (const long of row.keys()) expect(table.abbreviationsOf(long)).toContain(short);
        }
        const rows = [...counts].flatMap(([short, row]) => Array.from(row, ([long, n]) => [short, long, n]));
        expect([...table.entries()].map(String).toSorted()).toEqual(rows.map(String).toSorted());
      }),
    );
  });
});
