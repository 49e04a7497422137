/** Who gives orders where the program runs. */
export const OPERATOR = "local operator";

/** What somebody did, noted with what it changed. It holds no token and no text of a message. */
export interface Deed {
  /** Where it counts: `discord` or `slack`, and `terminal` for the whole program. */
  readonly platform: string;
  /** The server or workspace, where the platform has them. */
  readonly server?: string;
  readonly channel?: string;
  /** It counts in a direct conversation, which is nobody else's business. */
  readonly direct?: true;
  /** The person by the platform's id, `OPERATOR`, or the platform's name where it did it by itself. */
  readonly by: string;
  /** As a person types it: `digest edit`, `ingest`. */
  readonly action: string;
  /** What was changed, by its id; empty where that is nothing of a name. */
  readonly subject: string;
  /** How it was changed, in words: `time 09:00 → 08:30`. */
  readonly detail: string;
}

/** What the local operator did to the whole program. */
export const operatorsDeed = (deed: Pick<Deed, "action" | "detail">): Deed => ({
  platform: "terminal",
  by: OPERATOR,
  subject: "",
  ...deed,
});

/** A deed, and when it was done. */
export interface AuditRecord extends Deed {
  readonly at: Date;
}

/** Whose deeds are asked for: of a server without its direct conversations, or of one channel. */
export type AuditScope =
  | { readonly platform: string; readonly server: string }
  | { readonly platform: string; readonly channel: string };

/** Who changed what. Kept for a year. */
export interface Audit {
  /** Notes what is changed elsewhere, before it is. What changes the database is noted with the change. */
  readonly note: (deed: Deed) => Promise<void>;
  /** Some of the deeds, the newest first, and how many there are; of all places where none is named. */
  readonly page: (
    scope: AuditScope | undefined,
    window: { readonly offset: number; readonly limit: number },
  ) => Promise<{ readonly records: readonly AuditRecord[]; readonly total: number }>;
  /** Removes what is older than a year. */
  readonly forgetOld: () => Promise<void>;
}
