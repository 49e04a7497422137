import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Posted, PostedAs, Postings } from "../../kept/postings.ts";
import type { Schema } from "../schema.ts";
import type { Tables } from "../tables.ts";
import { inTransaction } from "../transaction.ts";
import { addPapers, papersOf } from "./posted-papers.ts";
import { reactionTable } from "./reaction-table.ts";

/** Messages of a place that are read at most: ten a day over more than a year. */
const MOST = 5000;

/** Messages of a place with what they carry, the newest first. */
async function read(
  db: Kysely<Schema>,
  place: string,
  papers?: readonly string[],
): Promise<readonly Posted[]> {
  const reactors = sql<number>`(select count(distinct person) from reaction
    where reaction.room = posting.room and reaction.message = posting.message)`;
  let query = db
    .selectFrom("posting")
    .selectAll()
    .select(reactors.as("reactors"))
    .where((row) => row.or([row("place", "=", place), row("room", "=", place)]))
    .orderBy("posted_at", "desc")
    .orderBy(sql`rowid`, "desc")
    .limit(MOST);
  if (papers !== undefined)
    query = query.where((row) =>
      row.exists(
        row
          .selectFrom("posted_paper")
          .select("paper")
          .whereRef("posted_paper.room", "=", "posting.room")
          .whereRef("posted_paper.message", "=", "posting.message")
          .where("paper", "in", papers),
      ),
    );
  const rows = await query.execute();
  const carried = await papersOf(db, rows);
  return rows.map(({ thread, link, posted_as, posted_at, ...row }) => ({
    ...row,
    ...(thread === null ? {} : { thread }),
    ...(link === null ? {} : { link }),
    as: posted_as as PostedAs,
    postedAt: new Date(posted_at),
    papers: carried(row),
  }));
}

/** Removes messages for which a condition holds, with all that hangs on them. */
async function removeWhere(db: Kysely<Schema>, condition: ReturnType<typeof sql<boolean>>): Promise<void> {
  const gone = await db.deleteFrom("posting").where(condition).returning(["room", "message"]).execute();
  for (const table of ["posted_paper", "reaction"] as const)
    for (const { room, message } of gone)
      await db.deleteFrom(table).where("room", "=", room).where("message", "=", message).execute();
}

export function postingTable(tables: Tables): Postings {
  const { db } = tables;
  return {
    put: (posting) =>
      inTransaction(db, async (change) => {
        const { room, message, place, thread = null, link = null, as, postedAt } = posting;
        await change
          .insertInto("posting")
          .values({ room, message, place, thread, link, posted_as: as, posted_at: postedAt.toISOString() })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await addPapers(change, posting);
      }),
    withPapers: async (place, papers) => (papers.length === 0 ? [] : read(db, place, papers)),
    newest: (place) => read(db, place),
    remove: (room, message) =>
      inTransaction(db, (change) => removeWhere(change, sql`room = ${room} and message = ${message}`)),
    ...reactionTable(tables),
    forgetBefore: (time) =>
      inTransaction(db, (change) => removeWhere(change, sql`posted_at < ${time.toISOString()}`)),
  };
}
