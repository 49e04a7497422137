import type { Kysely, Selectable } from "kysely";
import { sql } from "kysely";
import type { RemovalRecord, Removals, Removed } from "../../kept/reading.ts";
import { noteIn } from "../audit-table.ts";
import type { Schema } from "../schema.ts";
import type { Tables } from "../tables.ts";
import { inTransaction } from "../transaction.ts";
import { putNote } from "./note-table.ts";

/** A removal as it is kept. */
export const readRemoval = (row: Selectable<Schema["removal"]>): RemovalRecord => ({
  id: row.id,
  person: row.person,
  what: row.what,
  removedAt: new Date(row.removed_at),
});

const takeNote = async (
  db: Kysely<Schema>,
  removal: string,
  { owner, paper, person }: Extract<Removed, { kind: "note" }>,
): Promise<number> => {
  const rows = await db
    .updateTable("note")
    .set({ removal })
    .where("removal", "=", "")
    .where("owner", "=", owner)
    .where("paper", "=", paper)
    .where("person", "=", person)
    .returning("paper")
    .execute();
  return rows.length;
};

/** Gives the rows that are to go the id of their removal; how many they are. */
async function take(db: Kysely<Schema>, removal: string, what: Removed): Promise<number> {
  if (what.kind === "note") return takeNote(db, removal, what);
  const saved = db.updateTable("saved").set({ removal }).where("removal", "=", "");
  if (what.kind === "list") {
    const lists = await db
      .updateTable("reading_list")
      .set({ removal })
      .where("id", "=", what.id)
      .where("removal", "=", "")
      .returning("id")
      .execute();
    if (lists.length === 0) return 0;
    const rows = await saved.where("list", "=", what.id).returning("paper").execute();
    return lists.length + rows.length;
  }
  const of = saved.where("list", "=", what.list).where("paper", "=", what.paper);
  const asked = what.person === undefined ? of : of.where("person", "=", what.person);
  return (await asked.returning("paper").execute()).length;
}

/** Brings the rows of a removal back, in the place of those that were made meanwhile. */
async function bringBack(db: Kysely<Schema>, id: string): Promise<void> {
  const rows = await db.deleteFrom("saved").where("removal", "=", id).returningAll().execute();
  for (const { title, saved_at, mark, marked_at, ...key } of rows)
    await db
      .insertInto("saved")
      .values({ ...key, title, saved_at, mark, marked_at, removal: "" })
      .onConflict((conflict) =>
        conflict
          .columns(["list", "paper", "person", "removal"])
          .doUpdateSet({ title, saved_at, mark, marked_at }),
      )
      .execute();
  const notes = await db.deleteFrom("note").where("removal", "=", id).returningAll().execute();
  for (const row of notes) await putNote(db, { ...row, removal: "" });
  await db.updateTable("reading_list").set({ removal: "" }).where("removal", "=", id).execute();
  await db.deleteFrom("removal").where("id", "=", id).execute();
}

/** Whether a list of a removal could not come back, since its owner has another of its name. */
async function isTaken(db: Kysely<Schema>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom("reading_list as gone")
    .innerJoin("reading_list as there", (join) =>
      join
        .onRef("there.owner", "=", "gone.owner")
        .onRef("there.name_key", "=", "gone.name_key")
        .on("there.removal", "=", ""),
    )
    .select("gone.id")
    .where("gone.removal", "=", id)
    .executeTakeFirst();
  return row !== undefined;
}

async function forgetBefore(db: Kysely<Schema>, time: Date): Promise<void> {
  const at = time.toISOString();
  const old = db.selectFrom("removal").select("id").where("removed_at", "<", at);
  await db.deleteFrom("saved").where("removal", "in", old).execute();
  await db.deleteFrom("note").where("removal", "in", old).execute();
  await db.deleteFrom("reading_list").where("removal", "in", old).execute();
  await db.deleteFrom("removal").where("removed_at", "<", at).execute();
  // What was brought back into a list that is gone by now.
  await db.deleteFrom("saved").where("list", "not in", db.selectFrom("reading_list").select("id")).execute();
}

export function removalTable({ db, now }: Tables): Removals {
  const rows = () => db.selectFrom("removal").selectAll();
  return {
    remove: ({ id, person, what, removedAt }, removed, deed) =>
      inTransaction(db, async (change) => {
        const count = await take(change, id, removed);
        if (count === 0) return 0;
        const removed_at = removedAt.toISOString();
        await change.insertInto("removal").values({ id, person, what, removed_at }).execute();
        if (deed !== undefined) await noteIn(change, now(), deed);
        return count;
      }),
    async latest(person) {
      const row = await rows()
        .where("person", "=", person)
        // By their order: clocks are set, and two may fall into one millisecond.
        .orderBy(sql`rowid`, "desc")
        .executeTakeFirst();
      return row && readRemoval(row);
    },
    async find(id) {
      const row = await rows().where("id", "=", id).executeTakeFirst();
      return row && readRemoval(row);
    },
    undo: (id) =>
      inTransaction(db, async (change) => {
        // A write comes first, so that nobody makes a list between.
        await change.updateTable("removal").set({ id }).where("id", "=", id).execute();
        if (await isTaken(change, id)) return false;
        await bringBack(change, id);
        return true;
      }),
    forgetBefore: (time) => inTransaction(db, (change) => forgetBefore(change, time)),
  };
}
