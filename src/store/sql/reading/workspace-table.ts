import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Workspace, Workspaces } from "../../kept/people.ts";
import type { Schema } from "../schema.ts";
import type { Tables } from "../tables.ts";
import { forgetOldBallots } from "../schedule/ballot-tables.ts";
import { CLUB_TABLES, DIGEST_TABLES, FOLLOW_TABLES } from "../schedule/schedule-tables.ts";
import { inTransaction } from "../transaction.ts";

/** What texts of places and people of a workspace begin with: `["slack","T1",`. */
export const beginningOf = ({ platform, server }: Workspace): string =>
  `${JSON.stringify([platform, server]).slice(0, -1)},`;

/** The columns in which such texts stand. */
const BEARING = [
  ["subscription", "place"],
  ["club_slot", "place"],
  ["club", "place"],
  ["follow", "place"],
  ["follow_slot", "place"],
  ["archive", "place"],
  ["taste", "place"],
  ["catchup_mark", "place"],
  ["slot", "place"],
  ["place", "key"],
  ["saved", "person"],
  ["note", "owner"],
  ["note", "person"],
  ["removal", "person"],
  ["reaction", "room"],
  ["reaction", "person"],
  ["posted_paper", "room"],
  ["posting", "room"],
  ["reading_list", "owner"],
  ["mail_request", "owner"],
  ["mailbox", "owner"],
] as const;

/** What stands before a place where its claims are counted. */
const CLAIMS = [DIGEST_TABLES, FOLLOW_TABLES, CLUB_TABLES].map(({ claims }) => claims);

/** Under which keys the claims of a place are counted. */
export const keysOfPlace = (place: string): readonly string[] => CLAIMS.map((claims) => `${claims}${place}`);

/** Removes what matched follows that are gone, and what was nominated and voted for in clubs that are. */
export async function forgetOrphans(db: Kysely<Schema>): Promise<void> {
  await db
    .deleteFrom("follow_match")
    .where("follow", "not in", db.selectFrom("follow").select("id"))
    .execute();
  await forgetOldBallots(db);
}

async function forget(db: Kysely<Schema>, workspace: Workspace): Promise<number> {
  const { platform, server } = workspace;
  const beginning = beginningOf(workspace);
  let count = 0;
  const run = async (statement: ReturnType<typeof sql>): Promise<void> => {
    count += Number((await statement.execute(db)).numAffectedRows ?? 0);
  };
  const begins = (column: string) => sql`substr(${sql.ref(column)}, 1, ${beginning.length}) = ${beginning}`;
  await run(sql`delete from saved where list in (select id from reading_list where ${begins("owner")})`);
  const boxes = sql`select place from mailbox where ${begins("owner")}`;
  await run(sql`delete from subscription where place in (${boxes})`);
  await run(sql`delete from slot where place in (${boxes})`);
  await run(sql`delete from place where key in (${boxes})`);
  for (const [table, column] of BEARING)
    await run(sql`delete from ${sql.table(table)} where ${begins(column)}`);
  for (const start of keysOfPlace(beginning))
    await run(sql`delete from place where substr(key, 1, ${start.length}) = ${start}`);
  await forgetOrphans(db);
  await run(sql`update reading_list set created_by = '' where ${begins("created_by")}`);
  await run(sql`delete from preference where key = ${`zone:${platform}:${server}`}`);
  await run(sql`delete from audit where platform = ${platform} and server = ${server}`);
  await run(sql`delete from installation where id = ${`${platform}:${server}`}`);
  await db.deleteFrom("departure").where("platform", "=", platform).where("server", "=", server).execute();
  return count;
}

/** The servers whose places and people are kept. */
async function known(db: Kysely<Schema>, platform: string): Promise<readonly string[]> {
  const beginning = `${JSON.stringify([platform]).slice(0, -1)},`;
  const parts = BEARING.map(
    ([table, column]) =>
      sql`select json_extract(${sql.ref(column)}, '$[1]') as server from ${sql.table(table)} where substr(${sql.ref(column)}, 1, ${beginning.length}) = ${beginning}`,
  );
  const { rows } = await sql<{
    server: string;
  }>`select distinct server from (${sql.join(parts, sql` union `)}) as found
    where server <> '' and server not in (select server from departure where platform = ${platform}) order by server`.execute(
    db,
  );
  return rows.map(({ server }) => server);
}

/** Servers and workspaces that removed the app. */
export function workspaceTable({ db, now }: Tables): Workspaces {
  return {
    async left({ platform, server }) {
      await db
        .insertInto("departure")
        .values({ platform, server, left_at: now().toISOString() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async back({ platform, server }) {
      await db
        .deleteFrom("departure")
        .where("platform", "=", platform)
        .where("server", "=", server)
        .execute();
    },
    async departed() {
      const rows = await db.selectFrom("departure").selectAll().orderBy("left_at").execute();
      return rows.map(({ platform, server, left_at }) => ({ platform, server, leftAt: new Date(left_at) }));
    },
    known: (platform) => known(db, platform),
    forget: (workspace) => inTransaction(db, (change) => forget(change, workspace)),
  };
}
