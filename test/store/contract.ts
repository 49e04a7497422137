import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SlotRecord, Store } from "../../src/store/store.ts";
import { doesTogether, keepsArchives, keepsKeys, keepsTastes } from "./access-contract.ts";
import { keepsArrivals } from "./arrivals-contract.ts";
import { notesDeeds } from "./audit-contract.ts";
import { keepsMail } from "./mail-contract.ts";
import type { OpenStore } from "./open-store.ts";
import { DAY, place } from "./open-store.ts";
import { keepsPostings } from "./postings-contract.ts";
import { keepsReading } from "./reading-contract.ts";
import { testTurns, testValidators } from "../sources/fetch/contracts.ts";

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

function remembersAsked(open: OpenStore): void {
  it("remembers for which papers a service was asked and when, over all processes", async () => {
    let now = new Date("2026-03-06T12:00:00Z");
    const at = await place();
    const [one, other] = [await open(at, () => now), await open(at, () => now)];
    const many = Array.from({ length: 1200 }, (_none, i) => `10.1/${i}`);
    await one.asked.note("crossref", many);
    now = new Date(now.getTime() + DAY / 2);
    await other.asked.note("crossref", ["10.1/7", "10.1/new"]);
    const since = async (service: string, days: number): Promise<number> =>
      (await other.asked.since(service, [...many, "10.1/new"], new Date(now.getTime() - days * DAY))).size;
    expect([await since("crossref", 1), await since("crossref", 0.25), await since("openalex", 1)]).toEqual([
      1201, 2, 0,
    ]);
    // A clock that was ahead when it was noted.
    now = new Date(now.getTime() - DAY / 4);
    expect(await since("crossref", 1)).toBe(1199);
    await one.forgetSources();
    expect(await since("crossref", 30)).toBe(0);
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

function claimsOnce(open: OpenStore, numRuns: number): void {
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
      { numRuns },
    );
    let now = Date.parse("2036-03-02T09:00:00Z");
    const store = await open(await place(), () => new Date(now));
    await store.once.claim("ahead", DAY);
    now = Date.parse("2026-03-02T09:00:00Z");
    expect([await store.once.claim("ahead", DAY), await store.once.claim("ahead", DAY)]).toEqual([
      true,
      false,
    ]);
    now -= 30_000;
    expect(await store.once.claim("ahead", DAY)).toBe(false);
    const claims = await Promise.all(Array.from({ length: 10 }, () => store.once.claim("k", DAY)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    await store.once.release("k");
    await store.once.release("never claimed");
    expect([await store.once.claim("k", DAY), await store.once.claim("k", DAY)]).toEqual([true, false]);
  });
}

function keepsSubscriptions(open: OpenStore): void {
  it("keeps subscriptions by place, the last state of each, until they are removed", async () => {
    const at = await place();
    const store = await open(at);
    await store.subscriptions.put({ id: "b", place: "here", body: "1" });
    await store.subscriptions.put({ id: "a", place: "here", body: "2" });
    await store.subscriptions.put({ id: "c", place: "there", body: "3" });
    await store.subscriptions.put({ id: "b", place: "here", body: "4" });
    const other = await open(at);
    expect((await other.subscriptions.inPlace("here")).map(({ id, body }) => id + body)).toEqual([
      "a2",
      "b4",
    ]);
    expect(await other.subscriptions.find("c")).toMatchObject({ place: "there", body: "3" });
    await other.subscriptions.remove("a");
    expect((await store.subscriptions.all()).map(({ id }) => id)).toEqual(["b", "c"]);
    await store.preferences.set("zone", "UTC");
    await store.preferences.set("zone", "Europe/Berlin");
    expect(await other.preferences.get("zone")).toBe("Europe/Berlin");
    expect(await other.preferences.get("other")).toBeUndefined();
  });
}

const LATER = new Date("2026-04-01T00:00:00Z");

const slot = (facts: Partial<SlotRecord> = {}): SlotRecord => ({
  subscription: "s",
  date: "2026-03-09",
  place: "here",
  dueAt: new Date("2026-03-09T09:00:00Z"),
  writtenAt: new Date("2026-03-09T09:00:01Z"),
  open: true,
  body: "{}",
  version: 0,
  ...facts,
});

function keepsSlots(open: OpenStore): void {
  it("writes a slot over the version that was read and no other", async () => {
    const at = await place();
    const [store, other] = [await open(at), await open(at)];
    expect(await store.slots.write(slot())).toBe(true);
    expect(await other.slots.write(slot())).toBe(false);
    expect(await other.slots.write(slot({ version: 1, body: "two", open: false }))).toBe(true);
    expect(await store.slots.write(slot({ version: 1, body: "three" }))).toBe(false);
    expect(await store.slots.latest("s", LATER, 5)).toEqual([slot({ version: 2, body: "two", open: false })]);
    expect(await store.slots.open()).toEqual([]);
    await store.slots.write(slot({ date: "2026-03-10" }));
    expect((await store.slots.latest("s", LATER, 1)).map(({ date }) => date)).toEqual(["2026-03-10"]);
    expect((await other.slots.inPlace("here")).map(({ date }) => date)).toEqual(["2026-03-09", "2026-03-10"]);
    expect((await other.slots.open()).map(({ date }) => date)).toEqual(["2026-03-10"]);
  });

  it("gives a slot by its date, and the newest of those that were due and written by a time", async () => {
    const { slots } = await open(await place());
    const on = (day: number, at: string): string => `2026-03-0${day}T${at}:00Z`;
    for (const [day, written] of [
      [5, on(5, "09:00")],
      [6, on(7, "20:00")],
      [7, on(7, "09:00")],
      [8, on(8, "09:00")],
    ] as const) {
      const dueAt = new Date(on(day, "08:00"));
      await slots.write(slot({ date: `2026-03-0${day}`, dueAt, writtenAt: new Date(written) }));
    }
    const latest = await slots.latest("s", new Date(on(7, "12:00")), 5);
    expect(latest.map(({ date }) => date)).toEqual(["2026-03-07", "2026-03-05"]);
    expect((await slots.find("s", "2026-03-08"))?.dueAt).toEqual(new Date(on(8, "08:00")));
    expect(await slots.find("s", "2026-03-09")).toBeUndefined();
  });

  it("lets one of all who counted the claims of a place make the next", async () => {
    const at = await place();
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(at)));
    for (let round = 0; round < 5; round++) {
      const counted = await Promise.all(stores.map(({ slots }) => slots.claims("here")));
      expect(counted).toEqual(stores.map(() => round));
      const claimed: boolean[] = [];
      for (const [i, { slots }] of stores.entries())
        claimed.push(await slots.claim(slot({ subscription: `s${round}-${i}` }), counted[i] ?? 0));
      expect(claimed.filter(Boolean)).toHaveLength(1);
    }
    const [store] = stores;
    expect(await store?.slots.inPlace("here")).toHaveLength(5);
  });
}

