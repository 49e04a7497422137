import { access } from "node:fs/promises";
import path from "node:path";
import type { Log } from "../../../src/log.ts";
import type { SharedRecord } from "../../../src/store/kept/record.ts";
import type { Store } from "../../../src/store/store.ts";
import { UserError } from "../../../src/user-error.ts";
import type { Settings } from "../settings/settings.ts";
import { now } from "../surroundings.ts";
import { DATABASE_FILE } from "./database-file.ts";

/** Which database, with which keys. */
type Where = Pick<Settings, "library" | "keys" | "database">;

/** Opens the database for an order about what it holds; no program is told where it fails. */
export async function openToChange({ library: { state }, keys, database }: Where): Promise<Store> {
  if (database !== undefined)
    return (await import("../../../src/store/postgres.ts")).openPostgresStore(database, now, {
      state,
      ...keys,
    });
  const { openSqliteStore } = await import("../../../src/store/sqlite.ts");
  return openSqliteStore(path.join(state, DATABASE_FILE), now, keys);
}

/** Throws a UserError where there is no database yet; `so` says what follows. */
export async function requireDatabase({ library, database }: Where, so: string): Promise<void> {
  if (database !== undefined) return;
  const file = path.join(library.state, DATABASE_FILE);
  await access(file).catch(() => {
    throw new UserError(`There is no database at ${file}, and so ${so}.`);
  });
}

/** Opens the database; loading what that takes 0.1 s, which most commands need not wait for. */
export async function openStore(settings: Where, reads: boolean, log: Log): Promise<Store> {
  const { library, keys, database } = settings;
  const { guardStore } = await import("../../../src/store/guarded.ts");
  if (database !== undefined)
    return guardStore(await openToChange({ library, database, keys: { ...keys, seal: !reads } }), {
      name: database.shown,
      log,
    });
  const file = path.join(library.state, DATABASE_FILE);
  if (reads) return (await import("../../../src/store/read-only.ts")).openStoreToRead(file, now);
  return guardStore(await openToChange(settings), { name: file, file, log });
}

/** The record of papers that machines share; undefined where there is none. */
export async function openRecord({ database }: Pick<Where, "database">): Promise<SharedRecord | undefined> {
  if (database === undefined) return undefined;
  return (await import("../../../src/store/postgres/record.ts")).openPostgresRecord(database);
}
