import { setImmediate as nextTurn } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { SlotRecord, Slots } from "../../store.ts";
import type { ScheduleTables } from "./schedule-tables.ts";
import type { Schema } from "../schema.ts";
import { inTransaction } from "../transaction.ts";

/** Writes that are made in one transaction at most: some 5 ms of work, and one wait for the disk. */
const TOGETHER = 32;

/** A row to write and, where it is a claim, how many claims its place had. */
interface Order {
  readonly record: SlotRecord;
  readonly claims?: number;
}

/** Where rows are written, and what stands before a place whose claims are counted. */
interface Target {
  readonly db: Kysely<Schema>;
  readonly slot: "slot";
  readonly prefix: string;
}

interface Waiting extends Order {
  readonly resolve: (written: boolean) => void;
  readonly reject: (error: unknown) => void;
}

async function writeSlot(db: Kysely<Schema>, table: "slot", record: SlotRecord): Promise<boolean> {
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
          .insertInto(table)
          .values({ subscription, date, ...facts })
          .onConflict((conflict) => conflict.doNothing())
          .returning("version")
          .executeTakeFirst()
      : await db
          .updateTable(table)
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
  const counted =
    claims === 0
      ? await db
          .insertInto("place")
          .values({ key, claims: 1 })
          .onConflict((conflict) =>
            conflict.column("key").doUpdateSet({ claims: 1 }).where("place.claims", "=", 0),
          )
          .returning("key")
          .executeTakeFirst()
      : await db
          .updateTable("place")
          .set({ claims: claims + 1 })
          .where("key", "=", key)
          .where("claims", "=", claims)
          .returning("key")
          .executeTakeFirst();
  return counted !== undefined;
}

/** Carries out an order within a transaction, so that it is done wholly or not at all. */
async function carryOut({ db, slot, prefix }: Target, { record, claims }: Order): Promise<boolean> {
  if (claims === undefined) return writeSlot(db, slot, record);
  const key = `${prefix}${record.place}`;
  if (!(await countClaim(db, key, claims))) return false;
  if (await writeSlot(db, slot, record)) return true;
  await db.updateTable("place").set({ claims }).where("key", "=", key).execute();
  return false;
}

/** Carries out orders in one transaction; none is done where one fails. */
async function carryOutAll(target: Target, orders: readonly Order[]): Promise<boolean[]> {
  return inTransaction(target.db, async (db) => {
    const done: boolean[] = [];
    for (const order of orders) done.push(await carryOut({ ...target, db }, order));
    return done;
  });
}

async function settleEach(target: Target, orders: readonly Waiting[]): Promise<void> {
  for (const order of orders) {
    try {
      const [done = false] = await carryOutAll(target, [order]);
      order.resolve(done);
    } catch (error) {
      order.reject(error);
    }
  }
}

async function settleTogether(target: Target, orders: readonly Waiting[]): Promise<void> {
  let done: readonly boolean[];
  try {
    done = await carryOutAll(target, orders);
  } catch {
    // What is wrong with one order is not the fault of the others.
    return settleEach(target, orders);
  }
  for (const [i, order] of orders.entries()) order.resolve(done[i] ?? false);
}

/**
 * Writes slots. What is asked for in the same turn of the event loop goes to the disk in one transaction, since waiting for
 * the disk takes longer than all else; each order holds or fails by itself, and resolves when it is on the disk.
 */
export function createSlotWrites(
  db: Kysely<Schema>,
  tables: Pick<ScheduleTables, "slot" | "claims">,
): Pick<Slots, "write" | "claim"> {
  // All have the columns of this one.
  const target: Target = { db, slot: tables.slot as "slot", prefix: tables.claims };
  const waiting: Waiting[] = [];
  let isUnderWay = false;
  const settle = async (): Promise<void> => {
    isUnderWay = true;
    while (waiting.length > 0) {
      await nextTurn();
      const orders = waiting.splice(0, TOGETHER);
      await (orders.length > 1 ? settleTogether : settleEach)(target, orders);
    }
    isUnderWay = false;
  };
  const ask = (order: Order): Promise<boolean> =>
    new Promise((resolve, reject) => {
      waiting.push({ ...order, resolve, reject });
      if (!isUnderWay) void settle();
    });
  return { write: (record) => ask({ record }), claim: (record, claims) => ask({ record, claims }) };
}
