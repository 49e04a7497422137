import path from "node:path";
import { expect, it } from "vitest";
import { createEmbeddedIndex } from "../../src/search/embedded/embedded-index.ts";
import { place } from "../digest/papers.ts";
import { mortal } from "../digest/stage.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openTestStore } from "../support/test-store.ts";
import type { World } from "./stage.ts";
import { createPlatform, plan, processOn, wombats } from "./stage.ts";

const HOUR = 3_600_000;

it("a fortnight with two processes on one database, one of them killed in the middle, tells each paper once", async () => {
  const file = path.join(await temporaryFolder(), "paperboy.sqlite");
  const start = Date.parse("2026-03-02T00:30:00Z");
  const worlds: World[] = [];
  for (let i = 0; i < 2; i++)
    worlds.push({ store: await openTestStore(file), index: createEmbeddedIndex(), now: start });
  const [one, other] = worlds as [World, World];
  const wish = { kind: "author", name: "Jane Doe" } as const;
  const maker = processOn(one);
  for (const when of ["at once", "daily"] as const) await maker.start(place, "ana", plan(wish, { when }));
  await maker.start(place, "ana", plan(wish, { when: "weekly", days: [1] }));
  const { courier, posted, told } = createPlatform();
  const couriers = new Map([["discord", courier]]);
  const fuse = { lives: 1e9 };
  let processes = [processOn(one), processOn(other, fuse)];
  const titles: string[] = [];
  for (let hour = 0; hour < 24 * 15; hour += 3) {
    const title = `Wombats of hour ${String(hour).padStart(3, "0")}`;
    if (hour < 24 * 14 && hour % 12 === 0) titles.push(title);
    for (const world of worlds) {
      world.now = start + hour * HOUR;
      if (titles.at(-1) === title) await world.index.add([wombats(title)]);
    }
    if (hour === 24 * 7) fuse.lives = 12;
    await Promise.all(
      processes.map((follows) => follows.tick(new Map([["discord", mortal(courier, { lives: 1e9 })]]))),
    );
    if (hour === 24 * 7 + 12) processes = [processOn(one), processOn(other)];
  }
  // The last Monday is behind the fortnight.
  for (const world of worlds) world.now = start + 24 * 14.5 * HOUR;
  for (const follows of processes) await follows.tick(couriers);
  expect(told("f1").toSorted()).toEqual(titles);
  expect(told("f2").toSorted()).toEqual(titles);
  // A weekly message has ten papers at most; the others wait for the next.
  expect(told("f3")).toEqual(titles.slice(0, told("f3").length));
  expect(posted.filter(({ follow }) => follow === "f3").map((message) => message.titles.length)).toEqual([
    1, 10, 10,
  ]);
  expect(posted.filter(({ titles: { length } }) => length === 0)).toEqual([]);
}, 60_000);
