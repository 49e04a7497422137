import type { Selectable } from "kysely";
import type { ArchiveRecord, Archives } from "../store.ts";
import { withDeed } from "./audit-table.ts";
import type { Schema } from "./schema.ts";
import type { Tables } from "./tables.ts";

const readArchive = ({ published, ...row }: Selectable<Schema["archive"]>): ArchiveRecord => ({
  ...row,
  published: published === 1,
});

export function archiveTable(tables: Tables): Archives {
  const { db } = tables;
  const find = async (column: "id" | "place", value: string): Promise<ArchiveRecord | undefined> => {
    const row = await db.selectFrom("archive").selectAll().where(column, "=", value).executeTakeFirst();
    return row && readArchive(row);
  };
  return {
    find: (id) => find("id", id),
    inPlace: (place) => find("place", place),
    async all() {
      return (await db.selectFrom("archive").selectAll().orderBy("place").execute()).map(readArchive);
    },
    async put({ id, place, body, published }, deed) {
      const values = { body, published: published ? 1 : 0 };
      await withDeed(tables, deed, (change) =>
        change
          .insertInto("archive")
          .values({ id, place, ...values })
          .onConflict((conflict) => conflict.column("place").doUpdateSet(values))
          .execute(),
      );
    },
  };
}
