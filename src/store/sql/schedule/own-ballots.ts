import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { OwnNomination, OwnVote, PersonRef } from "../../kept/people.ts";
import type { Schema } from "../schema.ts";
import { bodyPart } from "../reading/body-part.ts";
import { beginningOf } from "../reading/workspace-table.ts";

/** What texts of places begin with in which a person can be. */
const placesOf = ({ platform, workspace }: PersonRef): string =>
  workspace === undefined
    ? `${JSON.stringify([platform]).slice(0, -1)},`
    : beginningOf({ platform, server: workspace });

/** Whether a place is one in which a person can be. */
export const isWithin = (person: PersonRef) => {
  const beginning = placesOf(person);
  return sql<boolean>`substr(place, 1, ${beginning.length}) = ${beginning}`;
};

/** Removes a person's votes in clubs, and the name from what the person nominated. */
export async function forgetBallots(db: Kysely<Schema>, person: PersonRef): Promise<void> {
  const { user } = person;
  const clubs = db.selectFrom("club").select("id").where(isWithin(person));
  await db.deleteFrom("club_vote").where("person", "=", user).where("club", "in", clubs).execute();
  await db
    .updateTable("club_nomination")
    .set({ by: null })
    .where("by", "=", user)
    .where("club", "in", clubs)
    .execute();
  await db
    .updateTable("club_slot")
    .set({ body: sql`json_remove(body, '$.content.winner.by')` })
    .where(bodyPart("$.content.winner.by"), "=", user)
    .where(isWithin(person))
    .execute();
}

/** What a person votes for in clubs. */
export async function votesOf(db: Kysely<Schema>, person: PersonRef): Promise<readonly OwnVote[]> {
  return db
    .selectFrom("club_vote")
    .innerJoin("club", "club.id", "club_vote.club")
    .leftJoin("club_nomination", (join) =>
      join
        .onRef("club_nomination.club", "=", "club_vote.club")
        .onRef("club_nomination.paper", "=", "club_vote.paper"),
    )
    .select(["club.place", "club_vote.paper", "club_nomination.title"])
    .where("person", "=", person.user)
    .where(isWithin(person))
    .orderBy("club.place")
    .execute();
}

/** What a person nominated: what waits to be chosen, and what was. */
export async function nominationsOf(
  db: Kysely<Schema>,
  person: PersonRef,
): Promise<readonly OwnNomination[]> {
  const waiting = await db
    .selectFrom("club_nomination")
    .innerJoin("club", "club.id", "club_nomination.club")
    .select(["club.place", "club_nomination.paper", "club_nomination.title"])
    .where("by", "=", person.user)
    .where(isWithin(person))
    .orderBy("number")
    .execute();
  const chosen = await db
    .selectFrom("club_slot")
    .select([
      "place",
      bodyPart("$.content.winner.paper").as("paper"),
      bodyPart("$.content.winner.title").as("title"),
    ])
    .where(bodyPart("$.content.winner.by"), "=", person.user)
    .where(isWithin(person))
    .orderBy("date")
    .execute();
  const known = new Set(waiting.map(({ place, paper }) => `${place} ${paper}`));
  const others = new Map(
    chosen.map(({ place, paper, title }) => [
      `${place} ${paper}`,
      { place, paper: String(paper), title: String(title) },
    ]),
  );
  return [...waiting, ...[...others].flatMap(([key, one]) => (known.has(key) ? [] : [one]))];
}
