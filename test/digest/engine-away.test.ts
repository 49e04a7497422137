import { expect, it } from "vitest";
import { createBook } from "../../src/digest/book.ts";
import type { PaperIndex } from "../../src/search/paper-index.ts";
import { searchRests } from "../../src/search/resting.ts";
import { openTestStore } from "../support/test-store.ts";
import { openSmallIndex, place, planOf } from "./papers.ts";
import { createPlatform, tickOnce } from "./stage.ts";

const MINUTE = 60_000;
const START = Date.parse("2026-03-20T12:00:00Z");

/** An index in an engine that answers or does not, as it is told. */
function away(index: PaperIndex, isAway: () => boolean): PaperIndex {
  const rests = (): Promise<never> => Promise.reject(searchRests("test"));
  const refuse = () => ({ [Symbol.asyncIterator]: () => ({ next: rests }) });
  return new Proxy(index, {
    get(target, name, receiver): unknown {
      const value: unknown = Reflect.get(target, name, receiver);
      if (!isAway() || name === "version" || typeof value !== "function") return value;
      const lists = name === "papers" || name === "records" || name === "matching";
      return lists ? refuse : rests;
    },
  });
}

it("a digest that falls due while the search engine is away is sent once when it is back, and the log says why not before", async () => {
  let isAway = true;
  const index = away(await openSmallIndex(60), () => isAway);
  const world = { store: await openTestStore(), index, now: START };
  const createdAt = new Date(START);
  await createBook(world.store, () => createdAt).put({
    id: "one",
    place,
    createdBy: "ana",
    createdAt,
    scheduledSince: createdAt,
    plan: planOf({ zone: "UTC", time: { hour: 13, minute: 0 } }),
    state: { kind: "active" },
  });
  const { courier, posts } = createPlatform();
  const said: string[] = [];
  const look = async (): Promise<void> => void said.push(...(await tickOnce(world, courier, { lives: 1e9 })));
  world.now = START + 61 * MINUTE;
  for (let i = 0; i < 10; i++) {
    await look();
    world.now += MINUTE;
  }
  expect(posts).toEqual([]);
  expect(said.join("\n")).toMatch(/Search is resting|tried again/);
  isAway = false;
  for (let i = 0; i < 10; i++) {
    await look();
    world.now += MINUTE;
  }
  expect(posts.length).toBeGreaterThan(0);
  expect(new Set(posts).size).toBe(posts.length);
  expect(new Set(posts.map((key) => key.split(":")[0])).size).toBe(1);
});
