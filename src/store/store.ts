/**
 * What has to outlive the program. One port for every database; `test/store/contract.ts` is what each of them must
 * hold. What a method has resolved for is on disk.
 */
export interface Store {
  readonly buttons: ButtonTexts;
  readonly installations: Installations;
  readonly once: Once;
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
