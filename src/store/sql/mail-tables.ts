import type { Kysely, Selectable } from "kysely";
import { lately } from "../../clocks-apart.ts";
import type {
  KeptMailRequest,
  Mailboxes,
  MailboxRecord,
  MailLimits,
  MailRequestRecord,
} from "../kept/mail.ts";
import { noteIn } from "./audit-table.ts";
import type { Schema } from "./schema.ts";
import type { Tables } from "./tables.ts";
import { inTransaction } from "./transaction.ts";

const readBox = ({ refusals: _refusals, ...box }: Selectable<Schema["mailbox"]>): MailboxRecord => box;

function readRequest(row: Selectable<Schema["mail_request"]>): KeptMailRequest {
  const { token, owner, address, inbox, body, until, made_at, send_at } = row;
  const kept = { token, owner, address, inbox, body, until: new Date(until), madeAt: new Date(made_at) };
  return send_at === null ? kept : { ...kept, sendAt: new Date(send_at) };
}

async function forgetOld({ db, now }: Tables): Promise<void> {
  await db.deleteFrom("mail_request").where("until", "<=", now().toISOString()).execute();
}

/** How many requests of an inbox or an owner are new. What a clock that was ahead has made does not count. */
async function countNew(
  { db, now }: Tables,
  which: "inbox" | "owner",
  { value, within }: { readonly value: string; readonly within: number },
): Promise<number> {
  const { count } = await db
    .selectFrom("mail_request")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where(which, "=", value)
    .where("made_at", ">", new Date(now().getTime() - within).toISOString())
    .where("made_at", "<=", lately(now()).toISOString())
    .executeTakeFirstOrThrow();
  return count;
}

async function ask(tables: Tables, request: MailRequestRecord, limits: MailLimits) {
  const { within, perInbox, perOwner } = limits;
  return inTransaction(tables.db, async (db) => {
    const inside = { ...tables, db };
    await forgetOld(inside);
    const { inbox, owner } = request;
    if ((await countNew(inside, "inbox", { value: inbox, within })) >= perInbox) return "inbox-full";
    if ((await countNew(inside, "owner", { value: owner, within })) >= perOwner) return "owner-full";
    const { until, ...facts } = request;
    await db
      .insertInto("mail_request")
      .values({ ...facts, until: until.toISOString(), made_at: tables.now().toISOString(), send_at: null })
      .execute();
    return "kept";
  });
}

/** Keeps a mailbox unless its owner has one of the same address; whether it is this one that is kept. */
async function keepBox(db: Kysely<Schema>, box: MailboxRecord): Promise<boolean> {
  await db
    .insertInto("mailbox")
    .values({ ...box, refusals: 0 })
    .onConflict((conflict) => conflict.columns(["owner", "address"]).doNothing())
    .execute();
  const kept = await db
    .selectFrom("mailbox")
    .select("id")
    .where("owner", "=", box.owner)
    .where("address", "=", box.address)
    .executeTakeFirst();
  return kept?.id === box.id;
}

/** Takes a transaction back and says why. */
class TakenBack extends Error {}

const confirm = ({ db, now }: Tables): Mailboxes["confirm"] =>
  async function confirmRequest(token, mailbox, { subscription, deed }) {
    try {
      return await inTransaction(db, async (change) => {
        const ended = await change
          .deleteFrom("mail_request")
          .where("token", "=", token)
          .where("until", ">", now().toISOString())
          .returning("token")
          .executeTakeFirst();
        if (ended === undefined) return "unknown";
        if (!(await keepBox(change, mailbox))) throw new TakenBack();
        await change.insertInto("subscription").values(subscription).execute();
        await noteIn(change, now(), deed);
        return "confirmed";
      });
    } catch (error) {
      if (error instanceof TakenBack) return "other";
      throw error;
    }
  };

/** Removes mailboxes of a place that has no digest any more. */
export async function forgetEmptyBox(db: Kysely<Schema>, place: string): Promise<void> {
  await db
    .deleteFrom("mailbox")
    .where("place", "=", place)
    .where((box) =>
      box.not(box.exists(box.selectFrom("subscription").select("id").where("place", "=", place))),
    )
    .execute();
}

/** What is kept of requests. */
function requestTable(
  tables: Tables,
): Pick<Mailboxes, "ask" | "asked" | "unsent" | "renew" | "confirm" | "forgetOld"> {
  const { db, now } = tables;
  const current = () => db.selectFrom("mail_request").selectAll().where("until", ">", now().toISOString());
  return {
    ask: (request, limits) => ask(tables, request, limits),
    async asked(token) {
      const row = await current().where("token", "=", token).executeTakeFirst();
      return row && readRequest(row);
    },
    unsent: async () =>
      (await current().where("send_at", "<=", now().toISOString()).execute()).map(readRequest),
    async renew(token, renewed) {
      const changed = await db
        .updateTable("mail_request")
        .set({ token: renewed.token, send_at: renewed.sendAt?.toISOString() ?? null })
        .where("token", "=", token)
        .returning("token")
        .executeTakeFirst();
      return changed !== undefined;
    },
    confirm: confirm(tables),
    forgetOld: () => forgetOld(tables),
  };
}

export function mailTables(tables: Tables): Mailboxes {
  const { db } = tables;
  const boxes = () => db.selectFrom("mailbox").selectAll();
  const one = async (column: "id" | "leave", value: string): Promise<MailboxRecord | undefined> => {
    const row = await boxes().where(column, "=", value).executeTakeFirst();
    return row && readBox(row);
  };
  return {
    ...requestTable(tables),
    find: (id) => one("id", id),
    get: (leave) => one("leave", leave),
    ofOwner: async (owner) =>
      (await boxes().where("owner", "=", owner).orderBy("address").execute()).map(readBox),
    async refused(id) {
      const row = await db
        .updateTable("mailbox")
        .set((box) => ({ refusals: box("refusals", "+", 1) }))
        .where("id", "=", id)
        .returning("refusals")
        .executeTakeFirst();
      return row?.refusals ?? 0;
    },
    async taken(id) {
      await db
        .updateTable("mailbox")
        .set({ refusals: 0 })
        .where("id", "=", id)
        .where("refusals", ">", 0)
        .execute();
    },
  };
}
