import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStringTable } from "../../src/search/embedded/terms/string-table.ts";

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", "é", "漢", "𝔘", "@"), maxLength: 3 }),
  fc.string({ unit: "grapheme", maxLength: 6 }),
);

describe("a table of texts", () => {
  it("numbers them in the order they come, each once, and gives them back", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 200 }), fc.array(text, { maxLength: 50 }), (list, others) => {
        const table = createStringTable();
        const numbers = new Map<string, number>();
        for (const one of list) {
          const known = numbers.get(one) ?? numbers.size;
          numbers.set(one, known);
          expect(table.add(one)).toBe(known);
        }
        expect(table.size()).toBe(numbers.size);
        for (const [one, number] of numbers) {
          expect(table.text(number)).toBe(one);
        }
        for (const one of list.filter((some) => some !== ""))
          expect(table.firstByte(table.add(one))).toBe(Buffer.from(one)[0]);
        for (const one of [...list, ...others]) expect(table.find(one)).toBe(numbers.get(one));
      }),
    );
  });

  it("holds a hundred thousand", () => {
    const table = createStringTable(Array.from({ length: 100_000 }, (_, i) => `word${i}`));
    expect(table.size()).toBe(100_000);
    for (const i of [0, 1, 50_000, 99_999]) expect(table.text(table.find(`word${i}`) ?? -1)).toBe(`word${i}`);
    expect(table.find("word100000")).toBeUndefined();
  });
});
