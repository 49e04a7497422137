import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBlockStore } from "../../src/search/embedded/inverted/block-store.ts";

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("allocate" as const),
      exponent: fc.oneof(
        { weight: 9, arbitrary: fc.nat(12) },
        { weight: 1, arbitrary: fc.constantFrom(17, 18, 19) },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("free" as const), at: fc.nat(30) }) },
);

describe("blocks of words", () => {
  it("never share a word, however many are given out and freed", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const store = createBlockStore();
        const blocks: { address: number; exponent: number; mark: number }[] = [];
        let marks = 0;
        for (const one of steps) {
          if (one.kind === "allocate") {
            const { exponent } = one;
            const block = { address: store.allocate(exponent), exponent, mark: ++marks };
            store.view(block.address, 2 ** exponent).fill(block.mark);
            blocks.push(block);
          } else {
            const [gone] = blocks.splice(one.at, 1);
            if (gone !== undefined) store.free(gone.address, gone.exponent);
          }
        }
        for (const { address, exponent, mark } of blocks)
          expect([...new Set(store.view(address, 2 ** exponent))]).toEqual([mark]);
      }),
      { numRuns: 50 },
    );
  });
});
