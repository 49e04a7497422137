import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

/** The two tables of a kind of thing that is sent on a schedule. */
async function makeScheduleTables(db: Kysely<unknown>, subscription: string, slot: string): Promise<void> {
  await db.schema
    .createTable(subscription)
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("place", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex(`${subscription}_place`).on(subscription).column("place").execute();
  await db.schema
    .createTable(slot)
    .addColumn("subscription", "text", (column) => column.notNull())
    .addColumn("date", "text", (column) => column.notNull())
    .addColumn("place", "text", (column) => column.notNull())
    .addColumn("due_at", "text", (column) => column.notNull())
    .addColumn("written_at", "text", (column) => column.notNull())
    .addColumn("open", "integer", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint(`${slot}_key`, ["subscription", "date"])
    .execute();
  await db.schema.createIndex(`${slot}_place`).on(slot).column("place").execute();
  await db.schema.createIndex(`${slot}_open`).on(slot).column("open").execute();
}

/** What follows need: as digests, and which papers arrived when and match whom. */
export const follow: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await makeScheduleTables(db, "follow", "follow_slot");
    await db.schema
      .createTable("arrival")
      .addColumn("number", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("paper", "text", (column) => column.notNull().unique())
      .addColumn("at", "text", (column) => column.notNull())
      .addColumn("again", "integer", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("follow_match")
      .addColumn("follow", "text", (column) => column.notNull())
      .addColumn("paper", "text", (column) => column.notNull())
      .addColumn("number", "integer", (column) => column.notNull())
      .addColumn("told", "integer", (column) => column.notNull())
      .addPrimaryKeyConstraint("follow_match_key", ["follow", "paper"])
      .execute();
    await db.schema
      .createIndex("follow_match_waiting")
      .on("follow_match")
      .columns(["told", "follow"])
      .execute();
  },
};

/** Up to when people have caught up. */
export const catchUp: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("catchup_mark")
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("place", "text", (column) => column.notNull())
      .addColumn("at", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("catchup_mark_key", ["person", "place"])
      .execute();
  },
};

/** What journal clubs need: as digests, and who nominated what and votes for it. */
export const club: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await makeScheduleTables(db, "club", "club_slot");
    await db.schema
      .createTable("club_nomination")
      .addColumn("number", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("club", "text", (column) => column.notNull())
      .addColumn("paper", "text", (column) => column.notNull())
      .addColumn("title", "text", (column) => column.notNull())
      .addColumn("by", "text")
      .addUniqueConstraint("club_nomination_once", ["club", "paper"])
      .execute();
    await db.schema
      .createTable("club_vote")
      .addColumn("club", "text", (column) => column.notNull())
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("paper", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("club_vote_key", ["club", "person"])
      .execute();
  },
};

/** Nominations and votes go with their club; those of clubs that ended before go now. */
export const ballotsOfNone: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const table of ["club_vote", "club_nomination"])
      await sql`delete from ${sql.table(table)} where club not in (select id from club)`.execute(db);
  },
};
