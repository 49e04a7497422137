import type { Deed } from "./audit.ts";

/** What became of a saved paper, by the person who saved or marked it. */
export type Mark = "unread" | "reading" | "read";

/** A list of papers. An owner is a person or a channel, one text for each. */
export interface ListRecord {
  readonly id: string;
  readonly owner: string;
  /** As people wrote it; empty for the list that everybody has. */
  readonly name: string;
  /** What two spellings of one name share: an owner has one list of a key. */
  readonly key: string;
  /** The person; empty for one who was forgotten. */
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** A paper in a list, by one person: saved, marked, or both. */
export interface SavedRecord {
  readonly list: string;
  readonly paper: string;
  readonly person: string;
  /** The paper's title at that time, for when the paper is gone. */
  readonly title: string;
  /** Absent where the person has marked what others saved. */
  readonly savedAt?: Date;
  readonly mark?: Mark;
  readonly markedAt?: Date;
}

/** What one person wrote about a paper: for the owner's eyes, who is that person or a channel. */
export interface NoteRecord {
  readonly owner: string;
  readonly paper: string;
  readonly person: string;
  readonly title: string;
  readonly text: string;
  readonly writtenAt: Date;
}

/** Notes about papers: one of a person and a paper for each owner. */
export interface Notes {
  /** Takes the place of the note before. */
  readonly put: (note: NoteRecord) => Promise<void>;
  /** The notes about some papers, for some owners, the oldest first. */
  readonly ofPapers: (owners: readonly string[], papers: readonly string[]) => Promise<readonly NoteRecord[]>;
}

export interface ReadingLists {
  /** Makes a list. False, and nothing is made, where the owner has one with that key. */
  readonly create: (list: ListRecord, deed?: Deed) => Promise<boolean>;
  /** The same for another name of a list. */
  readonly rename: (id: string, name: Pick<ListRecord, "name" | "key">, deed?: Deed) => Promise<boolean>;
  /** The lists of all owners, the oldest first. */
  readonly all: () => Promise<readonly ListRecord[]>;
  /** The lists of some owners, the oldest first. */
  readonly ownedBy: (owners: readonly string[]) => Promise<readonly ListRecord[]>;
}

export interface SavedPapers {
  /**
   * Adds what a row says to what is known of its list, paper and person: the first time of saving stays, the last mark
   * counts. There is one row for all three.
   */
  readonly put: (rows: readonly SavedRecord[]) => Promise<void>;
  /** All rows of a list, in the order in which papers were saved. */
  readonly inList: (list: string) => Promise<readonly SavedRecord[]>;
  /** The rows of some papers in some lists. */
  readonly ofPapers: (lists: readonly string[], papers: readonly string[]) => Promise<readonly SavedRecord[]>;
  /** Puts what a person has of a paper in one list into another, wholly or not at all. */
  readonly move: (row: Pick<SavedRecord, "list" | "paper" | "person">, to: string) => Promise<void>;
  /** Puts everything that is kept of a paper, notes and messages too, under the id that it has by now. */
  readonly renamePaper: (from: string, to: string) => Promise<void>;
}

/** What is removed at once, and can be brought back for a time. */
export type Removed =
  /** What one person, or everybody, has of a paper in a list. */
  | { readonly kind: "saved"; readonly list: string; readonly paper: string; readonly person?: string }
  | ({ readonly kind: "note" } & Pick<NoteRecord, "owner" | "paper" | "person">)
  | { readonly kind: "list"; readonly id: string };

/** A removal, by whom and when. */
export interface RemovalRecord {
  readonly id: string;
  readonly person: string;
  /** What was removed, in words: `“FastDINOv2” from your reading list`. */
  readonly what: string;
  readonly removedAt: Date;
}

/** What was removed lately. Until it is forgotten it can be brought back exactly as it was. */
export interface Removals {
  /** Removes something; gives how many rows that were, and notes nothing where there are none. */
  readonly remove: (removal: RemovalRecord, what: Removed, deed?: Deed) => Promise<number>;
  /** The last removal of a person that can still be brought back. */
  readonly latest: (person: string) => Promise<RemovalRecord | undefined>;
  readonly find: (id: string) => Promise<RemovalRecord | undefined>;
  /** Brings back what was removed. False, and nothing is changed, where a list of that name was made meanwhile. */
  readonly undo: (id: string) => Promise<boolean>;
  /** Removes for good what was removed before a time. */
  readonly forgetBefore: (time: Date) => Promise<void>;
}
