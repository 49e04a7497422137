import type { Generated } from "kysely";

/** The tables as the newest migration leaves them. Times are ISO 8601 in UTC, which sort as text. */
export interface Schema {
  readonly button: { readonly key: string; readonly text: string; readonly used_at: string };
  /** `text` is sealed; what an earlier version left in clear is sealed when the database is opened. */
  readonly installation: { readonly id: string; readonly text: string; readonly saved_at: string };
  readonly preference: { readonly key: string; readonly value: string };
  readonly subscription: { readonly id: string; readonly place: string; readonly body: string };
  /** `open` is 1 or 0, since SQLite has no truth values. */
  readonly slot: {
    readonly subscription: string;
    readonly date: string;
    readonly place: string;
    readonly due_at: string;
    readonly written_at: string;
    readonly open: number;
    readonly body: string;
    readonly version: number;
  };
  /** As `subscription` and `slot`, of follows. */
  readonly follow: { readonly id: string; readonly place: string; readonly body: string };
  readonly follow_slot: Schema["slot"];
  /** Papers in the order in which they were first seen here. `again` is 1 for one that was here under another id. */
  readonly arrival: {
    readonly number: Generated<number>;
    readonly paper: string;
    readonly at: string;
    readonly again: number;
  };
  /** `number` is that of the arrival; `told` is 1 once nothing is left to tell. */
  readonly follow_match: {
    readonly follow: string;
    readonly paper: string;
    readonly number: number;
    readonly told: number;
  };
  /** As `subscription` and `slot`, of journal clubs. */
  readonly club: { readonly id: string; readonly place: string; readonly body: string };
  readonly club_slot: Schema["slot"];
  readonly club_nomination: {
    readonly number: Generated<number>;
    readonly club: string;
    readonly paper: string;
    readonly title: string;
    readonly by: string | null;
  };
  readonly club_vote: { readonly club: string; readonly person: string; readonly paper: string };
  /** Up to when somebody has caught up in a place. */
  readonly catchup_mark: { readonly person: string; readonly place: string; readonly at: string };
  readonly place: { readonly key: string; readonly claims: number };
  readonly once: { readonly key: string; readonly until: string };
  readonly turn: {
    readonly key: string;
    readonly holder: string;
    /** When it was taken or, once it is over, ended. */
    readonly since: string;
    readonly free_at: string;
  };
  readonly validator: {
    readonly url: string;
    readonly etag: string | null;
    readonly last_modified: string | null;
  };
  readonly source: {
    readonly source: string;
    readonly unread: string | null;
    readonly read_at: string | null;
    readonly whole_at: string | null;
    readonly failed_since: string | null;
    readonly failures: number;
  };
  /** `direct` is 1 or 0. */
  readonly audit: {
    readonly id: Generated<number>;
    readonly at: string;
    readonly platform: string;
    readonly server: string | null;
    readonly channel: string | null;
    readonly direct: number;
    readonly by: string;
    readonly action: string;
    readonly subject: string;
    readonly detail: string;
  };
  /** One row: what installations are sealed with. */
  readonly sealing: {
    readonly one: number;
    /** For keys that are made of a passphrase, 16 bytes in hex. */
    readonly salt: string;
    /** The key that was last sealed with. */
    readonly key_id: string | null;
    /** 0 while pages of the file may hold what was in clear, or was sealed with a key that is to be forgotten. */
    readonly scrubbed: number;
  };
  /** `removal` is empty, or the removal by which the row is gone for now; so below. */
  readonly reading_list: {
    readonly id: string;
    readonly owner: string;
    readonly name: string;
    readonly name_key: string;
    readonly created_by: string;
    readonly created_at: string;
    readonly removal: string;
  };
  readonly saved: {
    readonly list: string;
    readonly paper: string;
    readonly person: string;
    readonly title: string;
    readonly saved_at: string | null;
    readonly mark: string | null;
    readonly marked_at: string | null;
    readonly removal: string;
  };
  readonly note: {
    readonly owner: string;
    readonly paper: string;
    readonly person: string;
    readonly title: string;
    readonly text: string;
    readonly written_at: string;
    readonly removal: string;
  };
  readonly removal: {
    readonly id: string;
    readonly person: string;
    readonly what: string;
    readonly removed_at: string;
  };
  /** `place` and `room` are the same but for threads of Discord. */
  readonly posting: {
    readonly room: string;
    readonly message: string;
    readonly place: string;
    readonly thread: string | null;
    readonly link: string | null;
    readonly posted_as: string;
    readonly posted_at: string;
  };
  readonly posted_paper: {
    readonly room: string;
    readonly message: string;
    readonly paper: string;
    readonly position: number;
    readonly title: string;
  };
  readonly reaction: {
    readonly room: string;
    readonly message: string;
    readonly person: string;
    readonly name: string;
    readonly reacted_at: string;
  };
  readonly taste: { readonly place: string; readonly body: string };
  readonly departure: { readonly platform: string; readonly server: string; readonly left_at: string };
  readonly asked: { readonly service: string; readonly id: string; readonly asked_at: string };
  /** `published` is 1 or 0. */
  readonly archive: {
    readonly id: string;
    readonly place: string;
    readonly body: string;
    readonly published: number;
  };
  /** `hash` is SHA-256 of the key, in hex. */
  readonly api_key: { readonly name: string; readonly hash: string; readonly created_at: string };
  readonly mailbox: {
    readonly id: string;
    readonly owner: string;
    readonly address: string;
    readonly place: string;
    readonly leave: string;
    readonly body: string;
    /** Digests in a row that were refused for the address. */
    readonly refusals: number;
  };
  readonly mail_request: {
    readonly token: string;
    readonly owner: string;
    readonly address: string;
    readonly inbox: string;
    readonly body: string;
    readonly until: string;
    readonly made_at: string;
    /** When its letter is to be sent; null once that is done. */
    readonly send_at: string | null;
  };
}

/** The tables of a database that is up to date. */
export const TABLES = Object.keys({
  button: true,
  installation: true,
  preference: true,
  subscription: true,
  slot: true,
  follow: true,
  follow_slot: true,
  arrival: true,
  follow_match: true,
  catchup_mark: true,
  club: true,
  club_slot: true,
  club_nomination: true,
  club_vote: true,
  place: true,
  once: true,
  turn: true,
  validator: true,
  source: true,
  audit: true,
  sealing: true,
  asked: true,
  api_key: true,
  reading_list: true,
  saved: true,
  note: true,
  removal: true,
  posting: true,
  posted_paper: true,
  reaction: true,
  archive: true,
  mailbox: true,
  mail_request: true,
  taste: true,
  departure: true,
} satisfies Record<keyof Schema, true>);
