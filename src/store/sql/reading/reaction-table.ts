import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Postings, ReactionToPapers } from "../../kept/postings.ts";
import type { Schema } from "../schema.ts";
import type { Tables } from "../tables.ts";
import { papersOf } from "./posted-papers.ts";

/** The reactions for which a condition holds, the oldest first, with the papers that they are to. */
async function readReactions(
  db: Kysely<Schema>,
  condition: ReturnType<typeof sql<boolean>>,
): Promise<readonly ReactionToPapers[]> {
  const rows = await db
    .selectFrom("reaction")
    .selectAll()
    .where(condition)
    .orderBy("reacted_at")
    .orderBy(sql`rowid`)
    .execute();
  const papers = await papersOf(db, rows);
  return rows.map(({ reacted_at, ...row }) => ({ ...row, at: new Date(reacted_at), papers: papers(row) }));
}

/** The reactions of a person. */
export const reactionsOf = (db: Kysely<Schema>, person: string): Promise<readonly ReactionToPapers[]> =>
  readReactions(db, sql`person = ${person}`);

/** Who reacted to which message. */
export function reactionTable({
  db,
}: Tables): Pick<Postings, "react" | "unreact" | "reactionsIn" | "reactionsOf"> {
  return {
    async react({ room, message, person, name, at }) {
      await sql`insert into reaction (room, message, person, name, reacted_at)
        select room, message, ${person}, ${name}, ${at.toISOString()} from posting
        where room = ${room} and message = ${message} on conflict do nothing`.execute(db);
      const kept = await db
        .selectFrom("posting")
        .select("room")
        .where("room", "=", room)
        .where("message", "=", message)
        .executeTakeFirst();
      return kept !== undefined;
    },
    async unreact({ room, message, person, name }) {
      let gone = db.deleteFrom("reaction").where("room", "=", room).where("message", "=", message);
      if (person !== undefined) gone = gone.where("person", "=", person);
      if (name !== undefined) gone = gone.where("name", "=", name);
      await gone.execute();
    },
    reactionsIn: (place) =>
      readReactions(
        db,
        // Found by the messages of the place, which have an index; the reactions of all others are not gone through.
        sql`(room, message) in (select room, message from posting where place = ${place})`,
      ),
    reactionsOf: (person) => reactionsOf(db, person),
  };
}