function writesTogether(open: OpenStore, numRuns: number): void {
  it("lets slots that are written at once hold or fail each by itself, as if they were written one after the other", async () => {
    const claim = fc.record({ place: fc.nat(2), counted: fc.nat(2), version: fc.nat(1), id: fc.nat(4) });
    await fc.assert(
      fc.asyncProperty(fc.array(claim, { maxLength: 80 }), async (orders) => {
        const [together, apart] = [await open(await place()), await open(await place())];
        const carryOut = ({ slots }: Store, { place: where, counted, version, id }: (typeof orders)[0]) => {
          const record = slot({ subscription: `s${id}`, place: `p${where}`, version });
          return version === 1 ? slots.write(record) : slots.claim(record, counted);
        };
        const once = await Promise.all(orders.map((order) => carryOut(together, order)));
        const inTurn: boolean[] = [];
        for (const order of orders) inTurn.push(await carryOut(apart, order));
        expect(once).toEqual(inTurn);
        for (const where of ["p0", "p1", "p2"]) {
          expect(await together.slots.claims(where)).toBe(await apart.slots.claims(where));
          expect(await together.slots.inPlace(where)).toEqual(await apart.slots.inPlace(where));
        }
      }),
      { numRuns },
    );
  }, 60_000);

  it("writes the others where one of several slots cannot be written", async () => {
    const { slots } = await open(await place());
    const broken = slot({ subscription: "broken", body: null as unknown as string });
    const results = await Promise.allSettled([
      slots.claim(slot({ subscription: "a" }), 0),
      slots.claim(broken, 1),
      slots.claim(slot({ subscription: "b" }), 1),
    ]);
    expect(results.map((one) => (one.status === "fulfilled" ? one.value : "failed"))).toEqual([
      true,
      "failed",
      true,
    ]);
    expect((await slots.inPlace("here")).map(({ subscription }) => subscription)).toEqual(["a", "b"]);
    expect(await slots.claims("here")).toBe(2);
  });

  it("gives all subscriptions in the order of their ids, however many", async () => {
    const { subscriptions } = await open(await place());
    const ids = Array.from({ length: 1203 }, (_, i) => `s${i}`);
    for (const id of ids) await subscriptions.put({ id, place: "here", body: "{}" });
    expect((await subscriptions.all()).map(({ id }) => id)).toEqual(ids.toSorted());
  });
}

