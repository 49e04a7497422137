import type { Encoding } from "../search/embedded/meaning/model-vectors.ts";
import { stat } from "node:fs/promises";
import type { PartialDate } from "../corpus/partial-date.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Work } from "../turns.ts";
import { createTurns } from "../turns.ts";
import { storedFile } from "./record/stored-file.ts";

/** What a library knows of itself. */
export interface LibraryFacts {
  readonly papers: number;
  readonly dated: number;
  /** Papers whose authors are known by name or number, and those known by name. */
  readonly withAuthors: number;
  readonly withNames: number;
  readonly withOrganisation: number;
  readonly withComments: number;
  /** Dates of the oldest and the newest paper that has one. */
  readonly oldest?: PartialDate;
  readonly newest?: PartialDate;
  /** Files the papers were read from, by name. */
  readonly sources: readonly string[];
  /** How far a sentence encoder has read the papers; absent where none is installed. */
  readonly encoding?: Encoding;
  /** When papers were last taken in; absent for a library of the bundled pages alone. */
  readonly updatedAt?: Date;
}

/** Steps of looking at a paper. */
const PAPER_STEPS = 500;

type Counts = Omit<LibraryFacts, "updatedAt">;

/** Looks at all papers, with other work in between. */
async function count(index: PaperIndex, work: Work): Promise<Counts> {
  const turns = createTurns(work);
  const counts = { papers: 0, dated: 0, withAuthors: 0, withNames: 0, withOrganisation: 0, withComments: 0 };
  const sources = new Set<string>();
  let [oldest, newest]: (PartialDate | undefined)[] = [];
  for await (const { authors, comments, date, listedOn, organisation } of index.records()) {
    counts.papers++;
    if (authors !== undefined) counts.withAuthors++;
    if (authors === "named") counts.withNames++;
    if (organisation !== undefined) counts.withOrganisation++;
    if (comments !== undefined) counts.withComments++;
    for (const name of listedOn) sources.add(name);
    if (date !== undefined) {
      counts.dated++;
      if (oldest === undefined || date < oldest) oldest = date;
      if (newest === undefined || date > newest) newest = date;
    }
    turns.spend(PAPER_STEPS);
    if (turns.due()) await turns.pause();
  }
  return {
    ...counts,
    ...(oldest === undefined || newest === undefined ? {} : { oldest, newest }),
    sources: [...sources].toSorted(),
  };
}

/** What a library knows of itself: counted when it is asked for, and kept until a paper changes. */
export function createFacts(
  index: PaperIndex,
  { state, work }: { readonly state: string; readonly work: Work },
): () => Promise<LibraryFacts> {
  let known: { readonly version: number; readonly counts: Promise<Counts> } | undefined;
  const counted = (): Promise<Counts> => {
    const version = index.version();
    if (known?.version !== version) known = { version, counts: count(index, work) };
    return known.counts;
  };
  return async () => {
    const counts = await counted();
    const stored = await stat(storedFile(state)).catch(() => undefined);
    return { ...counts, ...(stored === undefined ? {} : { updatedAt: stored.mtime }) };
  };
}
