/** A paper that somebody proposed to a club. */
export interface NominationRecord {
  /** In the order in which they were made, over all clubs. */
  readonly number: number;
  readonly paper: string;
  readonly title: string;
  /** The person, by the platform's id; absent once that person is forgotten. */
  readonly by?: string;
}

/** A vote of one person of a club. */
export interface VoteRecord {
  readonly person: string;
  readonly paper: string;
}

/** What clubs are proposed, and how is voted. It goes with its club, and a club that has ended gets none. */
export interface Ballots {
  /** Proposes a paper; one that was proposed to the club stays as it is. False then, and where there is no such club. */
  readonly nominate: (club: string, nomination: Omit<NominationRecord, "number">) => Promise<boolean>;
  /** In their order. */
  readonly nominations: (club: string) => Promise<readonly NominationRecord[]>;
  /** Takes the place of the person's vote before. */
  readonly vote: (club: string, vote: VoteRecord) => Promise<void>;
  readonly votes: (club: string) => Promise<readonly VoteRecord[]>;
}
