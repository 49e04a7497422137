import type { Kysely } from "kysely";
import { sql } from "kysely";
import { readRecord } from "../audit-table.ts";
import type { Forgotten, People, PersonRef, PersonRows } from "../../kept/people.ts";
import type { Schema } from "../schema.ts";
import type { Tables } from "../tables.ts";
import { inTransaction } from "../transaction.ts";
import { bodyPart } from "./body-part.ts";
import { readList } from "./list-table.ts";
import { readNote } from "./note-table.ts";
import { forgetBallots, isWithin, nominationsOf, votesOf } from "../schedule/own-ballots.ts";
import { reactionsOf } from "./reaction-table.ts";
import { readRemoval } from "./removal-table.ts";
import { readSaved } from "./saved-table.ts";
import { forgetOrphans, keysOfPlace } from "./workspace-table.ts";

/** Who did something that is left without a name. */
const NOBODY = "somebody who was forgotten";

/** What is sent on a schedule, and the tables of what was sent. */
const SENT = [
  { made: "subscription", slots: "slot" },
  { made: "follow", slots: "follow_slot" },
  { made: "club", slots: "club_slot" },
] as const;

type Made = (typeof SENT)[number]["made"];

/** What a person set up. */
function madeBy(db: Kysely<Schema>, table: Made, { platform, workspace, user }: PersonRef) {
  const made = db
    .selectFrom(table)
    .select(["id", "place", "body", bodyPart("$.place.direct").as("direct")])
    .where(bodyPart("$.createdBy"), "=", user)
    .where(bodyPart("$.place.platform"), "=", platform)
    .orderBy("id");
  return workspace === undefined ? made : made.where(bodyPart("$.place.server"), "=", workspace);
}

/** What a person set up of either kind. */
async function allMadeBy(db: Kysely<Schema>, person: PersonRef) {
  const rows = [];
  for (const { made } of SENT)
    for (const row of await madeBy(db, made, person).execute()) rows.push({ ...row, table: made });
  return rows;
}

/** The same person as owner of mailboxes. */
const mailOwner = ({ platform, workspace = "", user }: PersonRef): string =>
  JSON.stringify([platform, workspace, user]);

/** The same person as somebody who catches up. */
const markOwner = ({ platform, user }: PersonRef): string => JSON.stringify([platform, user]);

/** What a person did to digests by e-mail, which nobody else reads. */
const mailDeedsOf = (db: Kysely<Schema>, { user }: PersonRef) =>
  db.selectFrom("audit").where("platform", "=", "mail").where("by", "=", user);

/** Removes a person's mailboxes; gives the places of their digests. */
async function forgetMail(db: Kysely<Schema>, person: PersonRef): Promise<readonly string[]> {
  const owner = mailOwner(person);
  const boxes = await db.deleteFrom("mailbox").where("owner", "=", owner).returning("place").execute();
  await db.deleteFrom("mail_request").where("owner", "=", owner).execute();
  await db.deleteFrom("audit").where("id", "in", mailDeedsOf(db, person).select("id")).execute();
  return boxes.map(({ place }) => place);
}

function deedsOf(db: Kysely<Schema>, { platform, workspace, user }: PersonRef) {
  const done = db.selectFrom("audit").where("platform", "=", platform).where("by", "=", user);
  return workspace === undefined ? done : done.where("server", "=", workspace);
}

/** Removes what is sent to a person alone, with all that is known of that conversation; how many digests and follows those were. */
async function forgetDirect(
  db: Kysely<Schema>,
  places: readonly string[],
  platform: string,
): Promise<number> {
  let count = 0;
  for (const place of places) {
    for (const { made, slots } of SENT) {
      const gone = await db.deleteFrom(made).where("place", "=", place).returning("id").execute();
      count += gone.length;
      await db.deleteFrom(slots).where("place", "=", place).execute();
    }
    for (const table of ["archive", "taste"] as const)
      await db.deleteFrom(table).where("place", "=", place).execute();
    await db.deleteFrom("place").where("key", "in", keysOfPlace(place)).execute();
    const [, , channel] = JSON.parse(place) as readonly string[];
    await db.deleteFrom("preference").where("key", "=", `zone:${platform}:${channel}`).execute();
  }
  await forgetOrphans(db);
  return count;
}

/** The places of direct conversations in which a person set something up, also of what was ended since. */
async function directPlaces(db: Kysely<Schema>, person: PersonRef): Promise<readonly string[]> {
  const made = (await allMadeBy(db, person)).filter((one) => Number(one.direct) === 1);
  const deeds = await deedsOf(db, person)
    .select(["server", "channel"])
    .where("direct", "=", 1)
    .where("channel", "is not", null)
    .distinct()
    .execute();
  const { platform } = person;
  return [
    ...made.map(({ place }) => place),
    ...deeds.map(({ server, channel }) => JSON.stringify([platform, server ?? "", channel])),
  ];
}

