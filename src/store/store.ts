/**
 * What has to outlive the program. One port for every database; `test/store/contract.ts` is what each of them must
 * hold. What a method has resolved for is on disk.
 */
export interface Store {
  readonly buttons: ButtonTexts;
  readonly installations: Installations;
  readonly once: Once;
  readonly subscriptions: Subscriptions;
  readonly slots: Slots;
  readonly preferences: Preferences;
  /** Writes a whole copy into a file that does not exist yet, while others read and write. */
  readonly backUp: (file: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The texts behind buttons that are too long for a button's own id. They are kept for a year after they were last used. */
export interface ButtonTexts {
  readonly keep: (key: string, text: string) => Promise<void>;
  readonly recall: (key: string) => Promise<string | undefined>;
}

/** The workspaces and organisations an app is installed in, by the platform's own id; `text` is what its SDK wants back. */
export interface Installations {
  /** Takes the place of an earlier one with the same id. */
  readonly save: (id: string, text: string) => Promise<void>;
  readonly find: (id: string) => Promise<string | undefined>;
  /** Removing what is not there is no error. */
  readonly remove: (id: string) => Promise<void>;
}

/** Things to be done once, such as answering an event that may be delivered again. */
export interface Once {
  /**
   * Whether this is the first time, over all processes, that `key` is claimed within its time; it is then taken for
   * `milliseconds` from now.
   */
  readonly claim: (key: string, milliseconds: number) => Promise<boolean>;
}

/** A digest that a channel gets. `place` is one text for one channel; `body` is what its owner wants back. */
export interface SubscriptionRecord {
  readonly id: string;
  readonly place: string;
  readonly body: string;
}

export interface Subscriptions {
  /** Takes the place of an earlier one with the same id. */
  readonly put: (record: SubscriptionRecord) => Promise<void>;
  readonly find: (id: string) => Promise<SubscriptionRecord | undefined>;
  /** In the order of their ids. */
  readonly inPlace: (place: string) => Promise<readonly SubscriptionRecord[]>;
  readonly all: () => Promise<readonly SubscriptionRecord[]>;
  /** Its slots stay: they say what the channel has had. */
  readonly remove: (id: string) => Promise<void>;
}

/** The row of the ledger for one subscription and one local date. */
export interface SlotRecord {
  readonly subscription: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly place: string;
  readonly dueAt: Date;
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
  /** The newest rows of a subscription, the newest date first. */
  readonly latest: (subscription: string, limit: number) => Promise<readonly SlotRecord[]>;
  readonly open: () => Promise<readonly SlotRecord[]>;
  readonly inPlace: (place: string) => Promise<readonly SlotRecord[]>;
}

/** Small settings that people made by command, such as a server's time zone. */
export interface Preferences {
  readonly get: (key: string) => Promise<string | undefined>;
  readonly set: (key: string, value: string) => Promise<void>;
}
