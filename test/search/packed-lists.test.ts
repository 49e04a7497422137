import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPace, noIndexWork } from "../../src/search/embedded/pace.ts";
import {
  countOf,
  createPackedLists,
  numberOf,
  openPackedLists,
  packedSections,
} from "../../src/search/embedded/inverted/packed-lists.ts";
import type { Saved, Sections } from "../../src/search/embedded/saved/sections.ts";
import { NOTHING_SAVED } from "../../src/search/embedded/saved/sections.ts";

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

/** What sections were saved as, in memory. */
function savedOf(sections: Sections): Saved {
  const bytes = new Map(
    sections.map(([name, content]) => [
      name,
      Buffer.concat(
        ArrayBuffer.isView(content)
          ? [new Uint8Array(content.buffer, content.byteOffset, content.byteLength)]
          : Array.from(content, (piece) => Buffer.from(piece)),
      ),
    ]),
  );
  const wordsOf = (name: string): Uint32Array =>
    new Uint32Array(Uint8Array.from(bytes.get(name) ?? []).buffer);
  return {
    ...NOTHING_SAVED,
    words: wordsOf,
    count: (name) => wordsOf(name).length,
    some: (name, from, to) => wordsOf(name).slice(from, to),
  };
}

describe("lists that were saved", () => {
  it("are what they were, the long ones and those in the file, and can be changed", async () => {
    const pace = createPace(noIndexWork());
    const lengths = [3, 5000, 0, 1, 4096, 4095, 2];
    const lists = createPackedLists();
    for (const [key, length] of lengths.entries())
      for (let i = 0; i < length; i++) lists.append(key, i, 1 + (i % 9));
    const packed = await lists.pack(lengths.length, pace);
    const opened = openPackedLists(savedOf(packedSections("x", packed)), "x");
    const inOrder = opened.inOrder();
    for (const [key, length] of lengths.entries()) {
      expect(opened.lengthOf(key)).toBe(length);
      expect(opened.get(key)).toEqual(lists.get(key));
      expect(inOrder(key)).toEqual(lists.get(key));
    }
    for (const one of [lists, opened]) {
      one.append(0, 9, 1);
      one.remove(1, 7, 8);
      one.clear(5);
      one.append(8, 1, 1);
    }
    expect(await opened.pack(9, pace)).toEqual(await lists.pack(9, pace));
  });
});