/** Takes the person out of what channels have. */
async function unname(db: Kysely<Schema>, person: PersonRef): Promise<Forgotten["kept"]> {
  const lists = await db
    .updateTable("reading_list")
    .set({ created_by: "" })
    .where("created_by", "=", person.key)
    .returning("id")
    .execute();
  const left = await allMadeBy(db, person);
  for (const { id, table } of left)
    await db
      .updateTable(table)
      .set({ body: sql`json_set(body, '$.createdBy', '')` })
      .where("id", "=", id)
      .execute();
  await db
    .deleteFrom("audit")
    .where("id", "in", deedsOf(db, person).where("direct", "=", 1).select("id"))
    .execute();
  const deeds = await db
    .updateTable("audit")
    .set({ by: NOBODY })
    .where("id", "in", deedsOf(db, person).select("id"))
    .returning("id")
    .execute();
  return { lists: lists.length, subscriptions: left.length, deeds: deeds.length };
}

/** Forgets up to when a person has caught up. */
async function forgetMarks(db: Kysely<Schema>, person: PersonRef): Promise<void> {
  const marks = db.deleteFrom("catchup_mark").where("person", "=", markOwner(person));
  await marks.where(isWithin(person)).execute();
}

/** How many rows count: those of a removal are gone already. */
const live = (rows: readonly { readonly removal: string }[]): number =>
  rows.filter(({ removal }) => removal === "").length;

async function forget(db: Kysely<Schema>, person: PersonRef): Promise<Forgotten> {
  const { key, platform } = person;
  await forgetMarks(db, person);
  await forgetBallots(db, person);
  const notes = await db.deleteFrom("note").where("person", "=", key).returning("removal").execute();
  const saved = await db.deleteFrom("saved").where("person", "=", key).returning("removal").execute();
  const lists = await db
    .deleteFrom("reading_list")
    .where("owner", "=", key)
    .returning(["name", "removal"])
    .execute();
  await db.deleteFrom("removal").where("person", "=", key).execute();
  const reactions = await db.deleteFrom("reaction").where("person", "=", key).returning("name").execute();
  const places = [...new Set([...(await directPlaces(db, person)), ...(await forgetMail(db, person))])];
  return {
    notes: live(notes),
    saved: live(saved),
    reactions: reactions.length,
    lists: live(lists.filter(({ name }) => name !== "")),
    subscriptions: await forgetDirect(db, places, platform),
    kept: await unname(db, person),
  };
}

/** The addresses of a person, and the digests that go to them. */
async function mailOf(db: Kysely<Schema>, person: PersonRef) {
  const owner = mailOwner(person);
  const boxes = await db
    .selectFrom("mailbox")
    .select(["address", "place"])
    .where("owner", "=", owner)
    .execute();
  const asked = await db.selectFrom("mail_request").select("address").where("owner", "=", owner).execute();
  const byMail = await db
    .selectFrom("subscription")
    .select(["id", "place", "body"])
    .where(
      "place",
      "in",
      boxes.map(({ place }) => place),
    )
    .execute();
  const mail = [
    ...boxes.map(({ address }) => ({ address, confirmed: true })),
    ...asked.map(({ address }) => ({ address, confirmed: false })),
  ];
  return { mail, byMail };
}

/** Up to when a person has caught up where. */
async function marksOf(db: Kysely<Schema>, person: PersonRef): Promise<PersonRows["caughtUp"]> {
  const marks = db.selectFrom("catchup_mark").select(["place", "at"]);
  const own = marks.where("person", "=", markOwner(person)).where(isWithin(person));
  return (await own.orderBy("place").execute()).map(({ place, at }) => ({ place, at: new Date(at) }));
}

/** Everything that is kept of a person. */
async function rowsOf(db: Kysely<Schema>, person: PersonRef): Promise<PersonRows> {
  const { key } = person;
  const lists = await db
    .selectFrom("reading_list")
    .selectAll()
    .where((row) => row.or([row("owner", "=", key), row("created_by", "=", key)]))
    .orderBy("created_at")
    .execute();
  const saved = await db
    .selectFrom("saved")
    .selectAll()
    .where("person", "=", key)
    .orderBy("saved_at", (by) => by.asc().nullsFirst())
    .execute();
  const notes = await db
    .selectFrom("note")
    .selectAll()
    .where("person", "=", key)
    .orderBy("written_at")
    .execute();
  const removals = await db.selectFrom("removal").selectAll().where("person", "=", key).execute();
  const deeds = await deedsOf(db, person).selectAll().orderBy("id").execute();
  const { mail, byMail } = await mailOf(db, person);
  const mailDeeds = await mailDeedsOf(db, person).selectAll().orderBy("id").execute();
  const made = [...(await allMadeBy(db, person)), ...byMail];
  return {
    lists: lists.map(readList),
    saved: saved.map(readSaved),
    notes: notes.map(readNote),
    removals: removals.map(readRemoval),
    reactions: await reactionsOf(db, key),
    subscriptions: made.map(({ id, place, body }) => ({ id, place, body })),
    mail,
    votes: await votesOf(db, person),
    nominations: await nominationsOf(db, person),
    caughtUp: await marksOf(db, person),
    deeds: [...deeds, ...mailDeeds].map(readRecord),
  };
}

/** What is kept about people, over all tables. */
export function peopleTable({ db }: Tables): People {
  return {
    rowsOf: (person) => rowsOf(db, person),
    forget: (person) =>
      inTransaction(db, async (change) => {
        // A removal by others that had nothing but this person's rows brings nothing back.
        return forget(change, person);
      }),
  };
}
