import type { Kysely, Selectable } from "kysely";
import { sql } from "kysely";
import type { Mark, SavedPapers, SavedRecord } from "../../kept/reading.ts";
import type { Schema } from "../schema.ts";
import type { Tables } from "../tables.ts";
import { inTransaction } from "../transaction.ts";
import { renameNotes } from "./note-table.ts";
import { renamePosted } from "./posted-papers.ts";

const timeOf = (time: string | null): Date | undefined => (time === null ? undefined : new Date(time));

/** A row as it is kept. */
export function readSaved(row: Selectable<Schema["saved"]>): SavedRecord {
  const { list, paper, person, title, mark } = row;
  const [savedAt, markedAt] = [timeOf(row.saved_at), timeOf(row.marked_at)];
  return {
    list,
    paper,
    person,
    title,
    ...(savedAt === undefined ? {} : { savedAt }),
    ...(mark === null ? {} : { mark: mark as Mark }),
    ...(markedAt === undefined ? {} : { markedAt }),
  };
}

/** Adds a row to what is known: the first time of saving stays, the last mark counts. */
async function putRow(db: Kysely<Schema>, row: Selectable<Schema["saved"]>): Promise<void> {
  await db
    .insertInto("saved")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["list", "paper", "person", "removal"]).doUpdateSet({
        title: sql`excluded.title`,
        saved_at: sql`case when saved.saved_at is null or excluded.saved_at < saved.saved_at then excluded.saved_at else saved.saved_at end`,
        mark: sql`case when coalesce(excluded.marked_at, '') >= coalesce(saved.marked_at, '') then coalesce(excluded.mark, saved.mark) else saved.mark end`,
        marked_at: sql`case when coalesce(excluded.marked_at, '') > coalesce(saved.marked_at, '') then excluded.marked_at else saved.marked_at end`,
      }),
    )
    .execute();
}

/** Puts every row that a condition holds for under another list or paper; what stands there already is added to. */
async function moveRows(
  db: Kysely<Schema>,
  from: Partial<Pick<SavedRecord, "list" | "paper" | "person">>,
  to: Partial<Pick<SavedRecord, "list" | "paper">>,
): Promise<void> {
  let gone = db.deleteFrom("saved");
  for (const [name, value] of Object.entries(from)) gone = gone.where(name as keyof typeof from, "=", value);
  if (to.list !== undefined) gone = gone.where("removal", "=", "");
  for (const row of await gone.returningAll().execute()) await putRow(db, { ...row, ...to });
}

export function savedTable({ db }: Tables): SavedPapers {
  const rows = () => db.selectFrom("saved").selectAll().where("removal", "=", "");
  return {
    put: (records) =>
      inTransaction(db, async (change) => {
        for (const { list, paper, person, title, savedAt, mark, markedAt } of records)
          await putRow(change, {
            list,
            paper,
            person,
            title,
            saved_at: savedAt?.toISOString() ?? null,
            mark: mark ?? null,
            marked_at: markedAt?.toISOString() ?? null,
            removal: "",
          });
      }),
    inList: async (list) =>
      (
        await rows()
          .where("list", "=", list)
          .orderBy("saved_at", (by) => by.asc().nullsFirst())
          .orderBy("paper")
          .orderBy("person")
          .execute()
      ).map(readSaved),
    ofPapers: async (lists, papers) =>
      lists.length === 0 || papers.length === 0
        ? []
        : (await rows().where("list", "in", lists).where("paper", "in", papers).execute()).map(readSaved),
    move: (row, to) => inTransaction(db, (change) => moveRows(change, row, { list: to })),
    renamePaper: (from, to) =>
      inTransaction(db, async (change) => {
        await moveRows(change, { paper: from }, { paper: to });
        await renameNotes(change, from, to);
        await renamePosted(change, from, to);
      }),
  };
}
