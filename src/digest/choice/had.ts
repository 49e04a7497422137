import type { PaperId } from "../../corpus/paper.ts";
import type { LocalDate } from "../../schedule/slots/local-date.ts";
import type { ScorePart } from "../ranking/score.ts";

/** A paper that a channel has had, through whichever of its subscriptions. */
export interface Had {
  readonly paper: PaperId;
  /** Local date of the digest that brought it. */
  readonly date: LocalDate;
  readonly role: "paper-of-the-day" | "runner-up";
  /** What it was chosen for, where that was kept. */
  readonly parts?: readonly ScorePart[];
}

/** Novelty looks back over two working weeks of papers of the day: as far as people remember. */
export const REMEMBERED = 10;

/** The latest papers of the day among those a channel has had, the latest first; of one day in the order of their ids. */
export function latestPapersOfTheDay(had: readonly Had[]): PaperId[] {
  return had
    .filter(({ role }) => role === "paper-of-the-day")
    .toSorted((a, b) => (a.date === b.date ? (a.paper < b.paper ? -1 : 1) : a.date < b.date ? 1 : -1))
    .slice(0, REMEMBERED)
    .map(({ paper }) => paper);
}

/** What a channel has had, by paper; of a paper it had twice, the later time. */
export function hadByPaper(had: readonly Had[]): Map<PaperId, Had> {
  return new Map(had.toSorted((a, b) => (a.date < b.date ? -1 : 1)).map((one) => [one.paper, one]));
}
