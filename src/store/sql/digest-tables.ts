import type { Kysely, Selectable } from "kysely";
import type { Preferences, SlotRecord, Slots, Subscriptions } from "../store.ts";
import type { Schema } from "./schema.ts";
import type { Tables } from "./tables.ts";

export function preferenceTable({ db }: Tables): Preferences {
  return {
    async get(key) {
      const row = await db.selectFrom("preference").select("value").where("key", "=", key).executeTakeFirst();
      return row?.value;
    },
    async set(key, value) {
      await db
        .insertInto("preference")
        .values({ key, value })
        .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
        .execute();
    },
  };
}

export function subscriptionTable({ db }: Tables): Subscriptions {
  const rows = () => db.selectFrom("subscription").select(["id", "place", "body"]).orderBy("id");
  return {
    async put({ id, place, body }) {
      await db
        .insertInto("subscription")
        .values({ id, place, body })
        .onConflict((conflict) => conflict.column("id").doUpdateSet({ place, body }))
        .execute();
    },
    find: (id) => rows().where("id", "=", id).executeTakeFirst(),
    inPlace: (place) => rows().where("place", "=", place).execute(),
    all: () => rows().execute(),
    async remove(id) {
      await db.deleteFrom("subscription").where("id", "=", id).execute();
    },
  };
}

const readSlot = (row: Selectable<Schema["slot"]>): SlotRecord => ({
  subscription: row.subscription,
  date: row.date,
  place: row.place,
  dueAt: new Date(row.due_at),
  writtenAt: new Date(row.written_at),
  open: row.open === 1,
  body: row.body,
  version: row.version,
});

async function writeSlot(db: Kysely<Schema>, record: SlotRecord): Promise<boolean> {
  const { subscription, date, place, version, body } = record;
  const facts = {
    place,
    body,
    due_at: record.dueAt.toISOString(),
    written_at: record.writtenAt.toISOString(),
    open: record.open ? 1 : 0,
    version: version + 1,
  };
  const written =
    version === 0
      ? await db
          .insertInto("slot")
          .values({ subscription, date, ...facts })
          .onConflict((conflict) => conflict.doNothing())
          .returning("version")
          .executeTakeFirst()
      : await db
          .updateTable("slot")
          .set(facts)
          .where("subscription", "=", subscription)
          .where("date", "=", date)
          .where("version", "=", version)
          .returning("version")
          .executeTakeFirst();
  return written !== undefined;
}

/** Counts one more claim in a place that had so many; false when it has others. */
async function countClaim(db: Kysely<Schema>, key: string, claims: number): Promise<boolean> {
  await db
    .insertInto("place")
    .values({ key, claims: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const counted = await db
    .updateTable("place")
    .set({ claims: claims + 1 })
    .where("key", "=", key)
    .where("claims", "=", claims)
    .returning("key")
    .executeTakeFirst();
  return counted !== undefined;
}

/** Ends a transaction whose condition did not hold. */
class Outrun extends Error {}

async function claimSlot(db: Kysely<Schema>, record: SlotRecord, claims: number): Promise<boolean> {
  let cause: unknown;
  try {
    // A transaction begins with a write, so that SQLite waits for its lock instead of failing at the first write.
    await db.transaction().execute(async (transaction) => {
      try {
        const counted = await countClaim(transaction, record.place, claims);
        if (!counted || !(await writeSlot(transaction, record))) throw new Outrun();
      } catch (error) {
        cause = error;
        throw error;
      }
    });
    return true;
  } catch (error) {
    if (cause instanceof Outrun) return false;
    // Where SQLite has taken the transaction back by itself, kysely throws that it cannot take it back.
    throw cause ?? error;
  }
}

export function slotTable({ db }: Tables): Slots {
  const rows = () => db.selectFrom("slot").selectAll();
  return {
    write: (record) => writeSlot(db, record),
    claim: (record, claims) => claimSlot(db, record, claims),
    async claims(place) {
      const row = await db.selectFrom("place").select("claims").where("key", "=", place).executeTakeFirst();
      return row?.claims ?? 0;
    },
    async find(subscription, date) {
      const found = await rows()
        .where("subscription", "=", subscription)
        .where("date", "=", date)
        .executeTakeFirst();
      return found && readSlot(found);
    },
    async latest(subscription, until, limit) {
      const found = await rows()
        .where("subscription", "=", subscription)
        .where("due_at", "<=", until.toISOString())
        .where("written_at", "<=", until.toISOString())
        .orderBy("date", "desc")
        .limit(limit)
        .execute();
      return found.map(readSlot);
    },
    open: async () => (await rows().where("open", "=", 1).orderBy("due_at").execute()).map(readSlot),
    inPlace: async (place) =>
      (await rows().where("place", "=", place).orderBy("date").execute()).map(readSlot),
  };
}
