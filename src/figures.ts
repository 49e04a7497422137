/** How a command was answered: as `Tone` of a reply. */
type Outcome = "plain" | "missing" | "mistake" | "fault";

/** What is sent on a schedule. */
export type DueKind = "digest" | "follow" | "club";

/** What became of something that was due, such as a digest: sent, or told that there is nothing; or why not, now or at all. */
export type DueOutcome =
  | "sent"
  | "nothing"
  /** The platform asked for patience. */
  | "postponed"
  /** The channel is gone, or the bot may not post there. */
  | "refused"
  /** Something went wrong; it is tried again. */
  | "failed"
  /** The program did not run when it was due, and came back too late. */
  | "missed"
  | "paused"
  | "held"
  | "before-plan"
  | "unconfirmed"
  | "unreadable";

/**
 * Something that happened, for whoever counts it. What tells things apart are words of small sets, such as the names of
 * commands and platforms; never what somebody typed, nor whose it was.
 */
export type Happening =
  | {
      readonly kind: "command";
      /** Its name, or `message` for a message that papers were found for. */
      readonly command: string;
      readonly platform: string;
      readonly outcome: Outcome;
      readonly seconds: number;
    }
  | { readonly kind: "search"; readonly of: "words" | "similar" | "beginnings"; readonly seconds: number }
  | {
      readonly kind: "due";
      readonly of: DueKind;
      readonly platform: string;
      readonly outcome: DueOutcome;
      /** How long after its time it was there; for what was sent. */
      readonly lateSeconds?: number;
    }
  /** A service answered a request; `status` is HTTP's, or `none` where no answer came. */
  | { readonly kind: "request"; readonly service: string; readonly status: number | "none" };

/** Told of what happens; never throws. */
export type Count = (happening: Happening) => void;

/** For a program that nobody asks for figures. */
export const uncounted: Count = () => undefined;

/** Counts what becomes of one kind of thing that is sent on a schedule. */
export const countDue =
  (count: Count, of: DueKind) =>
  (platform: string, outcome: DueOutcome, lateSeconds?: number): void =>
    count({ kind: "due", of, platform, outcome, ...(lateSeconds === undefined ? {} : { lateSeconds }) });

/** What waits to be sent, beside what is due at a time. */
export interface Waiting {
  /** Follows that papers wait for. */
  readonly follows: number;
  /** Letters that ask whether an address is to get digests, and are due. */
  readonly letters: number;
}
