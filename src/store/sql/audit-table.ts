import type { ExpressionBuilder, Kysely, Selectable } from "kysely";
import type { Audit, AuditRecord, AuditScope, Deed } from "../kept/audit.ts";
import type { Schema } from "./schema.ts";
import type { Tables } from "./tables.ts";
import { inTransaction } from "./transaction.ts";

/** How long deeds are kept, in milliseconds: a year. */
const LIFE = 365 * 24 * 60 * 60 * 1000;

const oldest = (now: Date): string => new Date(now.getTime() - LIFE).toISOString();

async function forgetOld(db: Kysely<Schema>, now: Date): Promise<void> {
  await db.deleteFrom("audit").where("at", "<", oldest(now)).execute();
}

/** Notes a deed within the transaction that does it. */
export async function noteIn(db: Kysely<Schema>, now: Date, deed: Deed): Promise<void> {
  const { platform, server = null, channel = null, direct, by, action, subject, detail } = deed;
  const place = { platform, server, channel, direct: direct === true ? 1 : 0 };
  await db
    .insertInto("audit")
    .values({ at: now.toISOString(), ...place, by, action, subject, detail })
    .execute();
  await forgetOld(db, now);
}

/** Makes a change, and where it is somebody's deed notes that in the same transaction. Nothing is noted where nothing changed (`false`). */
export async function withDeed<T>(
  { db, now }: Tables,
  deed: Deed | undefined,
  change: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  if (deed === undefined) return change(db);
  return inTransaction(db, async (transaction) => {
    const result = await change(transaction);
    if (result !== false) await noteIn(transaction, now(), deed);
    return result;
  });
}

/** A deed as it is kept. */
export function readRecord(row: Selectable<Schema["audit"]>): AuditRecord {
  const { at, platform, server, channel, direct, by, action, subject, detail } = row;
  return {
    at: new Date(at),
    platform,
    ...(server === null ? {} : { server }),
    ...(channel === null ? {} : { channel }),
    ...(direct === 1 ? { direct: true } : {}),
    by,
    action,
    subject,
    detail,
  };
}

const within = (scope: AuditScope | undefined, now: Date) => (row: ExpressionBuilder<Schema, "audit">) =>
  row.and([
    row("at", ">=", oldest(now)),
    ...(scope === undefined ? [] : [row("platform", "=", scope.platform)]),
    ...(scope !== undefined && "server" in scope
      ? [row("server", "=", scope.server), row("direct", "=", 0)]
      : []),
    ...(scope !== undefined && "channel" in scope ? [row("channel", "=", scope.channel)] : []),
  ]);

export function auditTable(tables: Tables): Audit {
  const { db, now } = tables;
  return {
    note: (deed) => withDeed(tables, deed, () => Promise.resolve()),
    async page(scope, { offset, limit }) {
      const asked = db.selectFrom("audit").where(within(scope, now()));
      const { total } = await asked
        .select(({ fn }) => fn.countAll<number>().as("total"))
        .executeTakeFirstOrThrow();
      // By their order: clocks are set.
      const rows = await asked.selectAll().orderBy("id", "desc").offset(offset).limit(limit).execute();
      return { records: rows.map(readRecord), total };
    },
    forgetOld: () => forgetOld(db, now()),
  };
}
