import type { Kysely } from "kysely";
import type { Ballots } from "../../kept/clubs.ts";
import type { Schema } from "../schema.ts";
import type { Tables } from "../tables.ts";

/** Removes nominations and votes of clubs that are gone. */
export async function forgetOldBallots(db: Kysely<Schema>): Promise<void> {
  const clubs = db.selectFrom("club").select("id");
  await db.deleteFrom("club_vote").where("club", "not in", clubs).execute();
  await db.deleteFrom("club_nomination").where("club", "not in", clubs).execute();
}

/** What clubs are proposed, and how is voted. */
export function ballotTables({ db }: Tables): Ballots {
  return {
    async nominate(club, { paper, title, by }) {
      const made = await db
        .insertInto("club_nomination")
        .columns(["club", "paper", "title", "by"])
        .expression((row) =>
          row
            .selectFrom("club")
            .select((one) => [
              "id",
              one.val(paper).as("paper"),
              one.val(title).as("title"),
              one.val(by ?? null).as("by"),
            ])
            .where("id", "=", club),
        )
        .onConflict((conflict) => conflict.doNothing())
        .returning("number")
        .executeTakeFirst();
      return made !== undefined;
    },
    async nominations(club) {
      const rows = await db
        .selectFrom("club_nomination")
        .select(["number", "paper", "title", "by"])
        .where("club", "=", club)
        .orderBy("number")
        .execute();
      return rows.map(({ by, ...row }) => ({ ...row, ...(by === null ? {} : { by }) }));
    },
    async vote(club, { person, paper }) {
      await db
        .insertInto("club_vote")
        .columns(["club", "person", "paper"])
        .expression((row) =>
          row
            .selectFrom("club")
            .select((one) => ["id", one.val(person).as("person"), one.val(paper).as("paper")])
            .where("id", "=", club),
        )
        .onConflict((conflict) => conflict.columns(["club", "person"]).doUpdateSet({ paper }))
        .execute();
    },
    votes: (club) =>
      db
        .selectFrom("club_vote")
        .select(["person", "paper"])
        .where("club", "=", club)
        .orderBy("person")
        .execute(),
  };
}
