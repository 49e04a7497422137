import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Schema } from "../schema.ts";

/**
 * Writes the file of an SQLite database anew, so that no page of it and of its log holds what rows held before. While
 * another program reads, that cannot be (false); it is tried again at the next start.
 */
export async function scrubFile(db: Kysely<Schema>): Promise<boolean> {
  try {
    await sql`vacuum`.execute(db);
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
    return rows[0]?.busy !== 1;
  } catch (error) {
    if (error instanceof Error && /BUSY|locked/i.test(`${error.message} ${String(error.cause)}`))
      return false;
    throw error;
  }
}
