import { readFileSync } from "node:fs";
import type { ClientBase, PoolClient } from "pg";
import { Pool, types } from "pg";
import type { Host, PostgresAddress } from "./address.ts";
import { troubleOf } from "./trouble.ts";

/** Limits of time and number. */
const LIMITS = {
  /** Connections of one program; a server takes 100 by default (max_connections). */
  connections: 8,
  /** How long a connection is waited for, in milliseconds. */
  connect: 5000,
  /** How long an answer is waited for, in milliseconds; a little more than the server works at it. */
  answer: 25_000,
  /** How long the server works at a statement and waits within a transaction, in milliseconds. */
  statement: 20_000,
  /** How long a statement waits for a lock, in milliseconds: less than all others may take. */
  lock: 10_000,
  /** How long a connection that is not used is kept, in milliseconds. */
  idle: 60_000,
};

/** What is asked over a connection. */
export interface Connection {
  readonly query: (text: string, values?: readonly unknown[]) => Promise<Answer>;
  /** Calls with each notification until the signal comes (resolves) or the connection breaks (rejects). */
  readonly notified: (told: () => void, signal: AbortSignal) => Promise<void>;
  /** Gives it back; a broken one is not used again, nor are the others of its server. */
  readonly release: () => void;
}

/** What the server answered. */
interface Answer {
  readonly rows: readonly unknown[];
  readonly rowCount: number | null;
  readonly command: string;
}

/** The servers of a database, as one that is written. */
export interface Hosts {
  /** A connection to a server that is written, whichever of them that is now. */
  readonly connect: () => Promise<Connection>;
  readonly end: () => Promise<void>;
}

/** The number of a type in PostgreSQL: counts, which come as text, since they can be greater than a number of JavaScript. */
const INT8 = 20;

const parsers = {
  getTypeParser: (id: number, format?: "text" | "binary") =>
    id === INT8 ? Number : types.getTypeParser(id, format),
};

/** PostgreSQL keeps no character 0 in a text, where SQLite does. */
const keepable = (value: unknown): unknown =>
  typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\u{fffd}") : value;

function sslOf({ sslMode, sslRootCert }: PostgresAddress): object | false {
  if (sslMode === "disable") return false;
  const ca = sslRootCert === undefined ? {} : { ca: readFileSync(sslRootCert, "utf8") };
  return { rejectUnauthorized: sslMode === "verify-full", ...ca };
}

/** Refuses a server that is a replica, or may only be read otherwise: what target_session_attrs=read-write means. */
async function requireWritable(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ only: string }>(
    "select current_setting('transaction_read_only') as only",
  );
  if (rows[0]?.only !== "off") throw new Error("The server may only be read");
}

/** The pool waits for what this gives, which its types do not say. */
const onConnect: (client: ClientBase) => unknown = requireWritable;

function openPool(address: PostgresAddress, { host, port }: Host): Pool {
  const { user, password, database } = address;
  const pool = new Pool({
    host,
    port,
    database,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ssl: sslOf(address),
    max: LIMITS.connections,
    connectionTimeoutMillis: LIMITS.connect,
    idleTimeoutMillis: LIMITS.idle,
    query_timeout: LIMITS.answer,
    statement_timeout: LIMITS.statement,
    lock_timeout: LIMITS.lock,
    idle_in_transaction_session_timeout: LIMITS.statement,
    keepAlive: true,
    application_name: "paperboy",
    types: parsers,
    onConnect,
  });
  // A connection that breaks while nobody uses it is left out by the pool itself.
  pool.on("error", () => undefined);
  return pool;
}

/** A client of a pool, and whether its connection broke. */
interface Held {
  readonly client: PoolClient;
  broken: boolean;
}

/** Waits for notifications until a signal comes, or the connection breaks. */
const notified = (held: Held, told: () => void, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const { client } = held;
    const over = (end: () => void) => (): void => {
      client.removeListener("notification", told);
      client.removeListener("error", fail);
      client.removeListener("end", fail);
      signal.removeEventListener("abort", done);
      end();
    };
    const fail = over(() => {
      held.broken = true;
      reject(new Error("Connection terminated"));
    });
    const done = over(resolve);
    client.on("notification", told);
    client.on("error", fail);
    client.on("end", fail);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });

/** A connection over a client; `leave` is called when it is given back broken. */
function connectionOver(client: PoolClient, leave: () => void): Connection {
  const held: Held = { client, broken: false };
  // Without a listener an error between two questions would end the program.
  const onError = (): void => void (held.broken = true);
  client.on("error", onError);
  return {
    async query(text, values = []) {
      try {
        return values.length === 0
          ? await client.query(text)
          : await client.query(text, values.map(keepable));
      } catch (error) {
        if (troubleOf(error) === "lost") held.broken = true;
        throw error;
      }
    },
    notified: (told, signal) => notified(held, told, signal),
    release() {
      client.removeListener("error", onError);
      client.release(held.broken);
      if (held.broken) leave();
    },
  };
}

export function openHosts(address: PostgresAddress): Hosts {
  const pools = address.hosts.map((host) => openPool(address, host));
  let current = 0;
  /** Whether `end` was called: no pool is opened after it. */
  let ended = false;
  /** Leaves all connections to a server: one that stopped or may only be read now has no other use for them either. */
  const leave = (i: number, pool: Pool): void => {
    const host = address.hosts[i];
    if (ended || host === undefined || pools[i] !== pool) return;
    pools[i] = openPool(address, host);
    void pool.end().catch(() => undefined);
  };
  return {
    async connect() {
      let failed: unknown;
      for (let turn = 0; turn < pools.length; turn++) {
        const i = (current + turn) % pools.length;
        const pool = pools[i];
        if (pool === undefined) continue;
        try {
          const client = await pool.connect();
          current = i;
          return connectionOver(client, () => leave(i, pool));
        } catch (error) {
          if (ended || troubleOf(error) === "no") throw error;
          failed ??= error;
        }
      }
      throw failed;
    },
    async end() {
      ended = true;
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}
