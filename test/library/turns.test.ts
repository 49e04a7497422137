import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ArxivId, Listing } from "../../src/corpus/paper.ts";
import { planIngest } from "../../src/library/ingest.ts";
import { applyPlan } from "../../src/library/intake.ts";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";

/** How often other work gets its turn until some work is done. */
async function turnsOf(work: Promise<unknown>): Promise<number> {
  const done = work.then(() => "done");
  let turns = 0;
  while ((await Promise.race([done, nextTurn("not yet")])) !== "done") turns++;
  return turns;
}

const listings = Array.from({ length: 500 }, (_, i): Listing => ({
  title: `Wombats, part ${i}`,
  listedOn: "a",
}));
const identified = listings.map((one, i) => ({ ...one, arxivId: `2507.${10_000 + i}` as ArxivId }));

describe("taking in 500 papers", () => {
  it("lets other work have its turn while they are compared with what is known, and while they get their ids", async () => {
    const index = createEmbeddedIndex();
    await applyPlan(index, await planIngest(index, listings));
    expect(await turnsOf(planIngest(index, listings))).toBeGreaterThan(10);
    const plan = await planIngest(index, identified);
    expect(plan.outdated.size).toBe(500);
    expect(await turnsOf(applyPlan(index, plan))).toBeGreaterThan(10);
    expect(index.size()).toBe(500);
  });
});
