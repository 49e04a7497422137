import type { Forgotten, PersonRef, PersonRows } from "../store/kept/people.ts";
import { userOf } from "./reader.ts";

/** A person as the tables know one. */
export function personRef(person: string): PersonRef {
  const [platform = "", workspace = ""] = JSON.parse(person) as readonly string[];
  return { key: person, platform, user: userOf(person), ...(workspace === "" ? {} : { workspace }) };
}

/** The body of what is sent, as it is kept; its text where it cannot be read. */
function bodyOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Everything that is kept of a person, for that person to read and to take away. */
export function ownData(person: string, rows: PersonRows): Readonly<Record<string, unknown>> {
  const { key: _key, ...about } = personRef(person);
  const names = new Map(rows.lists.map(({ id, name }) => [id, name === "" ? "your reading list" : name]));
  return {
    person: about,
    lists: rows.lists.map(({ name, owner, createdAt, createdBy }) => ({
      name: name === "" ? "your reading list" : name,
      of: owner === person ? "you" : "a channel",
      ...(owner === person ? {} : { channel: owner, madeByYou: createdBy === person }),
      createdAt,
    })),
    saved: rows.saved.map(({ list, person: _person, ...saved }) => ({
      list: names.get(list) ?? list,
      ...saved,
    })),
    notes: rows.notes.map(({ owner, person: _person, ...note }) => ({
      readBy: owner === person ? "you" : "a channel",
      ...(owner === person ? {} : { channel: owner }),
      ...note,
    })),
    reactions: rows.reactions.map(({ room, message, name, at, papers }) => ({
      reaction: name,
      channel: room,
      message,
      at,
      papers,
    })),
    removedLately: rows.removals.map(({ what, removedAt }) => ({ what, removedAt })),
    mail: rows.mail,
    digests: rows.subscriptions.map(({ body }) => bodyOf(body)),
    clubVotes: rows.votes.map(({ place, paper, title }) => ({
      channel: place,
      paper,
      ...(title === null ? {} : { title }),
    })),
    clubNominations: rows.nominations.map(({ place, paper, title }) => ({ channel: place, paper, title })),
    caughtUp: rows.caughtUp.map(({ place, at }) => ({ channel: place, until: at })),
    changes: rows.deeds,
  };
}

const count = (number: number, one: string, many = `${one}s`): string[] =>
  number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];

/** What was removed with a person. */
export function forgottenWords({ lists, saved, notes, reactions, subscriptions }: Forgotten): string {
  const parts = [
    ...count(saved, "saved paper"),
    ...count(lists, "list"),
    ...count(notes, "note"),
    ...count(reactions, "reaction"),
    ...count(subscriptions, "digest or follow of yours", "digests and follows of yours"),
  ];
  return parts.length === 0 ? "Nothing of your own was kept." : `Removed: ${parts.join(", ")}.`;
}

/** What stays, and why; nothing of it bears a name. */
export function keptWords({ kept }: Forgotten): readonly string[] {
  const parts = [
    ...count(kept.subscriptions, "digest or follow of a channel", "digests and follows of channels"),
    ...count(kept.lists, "list that channels share", "lists that channels share"),
    ...count(kept.deeds, "row of who changed what", "rows of who changed what"),
  ];
  if (parts.length === 0) return [];
  const why =
    kept.deeds === 0
      ? ""
      : " Who manages a server has to see for a year what was changed there, so that these rows say “somebody who was forgotten”.";
  return [`What stays, without your name: ${parts.join(", ")}.${why}`];
}
