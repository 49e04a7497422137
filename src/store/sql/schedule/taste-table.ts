import type { Tastes } from "../../kept/tastes.ts";
import { noteIn } from "../audit-table.ts";
import type { Tables } from "../tables.ts";
import { inTransaction } from "../transaction.ts";

/** What channels say about their taste. */
export function tasteTable({ db, now }: Tables): Tastes {
  return {
    async find(place) {
      const row = await db.selectFrom("taste").select("body").where("place", "=", place).executeTakeFirst();
      return row?.body;
    },
    update: (place, change, deed) =>
      inTransaction(db, async (transaction) => {
        // A write comes first, so that nobody changes it between.
        await noteIn(transaction, now(), deed);
        const row = await transaction
          .selectFrom("taste")
          .select("body")
          .where("place", "=", place)
          .executeTakeFirst();
        const body = change(row?.body);
        await transaction
          .insertInto("taste")
          .values({ place, body })
          .onConflict((conflict) => conflict.column("place").doUpdateSet({ body }))
          .execute();
      }),
  };
}
