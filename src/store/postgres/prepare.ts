import type { Kysely } from "kysely";
import { Migrator, sql } from "kysely";
import { UserError } from "../../user-error.ts";
import { migrations } from "../sql/migrations.ts";
import type { Schema } from "../sql/schema.ts";
import { TABLES } from "../sql/schema.ts";
import { TOKEN_TABLE } from "./changes.ts";
import type { Connection, Hosts } from "./hosts.ts";
import { LAST_WORD, WORDS } from "./words.ts";

/** Two programs that start at once prepare a database one after the other; the number is Paperboy's own. */
export const PREPARING = 7_232_015_112_030;

/** The lowest version that this was tried with, as PostgreSQL numbers itself. */
const OLDEST = 130_000;

async function tablesOf(db: Kysely<Schema>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    name: string;
  }>`select table_name as name from information_schema.tables where table_schema = current_schema()`.execute(
    db,
  );
  return new Set(rows.map(({ name }) => name));
}

async function refuseStrange(db: Kysely<Schema>, shown: string): Promise<string> {
  const { rows } = await sql<{ schema: string | null; version: number; encoding: string }>`select
    current_schema() as schema, current_setting('server_version_num')::int as version,
    current_setting('server_encoding') as encoding`.execute(db);
  const [found] = rows;
  if (found === undefined || found.schema === null)
    throw new UserError(
      `The database ${shown} has no schema in which tables can be made. Make one: create schema public`,
    );
  if (found.version < OLDEST)
    throw new UserError(
      `The database ${shown} is of PostgreSQL ${Math.floor(found.version / 10_000)}; Paperboy needs 13 or newer.`,
    );
  if (found.encoding !== "UTF8")
    throw new UserError(
      `The database ${shown} keeps texts as ${found.encoding}; it must be UTF8: create database paperboy encoding 'UTF8' template template0`,
    );
  return found.schema;
}

/** Refuses a database in which a newer version has made changes; nothing is written. */
async function refuseNewer(db: Kysely<Schema>, shown: string, known: readonly string[]): Promise<void> {
  if (!(await tablesOf(db)).has("kysely_migration")) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const strange = rows.find(({ name }) => !known.includes(name));
  if (strange === undefined) return;
  throw new UserError(
    `The database ${shown} was written by a newer Paperboy (${strange.name}). Install that version again; nothing was changed.`,
  );
}

async function bringUpToDate(db: Kysely<Schema>, schema: string): Promise<void> {
  const migrator = new Migrator({ db, provider: migrations, migrationTableSchema: schema });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed =
      results.find(({ status }) => status === "Error")?.migrationName ?? "the list of migrations";
    throw new Error(`The database could not be brought up to date at ${failed}`, { cause: error });
  }
}

/** Makes what the statements of the tables need beside the tables. */
async function teachWords(db: Kysely<Schema>, connection: Connection): Promise<void> {
  const { rows } = await sql<{
    there: boolean;
  }>`select to_regprocedure(${LAST_WORD}) is not null as there`.execute(db);
  if (rows[0]?.there !== true) await connection.query(WORDS);
}

/** Brings the tables up to date, one program at a time. Throws a UserError where the database is not one that can be used. */
export async function preparePostgres(db: Kysely<Schema>, hosts: Hosts, shown: string): Promise<void> {
  const connection = await hosts.connect();
  try {
    await connection.query(
      `set lock_timeout = 0; set statement_timeout = '120s'; select pg_advisory_lock(${PREPARING})`,
    );
    await connection.query(TOKEN_TABLE);
    const schema = await refuseStrange(db, shown);
    const known = Object.keys(await migrations.getMigrations());
    await refuseNewer(db, shown, known);
    await teachWords(db, connection);
    await bringUpToDate(db, schema);
    const tables = await tablesOf(db);
    const missing = TABLES.filter((name) => !tables.has(name));
    if (missing.length > 0)
      throw new UserError(
        `The database ${shown} is damaged: it lacks ${missing.join(", ")}. Put a backup in its place (docs/scaling.md), or use an empty database.`,
      );
  } finally {
    await connection
      .query(`select pg_advisory_unlock(${PREPARING}); reset lock_timeout; reset statement_timeout`)
      .catch(() => undefined);
    connection.release();
  }
}
