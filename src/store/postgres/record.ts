import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SharedExtent, SharedRecord } from "../kept/record.ts";
import type { PostgresAddress } from "./address.ts";
import { beginChange, commitChange, TOKEN_TABLE } from "./changes.ts";
import type { Connection, Hosts } from "./hosts.ts";
import { openHosts } from "./hosts.ts";
import { PREPARING } from "./prepare.ts";
import type { Patience } from "./retrying.ts";
import { createRetrying } from "./retrying.ts";

/** The record as rows: which it is, and its bytes in pieces by where they begin. */
const TABLES = `
create table if not exists paper_record (
  one integer primary key check (one = 1),
  id uuid not null,
  generation text,
  bytes bigint not null
);
create table if not exists paper_piece (
  generation text collate "C" not null,
  start bigint not null,
  lines bytea not null,
  primary key (generation, start)
);
insert into paper_record (one, id, generation, bytes) values (1, '${randomUUID()}', null, 0) on conflict do nothing;
`;

/** The channel on which the server tells of changes. */
const CHANNEL = "paper_record";

/** Pieces that are fetched at once: some megabytes. */
const FETCHED = 8;

/** How long is waited before the server is listened to again, in milliseconds. */
const AGAIN = 2000;

/** How long a start waits for the server before it goes on with its copy. */
const SHORTLY: Patience = { most: 3000, pause: 100, longest: 500 };

type Row = { readonly id: string; readonly generation: string | null; readonly bytes: number };

async function withConnection<T>(hosts: Hosts, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await hosts.connect();
  try {
    return await work(connection);
  } finally {
    connection.release();
  }
}

/** Makes a change, and tells all who listen; `false` takes it back. */
const changing = (hosts: Hosts, work: (connection: Connection) => Promise<boolean>): Promise<boolean> =>
  withConnection(hosts, async (connection) => {
    const token = await beginChange(connection, "");
    try {
      if (!(await work(connection))) {
        await connection.query("rollback");
        return false;
      }
      await connection.query(`notify ${CHANNEL}`);
    } catch (error) {
      await connection.query("rollback").catch(() => undefined);
      throw error;
    }
    await commitChange(hosts, connection, token);
    return true;
  });

/** Says what the record holds from now on, where it holds just `at`. */
async function claim(
  connection: Connection,
  at: SharedExtent | undefined,
  to: SharedExtent,
): Promise<boolean> {
  const { rowCount } = await connection.query(
    "update paper_record set generation = $1, bytes = $2 where generation is not distinct from $3 and bytes = $4",
    [to.generation, to.bytes, at?.generation ?? null, at?.bytes ?? 0],
  );
  return rowCount === 1;
}

const put = (connection: Connection, generation: string, start: number, lines: Buffer) =>
  connection.query("insert into paper_piece (generation, start, lines) values ($1, $2, $3)", [
    generation,
    start,
    lines,
  ]);

async function* piecesAfter(hosts: Hosts, { generation, bytes }: SharedExtent): AsyncGenerator<Buffer> {
  let at = bytes;
  for (;;) {
    const { rows } = await withConnection(hosts, (connection) =>
      connection.query(
        `select start, lines from paper_piece where generation = $1 and start + length(lines) > $2 order by start limit ${FETCHED}`,
        [generation, at],
      ),
    );
    for (const { start, lines } of rows as readonly { start: number; lines: Buffer }[]) {
      // A copy whose machine failed may end within a piece.
      const rest = lines.subarray(at - start);
      at = start + lines.length;
      yield rest;
    }
    if (rows.length < FETCHED) return;
  }
}

/** Listens until it is ended, over a connection of its own, and again when that breaks; whoever follows looks at times all the same. */
function listen(hosts: Hosts, changed: () => void): () => Promise<void> {
  const stop = new AbortController();
  const once = async (): Promise<void> => {
    const connection = await hosts.connect();
    try {
      await connection.query(`listen ${CHANNEL}`);
      // What was changed before the server told.
      changed();
      await connection.notified(changed, stop.signal);
    } finally {
      await connection.query(`unlisten ${CHANNEL}`).catch(() => undefined);
      connection.release();
    }
  };
  const on = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await once().catch(() => undefined);
      if (!stop.signal.aborted) await sleep(AGAIN, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const listening = on();
  return () => {
    stop.abort();
    return listening;
  };
}

/** Makes the tables where they are not there. */
const prepare = (hosts: Hosts): Promise<void> =>
  withConnection(hosts, async (connection) => {
    const { rows } = await connection.query("select to_regclass('paper_piece') is not null as there");
    if ((rows[0] as { there: boolean }).there) return;
    await connection
      .query(`begin; select pg_advisory_xact_lock(${PREPARING}); ${TOKEN_TABLE}; ${TABLES} commit`)
      .catch(async (error: unknown) => {
        await connection.query("rollback").catch(() => undefined);
        throw error;
      });
  });

/**
 * The record of a database. Nothing is asked before a method is called, and what fails then may go well later: failures are those of
 * a store on PostgreSQL.
 */
export function openPostgresRecord(address: PostgresAddress, patience: Patience = SHORTLY): SharedRecord {
  const hosts = openHosts(address);
  const retry = createRetrying(patience);
  let isPrepared = false;
  const run = <T>(work: () => Promise<T>): Promise<T> =>
    retry("record", async () => {
      if (!isPrepared) await prepare(hosts);
      isPrepared = true;
      return work();
    });
  const row = (): Promise<Row> =>
    run(async () => {
      const { rows } = await withConnection(hosts, (connection) =>
        connection.query("select id, generation, bytes from paper_record"),
      );
      return rows[0] as Row;
    });
  return {
    id: async () => (await row()).id,
    async extent() {
      const { generation, bytes } = await row();
      return generation === null ? undefined : { generation, bytes };
    },
    after: (from) => piecesAfter(hosts, from),
    append: (at, lines) =>
      run(() =>
        changing(hosts, async (connection) => {
          if (!(await claim(connection, at, { ...at, bytes: at.bytes + lines.length }))) return false;
          await put(connection, at.generation, at.bytes, lines);
          return true;
        }),
      ),
    replace: (at, generation, pieces) =>
      run(() =>
        changing(hosts, async (connection) => {
          let bytes = 0;
          for await (const piece of pieces()) {
            await put(connection, generation, bytes, piece);
            bytes += piece.length;
          }
          if (!(await claim(connection, at, { generation, bytes }))) return false;
          await connection.query("delete from paper_piece where generation <> $1", [generation]);
          return true;
        }),
      ),
    watch: (changed) => listen(hosts, changed),
    close: () => hosts.end(),
  };
}
