import type { Paper, PaperId } from "../../../corpus/paper.ts";
import type { PartialDate } from "../../../corpus/partial-date.ts";
import type { IndexCounts, OrganisationCount } from "../../paper-index.ts";
import type { Pace } from "../pace.ts";
import type { InvertedIndex } from "./inverted-index.ts";

/** Looks at what is known of each paper, with other work in between. */
async function eachRecord(
  index: InvertedIndex,
  pace: Pace,
  look: (record: ReturnType<InvertedIndex["record"]>) => void,
): Promise<void> {
  for (const document of index.documents()) {
    look(index.record(document));
    pace.record();
    if (pace.due()) await pace.pause();
  }
}

/** What is known of how many papers. */
export async function countAll(index: InvertedIndex, pace: Pace): Promise<IndexCounts> {
  const counts = { papers: 0, dated: 0, withAuthors: 0, withNames: 0, withOrganisation: 0, withComments: 0 };
  const sources = new Set<string>();
  let [oldest, newest]: (PartialDate | undefined)[] = [];
  await eachRecord(index, pace, ({ authors, comments, date, listedOn, organisation }) => {
    counts.papers++;
    if (authors !== undefined) counts.withAuthors++;
    if (authors === "named") counts.withNames++;
    if (organisation !== undefined) counts.withOrganisation++;
    if (comments !== undefined) counts.withComments++;
    for (const name of listedOn) sources.add(name);
    if (date === undefined) return;
    counts.dated++;
    if (oldest === undefined || date < oldest) oldest = date;
    if (newest === undefined || date > newest) newest = date;
  });
  return {
    ...counts,
    ...(oldest === undefined || newest === undefined ? {} : { oldest, newest }),
    sources: [...sources].toSorted(),
  };
}

/** The organisations of all papers, by their names. */
export async function countOrganisations(index: InvertedIndex, pace: Pace): Promise<OrganisationCount[]> {
  const counts = new Map<string, { papers: number; readonly handles: Set<string> }>();
  await eachRecord(index, pace, ({ organisation }) => {
    if (organisation === undefined) return;
    const { name, handle } = organisation;
    const known = counts.get(name) ?? { papers: 0, handles: new Set() };
    known.papers++;
    if (handle !== undefined) known.handles.add(handle);
    counts.set(name, known);
  });
  return Array.from(counts, ([name, { papers, handles }]) => ({ name, papers, handles: [...handles] }));
}

/** A paper by lot; one that no longer stands is passed over for the next that does. */
export function drawPaper(index: InvertedIndex, chance: number): Paper | undefined {
  const wanted = Math.floor(chance * index.size());
  let position = 0;
  let drawn: number | undefined;
  for (const document of index.documents()) {
    const stands = !index.facts.fallen.has(document);
    if (stands || drawn === undefined) drawn = document;
    if (position++ >= wanted && stands) break;
  }
  return drawn === undefined ? undefined : index.paper(drawn);
}

/** The ids that begin with some letters. */
export async function idsFrom(index: InvertedIndex, start: string, pace: Pace): Promise<PaperId[]> {
  const found: PaperId[] = [];
  for (const document of index.documents()) {
    const id = index.id(document);
    if (id.startsWith(start)) found.push(id);
    pace.entries(1);
    if (pace.due()) await pace.pause();
  }
  return found;
}
