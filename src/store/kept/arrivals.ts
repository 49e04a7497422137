/** A paper that is to be noted as arrived. */
interface Arriving {
  readonly paper: string;
  /** Whether it was here before, under another id: then it is not new to anybody. */
  readonly again: boolean;
}

/** A paper and its number in the order of arrival, from 1. */
export interface Arrival {
  readonly number: number;
  readonly paper: string;
}

/** In which order papers were first seen here, whatever their own dates: what is new to whom follows from that. */
export interface Arrivals {
  /** Those of some ids that are not noted. */
  readonly unknown: (papers: readonly string[]) => Promise<readonly string[]>;
  /** Notes papers in their order; one that is noted already stays where it is. */
  readonly note: (papers: readonly Arriving[]) => Promise<void>;
  /** The first arrivals after a number, without those that were here before under another id. */
  readonly after: (number: number, limit: number) => Promise<readonly Arrival[]>;
  /** The number of the last one; 0 before the first. */
  readonly last: () => Promise<number>;
}

/** Arrivals that match follows, and wait for being told. */
export interface Matches {
  /** The number of the arrival up to which all were matched. */
  readonly last: () => Promise<number>;
  /** Notes matches, and that all arrivals up to a number were matched, in one step. A match that is noted stays as it is. */
  readonly note: (matches: readonly (Arrival & { readonly follow: string })[], upTo: number) => Promise<void>;
  /** What matches a follow and was not told, in the order of arrival. */
  readonly waiting: (follow: string) => Promise<readonly Arrival[]>;
  /** The follows that something waits for. */
  readonly awaited: () => Promise<readonly string[]>;
  /** These were told, or never will be. */
  readonly told: (follow: string, papers: readonly string[]) => Promise<void>;
}

/** Up to when people have caught up with what comes in a place. `person` and `place` are one text each. */
export interface Marks {
  readonly last: (person: string, place: string) => Promise<Date | undefined>;
  readonly set: (person: string, place: string, time: Date) => Promise<void>;
}
