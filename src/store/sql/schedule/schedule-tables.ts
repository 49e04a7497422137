import { setImmediate as nextTurn } from "node:timers/promises";
import type { Selectable } from "kysely";
import type { Preferences, SlotRecord, Slots, SubscriptionRecord, Subscriptions } from "../../store.ts";
import type { Schema } from "../schema.ts";
import { withDeed } from "../audit-table.ts";
import { forgetEmptyBox } from "../mail-tables.ts";
import { forgetOldBallots } from "./ballot-tables.ts";
import { createSlotWrites } from "./slot-writes.ts";
import type { Tables } from "../tables.ts";

export function preferenceTable(tables: Tables): Preferences {
  const { db } = tables;
  return {
    async get(key) {
      const row = await db.selectFrom("preference").select("value").where("key", "=", key).executeTakeFirst();
      return row?.value;
    },
    async set(key, value, deed) {
      await withDeed(tables, deed, (change) =>
        change
          .insertInto("preference")
          .values({ key, value })
          .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
          .execute(),
      );
    },
  };
}

/** The tables of one kind of thing that is sent on a schedule; all kinds have tables of the same columns. */
export interface ScheduleTables {
  readonly subscription: "subscription" | "follow" | "club";
  readonly slot: "slot" | "follow_slot" | "club_slot";
  /** What stands before a place where its claims are counted, so that kinds do not wait for each other. */
  readonly claims: "" | "follow " | "club ";
}

/** Those of digests. */
export const DIGEST_TABLES: ScheduleTables = { subscription: "subscription", slot: "slot", claims: "" };

/** Those of follows. */
export const FOLLOW_TABLES: ScheduleTables = {
  subscription: "follow",
  slot: "follow_slot",
  claims: "follow ",
};

/** Those of journal clubs. */
export const CLUB_TABLES: ScheduleTables = { subscription: "club", slot: "club_slot", claims: "club " };

/** Subscriptions that are read in one piece: some 2 ms. */
const PAGE = 500;

export function subscriptionTable(tables: Tables, { subscription }: ScheduleTables): Subscriptions {
  const { db } = tables;
  // All have the columns of this one.
  const table = subscription as "subscription";
  const rows = () => db.selectFrom(table).select(["id", "place", "body"]).orderBy("id");
  return {
    async put({ id, place, body }, deed) {
      await withDeed(tables, deed, (change) =>
        change
          .insertInto(table)
          .values({ id, place, body })
          .onConflict((conflict) => conflict.column("id").doUpdateSet({ place, body }))
          .execute(),
      );
    },
    find: (id) => rows().where("id", "=", id).executeTakeFirst(),
    inPlace: (place) => rows().where("place", "=", place).execute(),
    async all() {
      const all: SubscriptionRecord[] = [];
      for (;;) {
        const page = await rows()
          .where("id", ">", all.at(-1)?.id ?? "")
          .limit(PAGE)
          .execute();
        all.push(...page);
        if (page.length < PAGE) return all;
        await nextTurn();
      }
    },
    async remove(id, deed) {
      await withDeed(tables, deed, async (change) => {
        const gone = await change.deleteFrom(table).where("id", "=", id).returning("place").execute();
        if (subscription === "subscription")
          for (const { place } of gone) await forgetEmptyBox(change, place);
        if (subscription === "club") await forgetOldBallots(change);
        return gone.length > 0;
      });
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

export function slotTable({ db }: Tables, tables: ScheduleTables): Slots {
  const table = tables.slot as "slot";
  const rows = () => db.selectFrom(table).selectAll();
  return {
    ...createSlotWrites(db, tables),
    async claims(place) {
      const key = `${tables.claims}${place}`;
      const row = await db.selectFrom("place").select("claims").where("key", "=", key).executeTakeFirst();
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
