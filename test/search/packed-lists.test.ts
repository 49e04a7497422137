import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPace, noIndexWork } from "../../src/search/embedded/pace.ts";
import { countOf, createPackedLists, numberOf } from "../../src/search/embedded/inverted/packed-lists.ts";

const entries = (list: Uint32Array): [number, number][] =>
  Array.from(list, (entry) => [numberOf(entry), countOf(entry)]);

const KEYS = 4;
const step = fc.oneof(
  fc.record({
    kind: fc.constant("append" as const),
    key: fc.nat(KEYS - 1),
    number: fc.nat(2 ** 24 - 1),
    count: fc.integer({ min: 1, max: 400 }),
  }),
  fc.record({ kind: fc.constant("remove" as const), key: fc.nat(KEYS - 1), at: fc.nat(5) }),
  fc.record({ kind: fc.constant("clear" as const), key: fc.nat(KEYS - 1) }),
  fc.record({ kind: fc.constant("pack" as const) }),
);

describe("packed lists", () => {
  it("hold what a map of arrays would hold, also after being packed and opened", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        let lists = createPackedLists();
        const model = Array.from({ length: KEYS }, (): [number, number][] => []);
        for (const one of steps) {
          if (one.kind === "append") {
            if (model[one.key]?.some(([number]) => number === one.number)) continue;
            lists.append(one.key, one.number, one.count);
            model[one.key]?.push([one.number, Math.min(one.count, 255)]);
          } else if (one.kind === "remove") {
            const [gone, count] = model[one.key]?.[one.at] ?? [12_345_678, 1];
            lists.remove(one.key, gone, count);
            model[one.key] = model[one.key]?.filter(([number]) => number !== gone) ?? [];
          } else if (one.kind === "clear") {
            lists.clear(one.key);
            model[one.key] = [];
          } else lists = createPackedLists(await lists.pack(KEYS, createPace(noIndexWork())));
          model.forEach((list, key) => expect(entries(lists.get(key))).toEqual(list));
        }
      }),
    );
  });

  it("refuse a number that does not fit", () => {
    expect(() => createPackedLists().append(0, 2 ** 24, 1)).toThrow(RangeError);
  });
});
