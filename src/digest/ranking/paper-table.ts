import type { PaperId } from "../../corpus/paper.ts";
import { firstDay, lastDay } from "../../corpus/partial-date.ts";
import type { Turns } from "../../turns.ts";
import { DAY_MS, msOfDay } from "../../schedule/slots/local-date.ts";
import type { Judged } from "./score.ts";
import { attentionOf, commentsOn, votesOf } from "./score.ts";

/** The day of a paper without a date. */
export const UNDATED = -(2 ** 31);

/**
 * All papers of one moment, a row each, in the order that decides between equal scores: more votes, more comments, the newer
 * date. Papers that are alike in these have the same number in `ties`, which grows with the rows.
 */
export interface PaperTable {
  readonly papers: readonly Judged[];
  readonly rowOf: (id: PaperId) => number | undefined;
  readonly ties: Uint32Array;
  /** The first day that a paper's date can mean, in days since 1970; `UNDATED` without one. */
  readonly days: Int32Array;
  /** What attention counts. */
  readonly attention: Float64Array;
}

/** Steps of looking at one number, and at the date of one paper. */
const NUMBER_STEPS = 100;
const DATE_STEPS = 300;

/** The number of each key among all keys, the least first; equal keys have the same number. */
async function numberKeys(keys: Float64Array, turns: Turns): Promise<Uint32Array> {
  turns.spend(keys.length * NUMBER_STEPS);
  await turns.pause();
  const numbers = new Map<number, number>();
  for (const key of keys.toSorted()) if (!numbers.has(key)) numbers.set(key, numbers.size);
  turns.spend(keys.length * NUMBER_STEPS);
  await turns.pause();
  return Uint32Array.from(keys, (key) => numbers.get(key) ?? 0);
}

/** Two numbers as one that sorts by the first and then by the second. */
const combine = (first: Uint32Array, second: Uint32Array): Float64Array =>
  Float64Array.from(first, (number, i) => number * (first.length + 1) + (second[i] ?? 0));

/** Positions by their number, the least first; of one number in their order. */
function sortByNumber(numbers: Uint32Array): Uint32Array {
  const ends = new Uint32Array(numbers.length + 1);
  for (const number of numbers) ends[number + 1] = (ends[number + 1] ?? 0) + 1;
  for (let i = 1; i < ends.length; i++) ends[i] = (ends[i] ?? 0) + (ends[i - 1] ?? 0);
  const sorted = new Uint32Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] ?? 0;
    const at = ends[number] ?? 0;
    sorted[at] = i;
    ends[number] = at + 1;
  }
  return sorted;
}

/** What each paper is sorted by, as numbers of which the least comes first, and the first day of its date. */
async function readColumns(papers: readonly Judged[], turns: Turns) {
  const [votes, comments] = [new Float64Array(papers.length), new Float64Array(papers.length)];
  const newest = new Float64Array(papers.length);
  const days = new Int32Array(papers.length).fill(UNDATED);
  for (const [i, paper] of papers.entries()) {
    votes[i] = -votesOf(paper);
    comments[i] = -commentsOn(paper);
    if (paper.date !== undefined) {
      newest[i] = -Number(lastDay(paper.date).replaceAll("-", ""));
      days[i] = Math.round(msOfDay(firstDay(paper.date)) / DAY_MS);
    }
    turns.spend(DATE_STEPS);
    if (turns.due()) await turns.pause();
  }
  return { votes, comments, newest, days };
}

/** Makes the table of some papers, with other work in between. */
export async function tabulate(given: readonly Judged[], turns: Turns): Promise<PaperTable> {
  const { votes, comments, newest, days } = await readColumns(given, turns);
  const voices = combine(await numberKeys(votes, turns), await numberKeys(comments, turns));
  const numbers = await numberKeys(
    combine(await numberKeys(voices, turns), await numberKeys(newest, turns)),
    turns,
  );
  const order = sortByNumber(numbers);
  const papers = Array.from(order, (at) => given[at]).filter((paper) => paper !== undefined);
  const rows = new Map(papers.map(({ id }, row) => [id, row]));
  turns.spend(papers.length * NUMBER_STEPS * 2);
  await turns.pause();
  return {
    papers,
    rowOf: (id) => rows.get(id),
    ties: order.map((at) => numbers[at] ?? 0),
    days: Int32Array.from(order, (at) => days[at] ?? UNDATED),
    attention: Float64Array.from(papers, (paper) => attentionOf(votesOf(paper) + commentsOn(paper))),
  };
}
