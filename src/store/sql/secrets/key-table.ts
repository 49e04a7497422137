import type { ApiKeys } from "../../store.ts";
import { withDeed } from "../audit-table.ts";
import type { Tables } from "../tables.ts";

export function keyTable(tables: Tables): ApiKeys {
  const { db, now } = tables;
  return {
    create: (name, hash, deed) =>
      withDeed(tables, deed, async (within) => {
        const made = await within
          .insertInto("api_key")
          .values({ name, hash, created_at: now().toISOString() })
          .onConflict((conflict) => conflict.column("name").doNothing())
          .returning("name")
          .executeTakeFirst();
        return made !== undefined;
      }),
    async list() {
      const rows = await db.selectFrom("api_key").select(["name", "created_at"]).orderBy("name").execute();
      return rows.map(({ name, created_at }) => ({ name, createdAt: new Date(created_at) }));
    },
    async named(hash) {
      const row = await db.selectFrom("api_key").select("name").where("hash", "=", hash).executeTakeFirst();
      return row?.name;
    },
    revoke: (name, deed) =>
      withDeed(tables, deed, async (within) => {
        const gone = await within.deleteFrom("api_key").where("name", "=", name).executeTakeFirst();
        return gone.numDeletedRows > 0n;
      }),
  };
}
