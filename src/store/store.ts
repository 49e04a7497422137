import type { Ballots } from "./kept/clubs.ts";
import type { Arrivals, Marks, Matches } from "./kept/arrivals.ts";
import type { Audit, Deed } from "./kept/audit.ts";
import type { People, Workspaces } from "./kept/people.ts";
import type { Postings } from "./kept/postings.ts";
import type { Tastes } from "./kept/tastes.ts";
import type { Notes, ReadingLists, Removals, SavedPapers } from "./kept/reading.ts";
import type { Mailboxes } from "./kept/mail.ts";

/**
 * What has to outlive the program. One port for every database; `test/store/contract.ts` is what each of them must
 * hold. What a method has resolved for is on disk. A `deed` is noted in the same transaction as the change.
 */
export interface Store {
  readonly audit: Audit;
  readonly buttons: ButtonTexts;
  readonly installations: Installations;
  readonly once: Once;
  readonly subscriptions: Subscriptions;
  readonly slots: Slots;
  /** Those of follows, as `subscriptions` and `slots` are those of digests. */
  readonly follows: Subscriptions;
  readonly followSlots: Slots;
  readonly arrivals: Arrivals;
  readonly matches: Matches;
  readonly marks: Marks;
  /** Those of journal clubs. */
  readonly clubs: Subscriptions;
  readonly clubSlots: Slots;
  readonly ballots: Ballots;
  readonly tastes: Tastes;
  readonly preferences: Preferences;
  readonly turns: Turns;
  readonly validators: Validators;
  readonly sources: SourceRecords;
  readonly asked: AskedPapers;
  readonly keys: ApiKeys;
  readonly lists: ReadingLists;
  readonly saved: SavedPapers;
  readonly notes: Notes;
  readonly removals: Removals;
  readonly postings: Postings;
  readonly archives: Archives;
  readonly mail: Mailboxes;
  readonly people: People;
  readonly workspaces: Workspaces;
  /** Forgets how far sources were read and what their answers were marked with and asked for, for papers that are gone. */
  readonly forgetSources: () => Promise<void>;
  /**
   * Does work wholly or, where it rejects, not at all; nobody sees a part of it. It works with the store that it is given and
   * with no other, and may be done again where the server gave way in between.
   */
  readonly together: <T>(work: (store: Omit<Store, "together">) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** The texts behind buttons that are too long for a button's own id. They are kept for a year after they were last used. */
export interface ButtonTexts {
  readonly keep: (key: string, text: string) => Promise<void>;
  readonly recall: (key: string) => Promise<string | undefined>;
}

/**
 * The workspaces and organisations an app is installed in, by the platform's own id; `text` is what its SDK wants back, with
 * its tokens. It is kept sealed, so that the database alone opens no workspace.
 */
export interface Installations {
  /** Takes the place of an earlier one with the same id. */
  readonly save: (id: string, text: string, deed?: Deed) => Promise<void>;
  /** The same, only where the text is still the one that was read. False where it is not, and nothing is saved. */
  readonly replace: (id: string, before: string, text: string) => Promise<boolean>;
  /** Undefined where there is none, and where the key that it was sealed with is not there. */
  readonly find: (id: string) => Promise<string | undefined>;
  /** Removing what is not there is no error, and nobody's deed. */
  readonly remove: (id: string, deed?: Deed) => Promise<void>;
  /** How the installations that are kept are sealed. */
  readonly seals: () => Promise<Seals>;
  /**
   * Seals all anew: with the passphrase where there is one, and else with a new key in the key file; forgets the keys
   * before. May be killed at any moment, and done while others have the database open.
   */
  readonly rekey: () => Promise<Seals>;
}

/** How installations are sealed. */
export interface Seals {
  /** Those that can be read, by their ids. */
  readonly readable: readonly string[];
  /** Those that no key opens that is there. */
  readonly lost: readonly string[];
  /** How many of the readable ones are not sealed, since there is no key for it. */
  readonly clear: number;
  /** What is wrong with the keys, in words for the operator. */
  readonly trouble?: string;
}

/** Things to be done once, such as answering an event that may be delivered again. */
export interface Once {
  /**
   * Whether this is the first time, over all processes, that `key` is claimed within its time; it is then taken for
   * `milliseconds` from now. A key is always claimed for the same time: a claim that ends later was made by a clock that
   * was ahead, and is void.
   */
  readonly claim: (key: string, milliseconds: number) => Promise<boolean>;
  /** Gives up what was claimed, so that it can be claimed at once; what is not claimed is no error. */
  readonly release: (key: string) => Promise<void>;
}

/** A digest that a channel gets. `place` is one text for one channel; `body` is what its owner wants back. */
export interface SubscriptionRecord {
  readonly id: string;
  readonly place: string;
  readonly body: string;
}

export interface Subscriptions {
  /** Takes the place of an earlier one with the same id. */
  readonly put: (record: SubscriptionRecord, deed?: Deed) => Promise<void>;
  readonly find: (id: string) => Promise<SubscriptionRecord | undefined>;
  /** In the order of their ids. */
  readonly inPlace: (place: string) => Promise<readonly SubscriptionRecord[]>;
  readonly all: () => Promise<readonly SubscriptionRecord[]>;
  /** Its slots stay: they say what the channel has had. The mailbox of a place is forgotten with its last one. */
  readonly remove: (id: string, deed?: Deed) => Promise<void>;
}

/** The row of the ledger for one subscription and one local date. */
export interface SlotRecord {
  readonly subscription: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly place: string;
  readonly dueAt: Date;
  /** When it was last written, by the clock of whoever wrote it. */
  readonly writtenAt: Date;
  /** Whether something is still to be done about it. */
  readonly open: boolean;
  readonly body: string;
  /** How often it was written: 0 for a row that is not there yet. */
  readonly version: number;
}

export interface Slots {
  /**
   * Writes a row as it should become, where nobody wrote it since it had this version; it then has the next one. False
   * when somebody did, and nothing is written.
   */
  readonly write: (record: SlotRecord) => Promise<boolean>;
  /**
   * The same, and only where no other claim was made in the place since its `claims` were counted. So two that choose for
   * one channel at once never choose the same.
   */
  readonly claim: (record: SlotRecord, claims: number) => Promise<boolean>;
  /** How many claims were made in a place. */
  readonly claims: (place: string) => Promise<number>;
  /** The row of a subscription for a local date. */
  readonly find: (subscription: string, date: string) => Promise<SlotRecord | undefined>;
  /** The newest rows of a subscription that were due and written by a time, the newest date first. */
  readonly latest: (subscription: string, until: Date, limit: number) => Promise<readonly SlotRecord[]>;
  readonly open: () => Promise<readonly SlotRecord[]>;
  readonly inPlace: (place: string) => Promise<readonly SlotRecord[]>;
}

/** Small settings that people made by command, such as a server's time zone. */
export interface Preferences {
  readonly get: (key: string) => Promise<string | undefined>;
  readonly set: (key: string, value: string, deed?: Deed) => Promise<void>;
}

/** A turn that is asked for: `holder` wants `key` from `now` to `until`, after which it is free again by itself. */
interface TurnWanted {
  readonly key: string;
  readonly holder: string;
  readonly now: Date;
  readonly until: Date;
  /** A turn that was taken or ended later than this was so by a clock that was ahead, and counts as free. */
  readonly ahead: Date;
}

/** Who may ask a service next, over all processes. Both methods are one atomic step. */
export interface Turns {
  /** Takes a turn that is free, and answers undefined; otherwise answers when it may be asked for again. */
  readonly take: (turn: TurnWanted) => Promise<Date | undefined>;
  /** Ends a turn now; the next may begin at `freeAt`. Does nothing when the turn has passed to another holder. */
  readonly free: (
    turn: Pick<TurnWanted, "key" | "holder" | "now"> & { readonly freeAt: Date },
  ) => Promise<void>;
}

/** What a server gave to ask it again with, so that it can answer “not modified”. */
interface Validator {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** Validators by address. */
export interface Validators {
  readonly get: (url: string) => Promise<Validator | undefined>;
  readonly put: (url: string, validator: Validator) => Promise<void>;
}

/** For which papers services were asked, so that they are not asked for the same again and again. Kept for thirty days. */
export interface AskedPapers {
  /** Of some ids those that a service was asked for at a time or later; what lies ahead of the clock does not count. */
  readonly since: (service: string, ids: readonly string[], time: Date) => Promise<ReadonlySet<string>>;
  /** The service was asked for these just now. */
  readonly note: (service: string, ids: readonly string[]) => Promise<void>;
}

/** How far the reading of a source on the network has come. */
export interface SourceRecord {
  /** As the settings name it, `arxiv:cs.CL`. */
  readonly source: string;
  /** The earliest day whose list is still to be read, `YYYY-MM-DD`; absent before the first. */
  readonly unread?: string;
  /** When it was last read without a failure. */
  readonly readAt?: Date;
  /** When it was last read some days back, not only the newest. */
  readonly wholeAt?: Date;
  /** Of the failures in a row; absent while it works. */
  readonly failedSince?: Date;
  readonly failures: number;
}

export interface SourceRecords {
  readonly find: (source: string) => Promise<SourceRecord | undefined>;
  /**
   * The lists of all days before `unread` have been read and stored. What was known of later days stays, but for days
   * that are yet to come.
   */
  readonly listRead: (source: string, unread: string) => Promise<void>;
  /** A reading went well; gives the number of failures in a row that it ends, to one process only. */
  readonly worked: (source: string, whole: boolean) => Promise<number>;
  /** A reading failed; gives the number of failures in a row, every number to one process only. */
  readonly failed: (source: string) => Promise<number>;
}

/** A key of a program that asks by the API, without the key itself. */
interface ApiKeyRecord {
  readonly name: string;
  readonly createdAt: Date;
}

/** Who may ask by the API. Of a key only its hash is kept. */
export interface ApiKeys {
  /** False where there is a key of that name; nothing is changed then. */
  readonly create: (name: string, hash: string, deed?: Deed) => Promise<boolean>;
  /** In the order of their names. */
  readonly list: () => Promise<readonly ApiKeyRecord[]>;
  /** The name of the key that has this hash; undefined where none has. */
  readonly named: (hash: string) => Promise<string | undefined>;
  /** False where there is none of that name. */
  readonly revoke: (name: string, deed?: Deed) => Promise<boolean>;
}

/** What a place got, for whoever has its address. `place` is one text for one channel; `body` is what its owner wants back. */
export interface ArchiveRecord {
  readonly id: string;
  readonly place: string;
  readonly body: string;
  readonly published: boolean;
}

/** Which places may be read by whoever has the address. A place has one id for good. */
export interface Archives {
  readonly find: (id: string) => Promise<ArchiveRecord | undefined>;
  readonly inPlace: (place: string) => Promise<ArchiveRecord | undefined>;
  /** In the order of their places. */
  readonly all: () => Promise<readonly ArchiveRecord[]>;
  /** Takes the place of an earlier one of the same place, whose id stays. */
  readonly put: (record: ArchiveRecord, deed?: Deed) => Promise<void>;
}
