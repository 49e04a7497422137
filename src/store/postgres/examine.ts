import type { Examined } from "../examine.ts";
import { migrations } from "../sql/migrations.ts";
import { TABLES } from "../sql/schema.ts";
import type { PostgresAddress } from "./address.ts";
import type { Connection } from "./hosts.ts";
import { openHosts } from "./hosts.ts";
import { saidBy } from "./trouble.ts";

async function namesOf(connection: Connection, statement: string): Promise<readonly string[]> {
  const { rows } = await connection.query(statement);
  return (rows as readonly { name: string }[]).map(({ name }) => name);
}

async function look(connection: Connection): Promise<Examined> {
  const known = Object.keys(await migrations.getMigrations());
  const tables = await namesOf(
    connection,
    "select table_name as name from information_schema.tables where table_schema = current_schema()",
  );
  if (!tables.includes("kysely_migration")) return { kind: "missing" };
  const changes = await namesOf(connection, "select name from kysely_migration");
  const strange = changes.find((name) => !known.includes(name));
  if (strange !== undefined) return { kind: "newer", change: strange };
  const missing = changes.length < known.length ? [] : TABLES.filter((name) => !tables.includes(name));
  if (missing.length > 0) return { kind: "damaged", found: `it lacks ${missing.join(", ")}` };
  return { kind: "sound", changes: changes.length, known: known.length };
}

/** Looks at a database on a server, also while others write it, and changes nothing. */
export async function examinePostgres(address: PostgresAddress): Promise<Examined> {
  const hosts = openHosts(address);
  try {
    const connection = await hosts.connect();
    try {
      return await look(connection);
    } finally {
      connection.release();
    }
  } catch (error) {
    return { kind: "unreachable", found: saidBy(error) };
  } finally {
    await hosts.end();
  }
}

/** How much the clock of this machine is ahead of the server's, in milliseconds, as exactly as the answer was quick. */
export async function clockAhead(address: PostgresAddress, now: () => Date): Promise<number> {
  const hosts = openHosts(address);
  try {
    const connection = await hosts.connect();
    try {
      const before = now().getTime();
      const { rows } = await connection.query(
        "select extract(epoch from clock_timestamp())::float8 * 1000 as at",
      );
      return (before + now().getTime()) / 2 - (rows[0] as { at: number }).at;
    } finally {
      connection.release();
    }
  } finally {
    await hosts.end();
  }
}
