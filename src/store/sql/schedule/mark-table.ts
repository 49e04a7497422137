import type { Marks } from "../../kept/arrivals.ts";
import type { Tables } from "../tables.ts";

/** Up to when people have caught up. */
export function markTable({ db }: Tables): Marks {
  return {
    async last(person, place) {
      const row = await db
        .selectFrom("catchup_mark")
        .select("at")
        .where("person", "=", person)
        .where("place", "=", place)
        .executeTakeFirst();
      return row && new Date(row.at);
    },
    async set(person, place, time) {
      const at = time.toISOString();
      await db
        .insertInto("catchup_mark")
        .values({ person, place, at })
        .onConflict((conflict) => conflict.columns(["person", "place"]).doUpdateSet({ at }))
        .execute();
    },
  };
}
