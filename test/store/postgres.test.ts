import path from "node:path";
import { describe, expect, it } from "vitest";
import { TABLES } from "../../src/store/sql/schema.ts";
import { askPostgres, NEEDS_POSTGRES, newDatabase, openOn, POSTGRES } from "../support/postgres.ts";
import { storeContract } from "./contract.ts";

/** The database that stands for each place of a file. */
const databases = new Map<string, Promise<string>>();

describe.runIf(POSTGRES !== undefined)(`on PostgreSQL${NEEDS_POSTGRES}`, () => {
  storeContract(
    "PostgreSQL",
    async (place, now) => {
      const database = databases.get(place) ?? newDatabase();
      databases.set(place, database);
      return openOn(await database, now, { state: path.dirname(place) });
    },
    0.3,
  );

  it("makes its tables once, whoever of several programs comes first, with texts that are ordered by their bytes", async () => {
    const database = await newDatabase({ empty: true });
    const stores = await Promise.all(Array.from({ length: 4 }, () => openOn(database)));
    for (const [i, id] of ["é", "Z", "a", "_", "z", "É"].entries())
      await stores[i % 4]?.subscriptions.put({ id, place: "here", body: "{}" });
    expect((await stores[0]?.subscriptions.all())?.map(({ id }) => id)).toEqual([
      "Z",
      "_",
      "a",
      "z",
      "É",
      "é",
    ]);
    const made = await askPostgres(
      database,
      "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
    );
    expect(made.map((row) => (row as { name: string }).name)).toEqual(expect.arrayContaining(TABLES));
  });

  it("keeps the order of removals of one moment, and a character 0 as one that cannot be shown", async () => {
    const store = await openOn(await newDatabase());
    const at = new Date("2026-03-06T12:00:00Z");
    for (const id of ["b", "a", "c"]) {
      await store.lists.create({ id, owner: "ana", name: id, key: id, createdBy: "ana", createdAt: at });
      await store.removals.remove({ id, person: "ana", what: id, removedAt: at }, { kind: "list", id });
    }
    expect((await store.removals.latest("ana"))?.id).toBe("c");
    await store.preferences.set("zone", "a\0b");
    expect(await store.preferences.get("zone")).toBe("a\u{fffd}b");
  });
});

describe.runIf(POSTGRES !== undefined)(
  `what is kept of people and workspaces on PostgreSQL${NEEDS_POSTGRES}`,
  () => {
    it("is found by what bodies say, and goes where it is asked to", async () => {
      const store = await openOn(await newDatabase());
      const placeOf = (channel: string): string => JSON.stringify(["slack", "T1", channel]);
      const bodyOf = (user: string, direct: boolean): string =>
        JSON.stringify({
          createdBy: user,
          place: { platform: "slack", server: "T1", ...(direct ? { direct } : {}) },
        });
      await store.subscriptions.put({ id: "own", place: placeOf("D1"), body: bodyOf("U1", true) });
      await store.subscriptions.put({ id: "ours", place: placeOf("C1"), body: bodyOf("U1", false) });
      await store.subscriptions.put({ id: "theirs", place: placeOf("C1"), body: bodyOf("U2", false) });
      await store.subscriptions.put({ id: "broken", place: placeOf("C1"), body: '{"createdBy":"U1' });
      await store.clubs.put({ id: "club", place: placeOf("C1"), body: "{}" });
      await store.clubSlots.write({
        subscription: "club",
        date: "2026-03-06",
        place: placeOf("C1"),
        dueAt: new Date(0),
        writtenAt: new Date(0),
        open: false,
        body: JSON.stringify({ content: { winner: { title: "a \0 paper", by: "U1" } } }),
        version: 0,
      });
      const person = { key: placeOf("U1"), platform: "slack", workspace: "T1", user: "U1" };
      expect((await store.people.rowsOf(person)).subscriptions.map(({ id }) => id)).toEqual(["ours", "own"]);
      expect(await store.people.forget(person)).toMatchObject({
        subscriptions: 1,
        kept: { subscriptions: 1 },
      });
      expect((await store.subscriptions.all()).map(({ id }) => id)).toEqual(["broken", "ours", "theirs"]);
      expect(JSON.parse((await store.subscriptions.find("ours"))?.body ?? "")).toMatchObject({
        createdBy: "",
      });
      const [announced] = await store.clubSlots.inPlace(placeOf("C1"));
      expect(JSON.parse(announced?.body ?? "")).toEqual({
        content: { winner: { title: "a \u{fffd} paper" } },
      });
      expect(await store.workspaces.known("slack")).toEqual(["T1"]);
      expect(await store.workspaces.forget({ platform: "slack", server: "T1" })).toBeGreaterThan(4);
      expect(await store.subscriptions.all()).toEqual([]);
      expect(await store.workspaces.known("slack")).toEqual([]);
    });
  },
);
