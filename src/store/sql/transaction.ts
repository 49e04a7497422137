import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/**
 * Does work wholly or not at all. It begins with a write, so that SQLite waits for its lock instead of failing at the first
 * write. Within a transaction it is a part of that.
 */
export async function inTransaction<T>(
  db: Kysely<Schema>,
  work: (transaction: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  if (db.isTransaction) return work(db);
  let cause: unknown;
  try {
    return await db.transaction().execute(async (transaction) => {
      try {
        return await work(transaction);
      } catch (error) {
        cause = error;
        throw error;
      }
    });
  } catch (error) {
    // Where SQLite has taken the transaction back by itself, kysely throws that it cannot take it back.
    throw cause ?? error;
  }
}
