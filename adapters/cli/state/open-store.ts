import path from "node:path";
import type { Log } from "../../../src/log.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Settings } from "../settings/settings.ts";
import { now } from "../surroundings.ts";
import { DATABASE_FILE } from "./database-file.ts";

/** Opens the database; loading what that takes 0.1 s, which most commands need not wait for. */
export async function openStore({ library, keys }: Settings, reads: boolean, log: Log): Promise<Store> {
  const file = path.join(library.state, DATABASE_FILE);
  if (reads) return (await import("../../../src/store/read-only.ts")).openStoreToRead(file, now);
  const { openSqliteStore } = await import("../../../src/store/sqlite.ts");
  const { guardStore } = await import("../../../src/store/guarded.ts");
  return guardStore(await openSqliteStore(file, now, keys), { file, log });
}
