import { onTestFinished } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";

/** A real store in memory, or in `file`, that closes with the test. */
export async function openTestStore(file = ":memory:", now: () => Date = () => new Date()): Promise<Store> {
  const store = await openSqliteStore(file, now);
  onTestFinished(() => store.close());
  return store;
}
