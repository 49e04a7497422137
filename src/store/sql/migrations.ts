import type { Kysely, Migration, MigrationProvider } from "kysely";

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

/**
 * All steps from an empty database to `Schema`, in the order of their names. A step that was released is never changed;
 * a change is a new step.
 */
export const migrations: MigrationProvider = {
  getMigrations: () => Promise.resolve({ "0001-first": first }),
};
