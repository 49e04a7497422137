import { chmod, mkdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Kysely, Migrator, sql, SqliteDialect } from "kysely";
import Database from "libsql";
import { requireFile } from "../files/file-kind.ts";
import { isMissing } from "../files/atomic-file.ts";
import { withFileLock } from "../files/file-lock.ts";
import { storageFaultOf, storageWords } from "./storage-error.ts";
import { UserError } from "../user-error.ts";
import { migrations } from "./sql/migrations.ts";
import type { Schema } from "./sql/schema.ts";
import { TABLES } from "./sql/schema.ts";
import { openTables } from "./sql/open-tables.ts";
import { sealLeft } from "./sql/secrets/sealing.ts";
import { scrubFile } from "./sql/secrets/scrub-file.ts";
import { KEY_FILE } from "./secrets/key-file.ts";
import type { KeySettings } from "./secrets/key-ring.ts";
import { createKeyRing } from "./secrets/key-ring.ts";
import type { Store } from "./store.ts";

/** The name of a database that lies in no file. */
export const IN_MEMORY = ":memory:";

/** How long a statement waits for another process that writes, in milliseconds. */
const BUSY_TIMEOUT = 5000;
/** How often opening is tried while another process migrates, and the pause between, in milliseconds. */
const OPENINGS = { tries: 20, pause: 250 };

/** SQLite's own words when another connection holds the lock (sqlite.org/rescode.html#busy). */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && /SQLITE_BUSY|database is locked/.test(`${error.message} ${String(error.cause)}`);

function connect(file: string): Database.Database {
  const database = new Database(file);
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  // What is committed outlives a power cut.
  database.pragma("synchronous = FULL");
  // What is removed or written over does not stay readable in the file (sqlite.org/pragma.html#pragma_secure_delete).
  database.pragma("secure_delete = on");
  return database;
}

/** SQLite's statements that change tables can be taken back, but kysely does not rely on it. */
function createDialect(file: string): SqliteDialect {
  const dialect = new SqliteDialect({ database: connect(file) });
  const adapter = dialect.createAdapter();
  Object.defineProperty(adapter, "supportsTransactionalDdl", { value: true });
  return Object.assign(dialect, { createAdapter: () => adapter });
}

const tablesOf = async (db: Kysely<Schema>): Promise<ReadonlySet<string>> =>
  new Set((await db.introspection.getTables()).map(({ name }) => name));

/** Refuses a database in which a newer version has made changes; nothing is written. */
async function refuseNewer(db: Kysely<Schema>, file: string, migrator: Migrator): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === "kysely_migration")) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const known = new Set((await migrator.getMigrations()).map(({ name }) => name));
  const strange = rows.find(({ name }) => !known.has(name));
  if (strange === undefined) return;
  throw new UserError(
    `The database ${file} was written by a newer Paperboy (${strange.name}). Install that version again, or set PAPERBOY_STATE to another folder; nothing was changed.`,
  );
}

const damagedError = (file: string, what: string): UserError =>
  new UserError(
    `The database ${file} is damaged: ${what}. Put a backup in its place, or move it away: without it the papers are kept, and digests and installations are set up anew.`,
  );

/** Refuses a database whose pages are damaged (sqlite.org/pragma.html#pragma_quick_check). */
async function refuseDamaged(db: Kysely<Schema>, file: string): Promise<void> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
  const found = rows[0]?.quick_check ?? "ok";
  if (found !== "ok") throw damagedError(file, found.replace(/\s*\n\s*/g, " "));
}

/** Refuses a database that is up to date and lacks a table. */
async function refuseIncomplete(db: Kysely<Schema>, file: string): Promise<void> {
  const tables = await tablesOf(db);
  const missing = TABLES.filter((name) => !tables.has(name));
  if (missing.length > 0) throw damagedError(file, `it lacks ${missing.join(", ")}`);
}

/**
 * Brings the tables up to date: whole or, after a crash, not at all. Kysely has no lock for SQLite, so that two processes
 * that start at once would both make the tables; a file keeps the second waiting until there is nothing to do.
 */
