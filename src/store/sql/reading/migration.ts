import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

/**
 * Lists of papers, what is saved in them, notes about papers, and what was removed lately. A row that was removed bears the id of its removal
 * until that is forgotten; rows that count have an empty one.
 */
export const reading: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("reading_list")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("owner", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("name_key", "text", (column) => column.notNull())
      .addColumn("created_by", "text", (column) => column.notNull())
      .addColumn("created_at", "text", (column) => column.notNull())
      .addColumn("removal", "text", (column) => column.notNull().defaultTo(""))
      .execute();
    await sql`create unique index reading_list_name on reading_list (owner, name_key) where removal = ''`.execute(
      db,
    );
    await db.schema
      .createTable("saved")
      .addColumn("list", "text", (column) => column.notNull())
      .addColumn("paper", "text", (column) => column.notNull())
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("title", "text", (column) => column.notNull())
      .addColumn("saved_at", "text")
      .addColumn("mark", "text")
      .addColumn("marked_at", "text")
      .addColumn("removal", "text", (column) => column.notNull().defaultTo(""))
      .addPrimaryKeyConstraint("saved_key", ["list", "paper", "person", "removal"])
      .execute();
    await db.schema.createIndex("saved_paper").on("saved").column("paper").execute();
    await db.schema.createIndex("saved_person").on("saved").column("person").execute();
    await db.schema
      .createTable("note")
      .addColumn("owner", "text", (column) => column.notNull())
      .addColumn("paper", "text", (column) => column.notNull())
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("title", "text", (column) => column.notNull())
      .addColumn("text", "text", (column) => column.notNull())
      .addColumn("written_at", "text", (column) => column.notNull())
      .addColumn("removal", "text", (column) => column.notNull().defaultTo(""))
      .addPrimaryKeyConstraint("note_key", ["owner", "paper", "person", "removal"])
      .execute();
    await db.schema.createIndex("note_paper").on("note").column("paper").execute();
    await db.schema.createIndex("note_person").on("note").column("person").execute();
    await db.schema
      .createTable("removal")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("what", "text", (column) => column.notNull())
      .addColumn("removed_at", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("removal_person").on("removal").column("person").execute();
  },
};

/** Which servers and workspaces removed the app, and when. */
export const departures: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("departure")
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("server", "text", (column) => column.notNull())
      .addColumn("left_at", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("departure_key", ["platform", "server"])
      .execute();
  },
};

/** Which messages carried which papers, and who reacted to them. */
export const postings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("posting")
      .addColumn("room", "text", (column) => column.notNull())
      .addColumn("message", "text", (column) => column.notNull())
      .addColumn("place", "text", (column) => column.notNull())
      .addColumn("thread", "text")
      .addColumn("link", "text")
      .addColumn("posted_as", "text", (column) => column.notNull())
      .addColumn("posted_at", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("posting_key", ["room", "message"])
      .execute();
    await db.schema.createIndex("posting_place").on("posting").columns(["place", "posted_at"]).execute();
    await db.schema
      .createTable("posted_paper")
      .addColumn("room", "text", (column) => column.notNull())
      .addColumn("message", "text", (column) => column.notNull())
      .addColumn("paper", "text", (column) => column.notNull())
      .addColumn("position", "integer", (column) => column.notNull())
      .addColumn("title", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("posted_paper_key", ["room", "message", "paper"])
      .execute();
    await db.schema.createIndex("posted_paper_paper").on("posted_paper").column("paper").execute();
    await db.schema
      .createTable("reaction")
      .addColumn("room", "text", (column) => column.notNull())
      .addColumn("message", "text", (column) => column.notNull())
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("reacted_at", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("reaction_key", ["room", "message", "person", "name"])
      .execute();
    await db.schema.createIndex("reaction_person").on("reaction").column("person").execute();
  },
};

/** What channels say about their taste. */
export const tastes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("taste")
      .addColumn("place", "text", (column) => column.primaryKey())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
  },
};
