import type { Kysely, Selectable } from "kysely";
import { sql } from "kysely";
import type { PostedPaper, PostingRecord } from "../../kept/postings.ts";
import type { Schema } from "../schema.ts";

const keyOf = ({ room, message }: { readonly room: string; readonly message: string }): string =>
  JSON.stringify([room, message]);

/** The papers of some messages, in their order, by the messages. */
export async function papersOf(
  db: Kysely<Schema>,
  messages: readonly { readonly room: string; readonly message: string }[],
): Promise<(message: { readonly room: string; readonly message: string }) => readonly PostedPaper[]> {
  const asked = JSON.stringify(messages.map(({ room, message }) => [room, message]));
  const { rows } = await sql<Selectable<Schema["posted_paper"]>>`select posted_paper.* from posted_paper
    join (select distinct json_extract(value, '$[0]') as room, json_extract(value, '$[1]') as message from json_each(${asked})) as asked
    on posted_paper.room = asked.room and posted_paper.message = asked.message order by position`.execute(db);
  const found = new Map<string, PostedPaper[]>();
  for (const row of rows) {
    const papers = found.get(keyOf(row)) ?? [];
    papers.push({ paper: row.paper, title: row.title });
    found.set(keyOf(row), papers);
  }
  return (message) => found.get(keyOf(message)) ?? [];
}

/** Adds papers to those that a message has, behind them. */
export async function addPapers(db: Kysely<Schema>, { room, message, papers }: PostingRecord): Promise<void> {
  for (const { paper, title } of papers)
    await sql`insert into posted_paper (room, message, paper, position, title)
      select ${room}, ${message}, ${paper}, coalesce(max(position), 0) + 1, ${title} from posted_paper
      where room = ${room} and message = ${message} on conflict do nothing`.execute(db);
}

/** Puts a paper of messages under the id that it has by now; a message that has both has it once, where it came first. */
export async function renamePosted(db: Kysely<Schema>, from: string, to: string): Promise<void> {
  const moved = await db.deleteFrom("posted_paper").where("paper", "=", from).returningAll().execute();
  for (const row of moved)
    await db
      .insertInto("posted_paper")
      .values({ ...row, paper: to })
      .onConflict((conflict) =>
        conflict.columns(["room", "message", "paper"]).doUpdateSet({
          position: sql`case when posted_paper.position < excluded.position then posted_paper.position else excluded.position end`,
        }),
      )
      .execute();
}
