import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Opens a store of one kind at a place; the same place again is the same data. */
export type OpenStore = (place: string, now?: () => Date) => Promise<Store>;

const DAY = 24 * 60 * 60 * 1000;
const place = async (): Promise<string> => path.join(await temporaryFolder(), "paperboy.sqlite");

function keepsButtons(open: OpenStore): void {
  it("keeps button texts over a restart, and forgets those that nobody used for a year", async () => {
    let now = new Date("2026-01-01T00:00:00Z");
    const at = await place();
    const before = await open(at, () => now);
    await Promise.all(Array.from({ length: 20 }, (_, i) => before.buttons.keep(`k${i}`, `text ${i}\n"`)));
    await before.close();
    const after = await open(at, () => now);
    expect(await after.buttons.recall("k7")).toBe('text 7\n"');
    expect(await after.buttons.recall("k20")).toBeUndefined();
    now = new Date(now.getTime() + 200 * DAY);
    await after.buttons.recall("k1");
    now = new Date(now.getTime() + 200 * DAY);
    await after.buttons.keep("new", "x");
    expect(await after.buttons.recall("k1")).toBe('text 1\n"');
    expect(await after.buttons.recall("k2")).toBeUndefined();
  });
}

function keepsInstallations(open: OpenStore): void {
  it("keeps one installation an id, the last one saved, until it is removed", async () => {
    const at = await place();
    const store = await open(at);
    await store.installations.save("T1", "one");
    await store.installations.save("T2", "two");
    await store.installations.save("T1", "three");
    const other = await open(at);
    expect(await other.installations.find("T1")).toBe("three");
    await other.installations.remove("T1");
    await other.installations.remove("T9");
    expect(await store.installations.find("T1")).toBeUndefined();
    expect(await store.installations.find("T2")).toBe("two");
  });
}

function claimsOnce(open: OpenStore): void {
  it("lets one of all who claim a key have it until its time is over", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ wait: fc.nat(40), key: fc.constantFrom("a", "b"), second: fc.boolean() }), {
          maxLength: 25,
        }),
        async (steps) => {
          let now = 0;
          const at = await place();
          const stores = [await open(at, () => new Date(now)), await open(at, () => new Date(now))] as const;
          const taken = new Map<string, number>();
          for (const { wait, key, second } of steps) {
            now += wait;
            const free = (taken.get(key) ?? 0) <= now;
            expect(await stores[second ? 1 : 0].once.claim(key, 30)).toBe(free);
            if (free) taken.set(key, now + 30);
          }
        },
      ),
      { numRuns: 20 },
    );
    const store = await open(await place());
    const claims = await Promise.all(Array.from({ length: 10 }, () => store.once.claim("k", DAY)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });
}

function backsUp(open: OpenStore): void {
  it("writes a whole copy while others write, and overwrites nothing", async () => {
    const store = await open(await place());
    await store.installations.save("T1", "one");
    const copy = path.join(await temporaryFolder(), "deep", "copy.sqlite");
    const writing = Promise.all(Array.from({ length: 50 }, (_, i) => store.buttons.keep(`k${i}`, "x")));
    await store.backUp(copy);
    await writing;
    expect(await (await open(copy)).installations.find("T1")).toBe("one");
    await expect(store.backUp(copy)).rejects.toThrow(/exists already/);
  });
}

/** What every store holds. */
export function storeContract(name: string, open: OpenStore): void {
  describe(`the store in ${name}`, () => {
    keepsButtons(open);
    keepsInstallations(open);
    claimsOnce(open);
    backsUp(open);
  });
}
