import type { AuditRecord } from "./audit.ts";
import type { ReactionToPapers } from "./postings.ts";
import type { ListRecord, NoteRecord, RemovalRecord, SavedRecord } from "./reading.ts";

/** Who is meant, in the words of each table. */
export interface PersonRef {
  /** The one text for the person that lists, notes and removals are kept under. */
  readonly key: string;
  readonly platform: string;
  /** The workspace whose own ids of people these are. */
  readonly workspace?: string;
  /** The platform's id. */
  readonly user: string;
}

/** A vote of a person in a club; `title` where what it is for is still nominated. */
export interface OwnVote {
  readonly place: string;
  readonly paper: string;
  readonly title: string | null;
}

/** A paper that a person nominated in a club. */
export interface OwnNomination {
  readonly place: string;
  readonly paper: string;
  readonly title: string;
}

/** Everything that the tables hold of one person. */
export interface PersonRows {
  /** Those that are the person's own, and those that the person made for a channel. */
  readonly lists: readonly ListRecord[];
  readonly saved: readonly SavedRecord[];
  readonly notes: readonly NoteRecord[];
  readonly removals: readonly RemovalRecord[];
  readonly reactions: readonly ReactionToPapers[];
  /** What is sent to a channel or to the person, and was set up by the person: the bodies. */
  readonly subscriptions: readonly { readonly id: string; readonly place: string; readonly body: string }[];
  /** Addresses that digests go to by e-mail, confirmed or not yet. */
  readonly mail: readonly { readonly address: string; readonly confirmed: boolean }[];
  /** Of the person in journal clubs, each with the place of its club. */
  readonly votes: readonly OwnVote[];
  readonly nominations: readonly OwnNomination[];
  /** Up to when the person caught up in which place. */
  readonly caughtUp: readonly { readonly place: string; readonly at: Date }[];
  readonly deeds: readonly AuditRecord[];
}

/** What was removed with a person, and what stays without a name, as numbers of rows. */
export interface Forgotten {
  readonly lists: number;
  readonly saved: number;
  readonly notes: number;
  readonly reactions: number;
  /** What was sent to the person alone. */
  readonly subscriptions: number;
  /** Lists and subscriptions of channels, and what was done there. */
  readonly kept: { readonly lists: number; readonly subscriptions: number; readonly deeds: number };
}

/** What is kept about people. */
export interface People {
  readonly rowsOf: (person: PersonRef) => Promise<PersonRows>;
  /**
   * Removes all that is the person's own, and takes the person's id out of what is the channels': nothing bears it then.
   * Both wholly or not at all.
   */
  readonly forget: (person: PersonRef) => Promise<Forgotten>;
}

/** A server or a workspace of a platform, by the platform's id. */
export interface Workspace {
  readonly platform: string;
  readonly server: string;
}

/** Servers and workspaces that removed the app. */
export interface Workspaces {
  /** Notes that a workspace removed the app now; one that did before stays noted as of then. */
  readonly left: (workspace: Workspace) => Promise<void>;
  /** It has the app again. */
  readonly back: (workspace: Workspace) => Promise<void>;
  /** Those that removed the app and do not have it again, and when that was. */
  readonly departed: () => Promise<readonly (Workspace & { readonly leftAt: Date })[]>;
  /** The servers of a platform of which something is kept, and that have not been noted to have left. */
  readonly known: (platform: string) => Promise<readonly string[]>;
  /** Removes all that is kept of a workspace, its people and channels; gives how many rows that were. */
  readonly forget: (workspace: Workspace) => Promise<number>;
}
