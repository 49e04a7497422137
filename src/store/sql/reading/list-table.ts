import type { Selectable } from "kysely";
import type { ListRecord, ReadingLists } from "../../kept/reading.ts";
import { withDeed } from "../audit-table.ts";
import type { Schema } from "../schema.ts";
import type { Tables } from "../tables.ts";

/** A list as it is kept. */
export const readList = (row: Selectable<Schema["reading_list"]>): ListRecord => ({
  id: row.id,
  owner: row.owner,
  name: row.name,
  key: row.name_key,
  createdBy: row.created_by,
  createdAt: new Date(row.created_at),
});

/** The lists that were not removed, the oldest first. */
const inOrder = (db: Tables["db"]) =>
  db.selectFrom("reading_list").selectAll().where("removal", "=", "").orderBy("created_at").orderBy("id");

export function listTable(tables: Tables): ReadingLists {
  const { db } = tables;
  return {
    create: ({ id, owner, name, key, createdBy, createdAt }, deed) =>
      withDeed(tables, deed, async (change) => {
        const made = await change
          .insertInto("reading_list")
          .values({
            id,
            owner,
            name,
            name_key: key,
            created_by: createdBy,
            created_at: createdAt.toISOString(),
            removal: "",
          })
          .onConflict((conflict) => conflict.doNothing())
          .returning("id")
          .execute();
        return made.length > 0;
      }),
    rename: (id, { name, key }, deed) =>
      withDeed(tables, deed, async (change) => {
        const renamed = await change
          .updateTable("reading_list")
          .set({ name, name_key: key })
          .where("id", "=", id)
          .where("removal", "=", "")
          .where((row) =>
            row.not(
              row.exists(
                row
                  .selectFrom("reading_list as other")
                  .select("other.id")
                  .where("other.removal", "=", "")
                  .where("other.name_key", "=", key)
                  .where("other.id", "!=", id)
                  .whereRef("other.owner", "=", "reading_list.owner"),
              ),
            ),
          )
          .returning("id")
          .execute();
        return renamed.length > 0;
      }),
    all: async () => (await inOrder(db).execute()).map(readList),
    ownedBy: async (owners) => (await inOrder(db).where("owner", "in", owners).execute()).map(readList),
  };
}
