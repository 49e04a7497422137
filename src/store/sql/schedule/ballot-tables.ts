import type { Ballots } from "../../kept/clubs.ts";
import type { Tables } from "../tables.ts";

/** What clubs are proposed, and how is voted. */
export function ballotTables({ db }: Tables): Ballots {
  return {
    async nominate(club, { paper, title, by }) {
      const made = await db
        .insertInto("club_nomination")
        .values({ club, paper, title, by: by ?? null })
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
        .values({ club, person, paper })
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
