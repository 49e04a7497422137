import type { Selectable } from "kysely";
import type { AskedPapers, SourceRecord, SourceRecords, Turns, Validators } from "../store.ts";
import type { Schema } from "./schema.ts";
import type { Tables } from "./tables.ts";
import { inTransaction } from "./transaction.ts";

export function turnTable({ db }: Tables): Turns {
  const freeAt = async (key: string): Promise<Date | undefined> => {
    const row = await db.selectFrom("turn").select("free_at").where("key", "=", key).executeTakeFirst();
    return row === undefined ? undefined : new Date(row.free_at);
  };
  return {
    async take({ key, holder, now, until, ahead }) {
      const facts = { holder, since: now.toISOString(), free_at: until.toISOString() };
      // One statement: of those who ask at once, the first makes the condition false for all others.
      const taken = await db
        .insertInto("turn")
        .values({ key, ...facts })
        .onConflict((conflict) =>
          conflict
            .column("key")
            .doUpdateSet(facts)
            .where((turn) =>
              turn.or([
                turn("turn.free_at", "<=", now.toISOString()),
                turn("turn.since", ">", ahead.toISOString()),
              ]),
            ),
        )
        .returning("key")
        .executeTakeFirst();
      // A turn that was ended between the two statements is free from then on, which may be now.
      return taken === undefined ? ((await freeAt(key)) ?? now) : undefined;
    },
    async free({ key, holder, now, freeAt: at }) {
      await db
        .updateTable("turn")
        .set({ since: now.toISOString(), free_at: at.toISOString() })
        .where("key", "=", key)
        .where("holder", "=", holder)
        .execute();
    },
  };
}

export function validatorTable({ db }: Tables): Validators {
  return {
    async get(url) {
      const row = await db
        .selectFrom("validator")
        .select(["etag", "last_modified"])
        .where("url", "=", url)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return {
        ...(row.etag === null ? {} : { etag: row.etag }),
        ...(row.last_modified === null ? {} : { lastModified: row.last_modified }),
      };
    },
    async put(url, { etag = null, lastModified = null }) {
      const facts = { etag, last_modified: lastModified };
      await db
        .insertInto("validator")
        .values({ url, ...facts })
        .onConflict((conflict) => conflict.column("url").doUpdateSet(facts))
        .execute();
    },
  };
}

function readRecord(row: Selectable<Schema["source"]>): SourceRecord {
  const { source, unread, failures } = row;
  return {
    source,
    failures,
    ...(unread === null ? {} : { unread }),
    ...(row.read_at === null ? {} : { readAt: new Date(row.read_at) }),
    ...(row.whole_at === null ? {} : { wholeAt: new Date(row.whole_at) }),
    ...(row.failed_since === null ? {} : { failedSince: new Date(row.failed_since) }),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

const untouched = { unread: null, read_at: null, whole_at: null, failed_since: null, failures: 0 };

/** Ends the failures in a row that were counted; again where another process counted one meanwhile. */
async function recordSuccess(tables: Tables, source: string, whole: boolean): Promise<number> {
  const read_at = tables.now().toISOString();
  const row = await tables.db
    .selectFrom("source")
    .select("failures")
    .where("source", "=", source)
    .executeTakeFirst();
  const failures = row?.failures ?? 0;
  const facts = { read_at, failures: 0, failed_since: null, ...(whole ? { whole_at: read_at } : {}) };
  const recorded = await tables.db
    .insertInto("source")
    .values({ ...untouched, source, ...facts })
    .onConflict((conflict) =>
      conflict.column("source").doUpdateSet(facts).where("source.failures", "=", failures),
    )
    .returning("source")
    .executeTakeFirst();
  return recorded === undefined ? recordSuccess(tables, source, whole) : failures;
}

export function sourceTable(tables: Tables): SourceRecords {
  const { db, now } = tables;
  return {
    async find(source) {
      const row = await db.selectFrom("source").selectAll().where("source", "=", source).executeTakeFirst();
      return row === undefined ? undefined : readRecord(row);
    },
    async listRead(source, unread) {
      // A day more than today: the calendar of the furthest zone.
      const tomorrow = new Date(now().getTime() + DAY_MS).toISOString().slice(0, 10);
      await db
        .insertInto("source")
        .values({ ...untouched, source, unread })
        .onConflict((conflict) =>
          conflict
            .column("source")
            .doUpdateSet({ unread })
            .where((row) =>
              row.or([
                row("source.unread", "is", null),
                row("source.unread", "<", unread),
                row("source.unread", ">", tomorrow),
              ]),
            ),
        )
        .execute();
    },
    worked: (source, whole) => recordSuccess(tables, source, whole),
    async failed(source) {
      const failed_since = now().toISOString();
      const { failures } = await db
        .insertInto("source")
        .values({ ...untouched, source, failed_since, failures: 1 })
        .onConflict((conflict) =>
          conflict.column("source").doUpdateSet((row) => ({
            failures: row("source.failures", "+", 1),
            failed_since: row.fn.coalesce("source.failed_since", row.val(failed_since)),
          })),
        )
        .returning("failures")
        .executeTakeFirstOrThrow();
      return failures;
    },
  };
}

/** SQLite takes at most 32,766 values a statement (sqlite.org/limits.html); few keep statements short. */
const IDS_AT_ONCE = 500;

/** What was asked for is of no use after so many days. */
const KEPT_DAYS = 30;

/** Pieces of a list. */
const inPieces = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / IDS_AT_ONCE) }, (_none, i) =>
    ids.slice(i * IDS_AT_ONCE, (i + 1) * IDS_AT_ONCE),
  );

export function askedTable({ db, now }: Tables): AskedPapers {
  return {
    async since(service, ids, time) {
      const found: string[] = [];
      for (const some of inPieces(ids)) {
        const rows = await db
          .selectFrom("asked")
          .select("id")
          .where("service", "=", service)
          .where("id", "in", some)
          .where("asked_at", ">=", time.toISOString())
          .where("asked_at", "<=", now().toISOString())
          .execute();
        found.push(...rows.map(({ id }) => id));
      }
      return new Set(found);
    },
    async note(service, ids) {
      const asked_at = now().toISOString();
      const old = new Date(now().getTime() - KEPT_DAYS * DAY_MS).toISOString();
      await db.deleteFrom("asked").where("asked_at", "<", old).execute();
      for (const some of inPieces([...new Set(ids)]))
        await db
          .insertInto("asked")
          .values(some.map((id) => ({ service, id, asked_at })))
          .onConflict((conflict) => conflict.columns(["service", "id"]).doUpdateSet({ asked_at }))
          .execute();
    },
  };
}

/** Empties the tables of sources, validators and what was asked for, all or none. Turns stay: services ask for them. */
export async function forgetSources({ db }: Tables): Promise<void> {
  await inTransaction(db, async (change) => {
    await change.deleteFrom("source").execute();
    await change.deleteFrom("validator").execute();
    await change.deleteFrom("asked").execute();
  });
}
