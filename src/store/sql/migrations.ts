import { randomBytes } from "node:crypto";
import type { Kysely, Migration, MigrationProvider } from "kysely";
import { sql } from "kysely";
import { departures, postings, reading, tastes } from "./reading/migration.ts";
import { ballotsOfNone, catchUp, club, follow } from "./schedule/migrations.ts";

/** The first tables: button texts, installations, and what is done once. */
const first: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("button")
      .addColumn("key", "text", (column) => column.primaryKey())
      .addColumn("text", "text", (column) => column.notNull())
      .addColumn("used_at", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("installation")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("text", "text", (column) => column.notNull())
      .addColumn("saved_at", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("once")
      .addColumn("key", "text", (column) => column.primaryKey())
      .addColumn("until", "text", (column) => column.notNull())
      .execute();
  },
};

/** What digests need: subscriptions, the ledger of their slots, and how often each place was claimed. */
const digest: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("subscription")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("place", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("subscription_place").on("subscription").column("place").execute();
    await db.schema
      .createTable("slot")
      .addColumn("subscription", "text", (column) => column.notNull())
      .addColumn("date", "text", (column) => column.notNull())
      .addColumn("place", "text", (column) => column.notNull())
      .addColumn("due_at", "text", (column) => column.notNull())
      .addColumn("open", "integer", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("version", "integer", (column) => column.notNull())
      .addPrimaryKeyConstraint("slot_key", ["subscription", "date"])
      .execute();
    await db.schema.createIndex("slot_place").on("slot").column("place").execute();
    await db.schema.createIndex("slot_open").on("slot").column("open").execute();
    await db.schema
      .createTable("place")
      .addColumn("key", "text", (column) => column.primaryKey())
      .addColumn("claims", "integer", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("preference")
      .addColumn("key", "text", (column) => column.primaryKey())
      .addColumn("value", "text", (column) => column.notNull())
      .execute();
  },
};

/** What sources on the network need: turns and validators of their services, and how far each has been read. */
const sources: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("turn")
      .addColumn("key", "text", (column) => column.primaryKey())
      .addColumn("holder", "text", (column) => column.notNull())
      .addColumn("free_at", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("validator")
      .addColumn("url", "text", (column) => column.primaryKey())
      .addColumn("etag", "text")
      .addColumn("last_modified", "text")
      .execute();
    await db.schema
      .createTable("source")
      .addColumn("source", "text", (column) => column.primaryKey())
      .addColumn("unread", "text")
      .addColumn("read_at", "text")
      .addColumn("whole_at", "text")
      .addColumn("failed_since", "text")
      .addColumn("failures", "integer", (column) => column.notNull())
      .execute();
  },
};

/**
 * When rows were written, by which those of a clock that was ahead are known: what is older counts as written when it was
 * due, what was missed twelve hours later, and turns when they end.
 */
const writingTimes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable("slot")
      .addColumn("written_at", "text", (column) => column.notNull().defaultTo(""))
      .execute();
    const { rows } = await sql`select date from slot limit 1`.execute(db);
    const later = sql`strftime('%Y-%m-%dT%H:%M:%fZ', due_at, '+12 hours')`;
    // Rows of then there are in SQLite alone.
    if (rows.length > 0)
      await sql`update slot set written_at = case when body like '%"missed"%' then ${later} else due_at end`.execute(
        db,
      );
    await db.schema
      .alterTable("turn")
      .addColumn("since", "text", (column) => column.notNull().defaultTo(""))
      .execute();
    await sql`update turn set since = free_at`.execute(db);
  },
};

/** For which papers services were asked, and when. */
const asked: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("asked")
      .addColumn("service", "text", (column) => column.notNull())
      .addColumn("id", "text", (column) => column.notNull())
      .addColumn("asked_at", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("asked_key", ["service", "id"])
      .execute();
  },
};

/** What installations are sealed with: the salt of passphrases, and the key that seals at present. */
const sealing: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("sealing")
      .addColumn("one", "integer", (column) => column.primaryKey())
      .addColumn("salt", "text", (column) => column.notNull())
      .addColumn("key_id", "text")
      .addColumn("scrubbed", "integer", (column) => column.notNull())
      .execute();
    const salt = randomBytes(16).toString("hex");
    await sql`insert into sealing (one, salt, key_id, scrubbed) values (1, ${salt}, null, 1)`.execute(db);
  },
};

/** Who changed what. */
const audit: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("audit")
      .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
      .addColumn("at", "text", (column) => column.notNull())
      .addColumn("platform", "text", (column) => column.notNull())
      .addColumn("server", "text")
      .addColumn("channel", "text")
      .addColumn("direct", "integer", (column) => column.notNull())
      .addColumn("by", "text", (column) => column.notNull())
      .addColumn("action", "text", (column) => column.notNull())
      .addColumn("subject", "text", (column) => column.notNull())
      .addColumn("detail", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("audit_at").on("audit").column("at").execute();
    await db.schema.createIndex("audit_server").on("audit").columns(["platform", "server"]).execute();
  },
};

/** Who may ask by the API. */
const apiKeys: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("api_key")
      .addColumn("name", "text", (column) => column.primaryKey())
      .addColumn("hash", "text", (column) => column.notNull().unique())
      .addColumn("created_at", "text", (column) => column.notNull())
      .execute();
  },
};

/** Which channels' digests may be read by whoever has the address. */
const archives: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("archive")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("place", "text", (column) => column.notNull().unique())
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("published", "integer", (column) => column.notNull())
      .execute();
  },
};

/** The addresses that digests go to by e-mail, and those that are still to be confirmed. */
const mail: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("mailbox")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("owner", "text", (column) => column.notNull())
      .addColumn("address", "text", (column) => column.notNull())
      .addColumn("place", "text", (column) => column.notNull())
      .addColumn("leave", "text", (column) => column.notNull().unique())
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("refusals", "integer", (column) => column.notNull())
      .addUniqueConstraint("mailbox_owner", ["owner", "address"])
      .execute();
    await db.schema.createIndex("mailbox_place").on("mailbox").column("place").execute();
    await db.schema
      .createTable("mail_request")
      .addColumn("token", "text", (column) => column.primaryKey())
      .addColumn("owner", "text", (column) => column.notNull())
      .addColumn("address", "text", (column) => column.notNull())
      .addColumn("inbox", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("until", "text", (column) => column.notNull())
      .addColumn("made_at", "text", (column) => column.notNull())
      .addColumn("send_at", "text")
      .execute();
    await db.schema.createIndex("mail_request_inbox").on("mail_request").column("inbox").execute();
    await db.schema.createIndex("mail_request_owner").on("mail_request").column("owner").execute();
  },
};

/**
 * All steps from an empty database to `Schema`, in the order of their names. A step that was released is never changed;
 * a change is a new step.
 */
export const migrations: MigrationProvider = {
  getMigrations: () =>
    Promise.resolve({
      "0001-first": first,
      "0002-digest": digest,
      "0003-sources": sources,
      "0004-writing-times": writingTimes,
      "0005-asked": asked,
      "0006-sealing": sealing,
      "0007-audit": audit,
      "0008-api-key": apiKeys,
      "0009-reading": reading,
      "0010-archive": archives,
      "0011-mail": mail,
      "0012-follow": follow,
      "0013-catchup": catchUp,
      "0014-club": club,
      "0015-departure": departures,
      "0016-posting": postings,
      "0017-ballots-of-none": ballotsOfNone,
      "0018-taste": tastes,
    }),
};
