import type { PostgresAddress } from "../postgres/address.ts";
import { beginChange, commitChange } from "../postgres/changes.ts";
import type { Connection, Hosts } from "../postgres/hosts.ts";
import { openHosts } from "../postgres/hosts.ts";
import type { Row, Side } from "./side.ts";
import { MOVING, TOGETHER } from "./side.ts";

const quote = (name: string): string => `"${name}"`;

async function withConnection<T>(hosts: Hosts, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await hosts.connect();
  try {
    return await work(connection);
  } finally {
    connection.release();
  }
}

async function* rowsOf(hosts: Hosts, table: string): AsyncGenerator<readonly Row[]> {
  for (let last = 0; ;) {
    const { rows } = await withConnection(hosts, (connection) =>
      connection.query(`select * from ${quote(table)} where rowid > $1 order by rowid limit ${TOGETHER}`, [
        last,
      ]),
    );
    const found = rows as readonly (Row & { readonly rowid: number })[];
    yield found.map(({ rowid: _number, ...row }) => row);
    if (found.length < TOGETHER) return;
    last = found.at(-1)?.rowid ?? last;
  }
}

async function put(connection: Connection, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  const places = rows.map(
    (_row, i) => `(${columns.map((_column, j) => `$${i * columns.length + j + 1}`).join(", ")})`,
  );
  await connection.query(
    `insert into ${quote(table)} (${columns.map(quote).join(", ")}) values ${places.join(", ")}`,
    rows.flatMap((row) => columns.map((column) => row[column] ?? null)),
  );
}

/** Lets columns that number themselves go on behind the greatest number that was put. */
async function numberOn(connection: Connection, table: string): Promise<void> {
  const { rows } = await connection.query(
    `select column_name as name from information_schema.columns
      where table_schema = current_schema() and table_name = $1 and is_identity = 'YES' and column_name <> 'rowid'`,
    [table],
  );
  for (const { name } of rows as readonly { name: string }[])
    await connection.query(
      `select setval(pg_get_serial_sequence('${table}', '${name}'), greatest(coalesce(max(${quote(name)}), 0), 1), coalesce(max(${quote(name)}), 0) > 0) from ${quote(table)}`,
    );
}

const fill = (hosts: Hosts, table: string, rows: AsyncIterable<readonly Row[]>): Promise<void> =>
  withConnection(hosts, async (connection) => {
    const token = await beginChange(connection, "");
    try {
      await connection.query(`delete from ${quote(table)}`);
      for await (const some of rows) await put(connection, table, some);
      await numberOn(connection, table);
    } catch (error) {
      await connection.query("rollback").catch(() => undefined);
      throw error;
    }
    await commitChange(hosts, connection, token);
  });

/** A database on PostgreSQL, whose tables are there. */
export function openPostgresSide(address: PostgresAddress): Side {
  const hosts = openHosts(address);
  const ask = async (statement: string, values: readonly unknown[] = []): Promise<readonly unknown[]> =>
    (await withConnection(hosts, (connection) => connection.query(statement, values))).rows;
  return {
    name: address.shown,
    rows: (table) => rowsOf(hosts, table),
    fill: (table, rows) => fill(hosts, table, rows),
    async begunFrom() {
      const [there] = await ask(`select to_regclass('${MOVING}') is not null as there`);
      if (!(there as { there: boolean }).there) return undefined;
      const [row] = await ask(`select source from ${MOVING}`);
      return (row as { source: string } | undefined)?.source;
    },
    async begin(source) {
      await ask(`create table if not exists ${MOVING} (source text not null)`);
      await ask(`delete from ${MOVING}`);
      await ask(`insert into ${MOVING} values ($1)`, [source]);
    },
    async end() {
      await ask(`drop table if exists ${MOVING}`);
    },
    close: () => hosts.end(),
  };
}

/** How many other programs have the database open. */
export async function othersOn(address: PostgresAddress): Promise<number> {
  const hosts = openHosts(address);
  try {
    const { rows } = await withConnection(hosts, (connection) =>
      connection.query(
        "select count(*) as others from pg_stat_activity where application_name = 'paperboy' and datname = current_database() and pid <> pg_backend_pid()",
      ),
    );
    return (rows[0] as { others: number }).others;
  } finally {
    await hosts.end();
  }
}
