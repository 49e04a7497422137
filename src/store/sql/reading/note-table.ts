import type { Kysely, Selectable } from "kysely";
import type { NoteRecord, Notes } from "../../kept/reading.ts";
import type { Schema } from "../schema.ts";
import type { Tables } from "../tables.ts";

/** A note as it is kept. */
export const readNote = ({
  written_at,
  removal: _removal,
  ...note
}: Selectable<Schema["note"]>): NoteRecord => ({
  ...note,
  writtenAt: new Date(written_at),
});

/** Puts the notes about a paper under the id that it has by now; of two by one person the later one stays. */
export async function renameNotes(db: Kysely<Schema>, from: string, to: string): Promise<void> {
  const moved = await db.deleteFrom("note").where("paper", "=", from).returningAll().execute();
  for (const row of moved)
    await db
      .insertInto("note")
      .values({ ...row, paper: to })
      .onConflict((conflict) =>
        conflict
          .columns(["owner", "paper", "person", "removal"])
          .doUpdateSet({ text: row.text, title: row.title, written_at: row.written_at })
          .where("note.written_at", "<", row.written_at),
      )
      .execute();
}

/** Puts a note in the place of the one that stands there. */
export async function putNote(db: Kysely<Schema>, row: Selectable<Schema["note"]>): Promise<void> {
  const { title, text, written_at } = row;
  await db
    .insertInto("note")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["owner", "paper", "person", "removal"]).doUpdateSet({ title, text, written_at }),
    )
    .execute();
}

export function noteTable({ db }: Tables): Notes {
  return {
    async put({ writtenAt, ...note }) {
      const written_at = writtenAt.toISOString();
      await putNote(db, { ...note, written_at, removal: "" });
    },
    async ofPapers(owners, papers) {
      if (owners.length === 0 || papers.length === 0) return [];
      const rows = await db
        .selectFrom("note")
        .selectAll()
        .where("owner", "in", owners)
        .where("paper", "in", papers)
        .where("removal", "=", "")
        .orderBy("written_at")
        .orderBy("person")
        .execute();
      return rows.map(readNote);
    },
  };
}
