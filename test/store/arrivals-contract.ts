import { expect, it } from "vitest";
import type { Store } from "../../src/store/store.ts";
import type { OpenStore } from "./open-store.ts";
import { place } from "./open-store.ts";

/** That a store keeps which papers came when, and for whom they are. */
export function keepsArrivals(open: OpenStore): void {
  it("keeps the order in which papers arrived over all processes, and each match until it is told", async () => {
    const at = await place();
    const [one, other] = [await open(at), await open(at)];
    const note = (store: Store, papers: readonly string[], again = false): Promise<void> =>
      store.arrivals.note(papers.map((paper) => ({ paper, again })));
    const many = Array.from({ length: 1200 }, (_none, i) => `p${i}`);
    await note(one, many);
    await note(other, ["p3", "late"]);
    await note(one, ["p5 renamed"], true);
    await note(one, ["last"]);
    expect(await other.arrivals.unknown([...many, "late", "new"])).toEqual(["new"]);
    const after = await other.arrivals.after(1199, 10);
    expect(after.map(({ paper }) => paper)).toEqual(["p1199", "late", "last"]);
    expect(await one.arrivals.last()).toBe(after.at(-1)?.number);
    const match = (follow: string, paper: string, number: number) => ({ follow, paper, number });
    await one.matches.note([match("f", "p1", 2), match("f", "p0", 1), match("g", "p1", 2)], 2);
    await one.matches.told("f", ["p1"]);
    await other.matches.note([match("f", "p1", 2), match("f", "p2", 3)], 3);
    expect((await one.matches.waiting("f")).map(({ paper }) => paper)).toEqual(["p0", "p2"]);
    expect([await one.matches.last(), (await other.matches.awaited()).toSorted()]).toEqual([3, ["f", "g"]]);
  });
}