function countsFailures(open: OpenStore): void {
  it("knows how far each source was read, and counts its failures over all processes", async () => {
    let now = new Date("2026-03-06T12:00:00Z");
    const at = await place();
    const [one, other] = [await open(at, () => now), await open(at, () => now)];
    expect(await one.sources.find("huggingface")).toBeUndefined();
    await one.sources.listRead("huggingface", "2026-03-05");
    await other.sources.listRead("huggingface", "2026-03-03");
    expect(await other.sources.find("huggingface")).toEqual({
      source: "huggingface",
      unread: "2026-03-05",
      failures: 0,
    });
    const counts = await Promise.all([one, other, one].map(({ sources }) => sources.failed("huggingface")));
    expect(counts.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
    const failedSince = now;
    now = new Date(now.getTime() + DAY);
    expect(await one.sources.failed("huggingface")).toBe(4);
    expect(await one.sources.find("huggingface")).toMatchObject({ failedSince, failures: 4 });
    expect(
      await Promise.all([one, other].map(({ sources }) => sources.worked("huggingface", false))),
    ).toEqual(expect.arrayContaining([0, 4]));
    await one.sources.worked("huggingface", true);
    expect(await one.sources.find("huggingface")).toEqual({
      source: "huggingface",
      unread: "2026-03-05",
      readAt: now,
      wholeAt: now,
      failures: 0,
    });
    now = new Date("2036-01-01T00:00:00Z");
    await one.sources.listRead("huggingface", "2036-01-01");
    now = new Date("2026-03-07T12:00:00Z");
    await one.sources.listRead("huggingface", "2026-03-07");
    expect(await one.sources.find("huggingface")).toMatchObject({ unread: "2026-03-07" });
    await one.validators.put("https://example.org/a", { etag: "1" });
    await one.forgetSources();
    expect(await other.sources.find("huggingface")).toBeUndefined();
    expect(await other.validators.get("https://example.org/a")).toBeUndefined();
  });
}

/** What every store holds; of the properties a `share` of their runs is made, where each takes long. */
export function storeContract(name: string, open: OpenStore, share = 1): void {
  describe(`the store in ${name}`, () => {
    remembersAsked(open);
    keepsButtons(open);
    keepsKeys(open);
    keepsArchives(open);
    doesTogether(open);
    keepsTastes(open);
    keepsInstallations(open);
    claimsOnce(open, Math.ceil(20 * share));
    keepsSubscriptions(open);
    keepsSlots(open);
    writesTogether(open, Math.ceil(30 * share));
    countsFailures(open);
    keepsArrivals(open);
    notesDeeds(open);
    keepsMail(open, Math.ceil(8 * share));
    keepsReading(open);
    keepsPostings(open);
  });
  testTurns(name, async () => (await open(await place())).turns);
  testValidators(name, async () => (await open(await place())).validators);
}
