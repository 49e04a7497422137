/** What brought a message: an answer or a share to a person, a card below somebody's link, or what is sent by itself. */
export type PostedAs = "answer" | "share" | "link" | "digest" | "follow" | "club";

/** A paper that a message carries. */
export interface PostedPaper {
  readonly paper: string;
  /** Its title at that time, for when the paper is gone. */
  readonly title: string;
}

/** A message for all in a channel, and the papers it carries. Messages to one person alone are never kept here. */
export interface PostingRecord {
  /**
   * The conversation in which the platform's id names the message, as `placeKey` writes it: the channel, and on Discord the
   * thread, which has an id as channels do.
   */
  readonly room: string;
  /** The platform's id of the message; on Slack its time, `1772700000.000100`. */
  readonly message: string;
  /** The channel whose members read it, as `placeKey` writes it. */
  readonly place: string;
  /** The thread it stands in, by the platform's id. */
  readonly thread?: string;
  /** The address that leads to it; absent where the platform did not tell. */
  readonly link?: string;
  readonly as: PostedAs;
  readonly postedAt: Date;
  /** In their order in the message. */
  readonly papers: readonly PostedPaper[];
}

/** A message, and how many people reacted to it. */
export interface Posted extends PostingRecord {
  readonly reactors: number;
}

/** What one person put below a message. */
export interface ReactionRecord {
  readonly room: string;
  readonly message: string;
  /** As `personKey` writes it. */
  readonly person: string;
  /** The emoji: a character, or its name at the platform: `👍`, `thumbsup`. */
  readonly name: string;
  readonly at: Date;
}

/** A reaction, and the papers of the message it stands below. */
export interface ReactionToPapers extends ReactionRecord {
  readonly papers: readonly PostedPaper[];
}

/**
 * Which messages carried which papers, and who reacted to them. What is asked of one channel tells of no other. A message is
 * kept for three years.
 */
export interface Postings {
  /** Keeps a message. Of one that is kept already the papers that it did not have are added, and all else stays. */
  readonly put: (posting: PostingRecord) => Promise<void>;
  /** The messages of a place, or of a thread that is asked for as one, that carry one of some papers, the newest first. */
  readonly withPapers: (place: string, papers: readonly string[]) => Promise<readonly Posted[]>;
  /** The same, whatever they carry: at most 5,000. */
  readonly newest: (place: string) => Promise<readonly Posted[]>;
  /** Forgets a message, and what was put below it; one that is not kept is no error. */
  readonly remove: (room: string, message: string) => Promise<void>;
  /** Notes a reaction to a message that is kept. False where it is not, and nothing is noted. */
  readonly react: (reaction: ReactionRecord) => Promise<boolean>;
  /** Takes a reaction back; without a person, everybody's, and without a name, all. */
  readonly unreact: (
    reaction: Pick<ReactionRecord, "room" | "message"> & Partial<Pick<ReactionRecord, "person" | "name">>,
  ) => Promise<void>;
  /** The reactions in a place, the oldest first. */
  readonly reactionsIn: (place: string) => Promise<readonly ReactionToPapers[]>;
  /** The reactions of a person everywhere, the oldest first. */
  readonly reactionsOf: (person: string) => Promise<readonly ReactionToPapers[]>;
  /** Removes messages that were posted before a time, with all that was put below them. */
  readonly forgetBefore: (time: Date) => Promise<void>;
}