async function migrate(db: Kysely<Schema>, file: string): Promise<void> {
  const migrator = new Migrator({ db, provider: migrations });
  await refuseNewer(db, file, migrator);
  await refuseDamaged(db, file);
  const isCurrent = (await migrator.getMigrations()).every(({ executedAt }) => executedAt !== undefined);
  if (isCurrent) {
    await refuseIncomplete(db, file);
    return;
  }
  const { error, results = [] } =
    file === IN_MEMORY
      ? await migrator.migrateToLatest()
      : await withFileLock(file, () => migrator.migrateToLatest());
  if (error === undefined) return;
  const failed = results.find(({ status }) => status === "Error")?.migrationName ?? "the list of migrations";
  throw new Error(`The database could not be brought up to date at ${failed}`, { cause: error });
}

async function openMigrated(file: string, tries: number): Promise<Kysely<Schema>> {
  let db: Kysely<Schema> | undefined;
  try {
    db = new Kysely<Schema>({ dialect: createDialect(file) });
    await migrate(db, file);
    // Readers never wait for a writer (sqlite.org/wal.html). It is written into the file, so not before that is known.
    await sql`pragma journal_mode = wal`.execute(db);
    return db;
  } catch (error) {
    await db?.destroy();
    if (!isBusy(error) || tries <= 1) throw error;
    await sleep(OPENINGS.pause);
    return openMigrated(file, tries - 1);
  }
}

async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      `The folder ${folder} cannot be made (${code}). Set PAPERBOY_STATE to a folder that Paperboy may write to.`,
    );
  }
}

/** Makes an empty file that only its owner may read, and where it exists takes others' permissions away. */
async function makePrivate(file: string): Promise<void> {
  await writeFile(file, "", { mode: 0o600, flag: "ax" }).catch(async () => {
    if ((await stat(file)).isFile()) await chmod(file, 0o600);
  });
  // SQLite makes these with the permissions of the file, but leaves those that are there as they are.
  for (const end of ["-wal", "-shm"])
    await chmod(`${file}${end}`, 0o600).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
}

/** What tokens are sealed with. */
export interface StoreKeys extends Pick<KeySettings, "passphrase" | "passphraseBefore"> {
  /** Whether what was left in clear, or under an earlier key, is sealed now; default true. Nothing is for a copy. */
  readonly seal?: boolean;
  /** Another key file than the one beside the database, such as that of which this is a copy. */
  readonly keyFile?: string;
}

/**
 * Opens the store in an SQLite file (made with its folder where it is missing) or, with `:memory:`, in memory, and
 * brings its tables up to date. Only the owner may read the file: installations hold tokens. Several processes may have
 * it open. Throws a UserError where the file cannot be written or is no database. Tokens are sealed with the passphrase in
 * the keys, or else with a key file beside the database, which is made when the first one is kept.
 */
export async function openSqliteStore(
  file: string,
  now: () => Date,
  { seal = true, keyFile: other, ...passphrases }: StoreKeys = {},
): Promise<Store> {
  if (file !== IN_MEMORY) {
    await prepareFolder(path.dirname(file));
    await requireFile(file);
    // Before SQLite opens it: the files that SQLite keeps beside it take its permissions. What cannot be made is told
    // below, and whoever shares a file of another owner was let in on purpose.
    await makePrivate(file).catch(() => undefined);
  }
  const db = await openMigrated(file, OPENINGS.tries).catch((error: unknown) => {
    if (error instanceof Error && /unable to open|readonly|SQLITE_CANTOPEN/i.test(error.message)) {
      throw new UserError(
        `The database ${file} cannot be opened for writing. Let the user who runs Paperboy write there, or set PAPERBOY_STATE to another folder.`,
      );
    }
    if (
      error instanceof Error &&
      /not a database|malformed|SQLITE_NOTADB|SQLITE_CORRUPT/i.test(error.message)
    ) {
      throw new UserError(
        `The database ${file} is damaged, or no database. Put a backup in its place, or move it away: without it the papers are kept, and digests and installations are set up anew.`,
      );
    }
    const fault = storageFaultOf(error);
    throw fault === undefined ? error : new UserError(`${storageWords(fault, file)} Nothing was changed.`);
  });
  const tables = { db, now };
  const keyFile = file === IN_MEMORY ? {} : { file: other ?? path.join(path.dirname(file), KEY_FILE) };
  const hasPassphrase = passphrases.passphrase !== undefined;
  const sealing = {
    db,
    ring: createKeyRing({ ...keyFile, ...passphrases }),
    hasPassphrase,
    scrub: () => scrubFile(db),
    ...keyFile,
  };
  if (seal) await sealLeft(sealing);
  return openTables(tables, sealing);
}
