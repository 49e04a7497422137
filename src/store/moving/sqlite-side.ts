import { setImmediate as nextTurn } from "node:timers/promises";
import Database from "libsql";
import type { Row, Side } from "./side.ts";
import { MOVING, TOGETHER } from "./side.ts";

/** How long a statement waits for another process, in milliseconds. */
const BUSY_TIMEOUT = 5000;

const quote = (name: string): string => `"${name}"`;

async function* rowsOf(database: Database.Database, table: string): AsyncGenerator<readonly Row[]> {
  // The number of a row may be a column of the table's own.
  const page = database.prepare(
    `select rowid as moved_row, * from ${quote(table)} where rowid > ? order by rowid limit ${TOGETHER}`,
  );
  for (let last = -1; ;) {
    const rows = page.all(last) as (Row & { readonly moved_row: number })[];
    yield rows.map(({ moved_row: _number, ...row }) => row);
    if (rows.length < TOGETHER) return;
    last = rows.at(-1)?.moved_row ?? last;
    await nextTurn();
  }
}

function put(database: Database.Database, table: string, rows: readonly Row[]): void {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  const insert = database.prepare(
    `insert into ${quote(table)} (${columns.map(quote).join(", ")}) values (${columns.map(() => "?").join(", ")})`,
  );
  for (const row of rows) insert.run(...columns.map((column) => row[column] ?? null));
}

/** The database of a state folder, which is there. */
export function openSqliteSide(file: string): Side {
  const database = new Database(file);
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  database.pragma("synchronous = FULL");
  database.pragma("secure_delete = on");
  const isMoving = (): boolean =>
    database.prepare("select 1 from sqlite_master where name = ?").get(MOVING) !== undefined;
  return {
    name: file,
    rows: (table) => rowsOf(database, table),
    async fill(table, rows) {
      database.exec("begin immediate");
      try {
        database.exec(`delete from ${quote(table)}`);
        for await (const some of rows) put(database, table, some);
        database.exec("commit");
      } catch (error) {
        database.exec("rollback");
        throw error;
      }
    },
    async begunFrom() {
      if (!isMoving()) return undefined;
      const row = database.prepare(`select source from ${MOVING}`).get() as { source: string } | undefined;
      return row?.source;
    },
    async begin(source) {
      database.exec(`create table if not exists ${MOVING} (source text not null); delete from ${MOVING}`);
      database.prepare(`insert into ${MOVING} values (?)`).run(source);
    },
    async end() {
      database.exec(`drop table if exists ${MOVING}`);
    },
    async close() {
      database.close();
    },
  };
}
