import { allMatching } from "../../search/matches.ts";
import type { Paper, PaperId } from "../../corpus/paper.ts";
import { firstDay } from "../../corpus/partial-date.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import type { LocalDate } from "../../schedule/slots/local-date.ts";
import { addDays, dayOfMs } from "../../schedule/slots/local-date.ts";
import type { Rules } from "./obstacle.ts";
import { obstacleTo } from "./obstacle.ts";
import type { Judged } from "../ranking/score.ts";
import { isFuture } from "../ranking/score.ts";
import type { Plan } from "../subscription.ts";
import type { Topic } from "../../search/query/topics.ts";

/** A forecast looks back so far: long enough to smooth weekends and conferences, short enough to be how it is now. */
export const FORECAST_DAYS = 30;

/** Papers named as examples. */
const EXAMPLES = 5;

/** What filters would have brought over the last 30 days of the corpus. */
export interface Forecast {
  /** First and last day looked at, 30 days; absent where no paper of the corpus has a date. */
  readonly window?: { readonly from: LocalDate; readonly to: LocalDate };
  /** Papers that pass, dated in the window. */
  readonly inWindow: number;
  /** The newest papers that pass, the newest first, at most five, also from before the window. */
  readonly latest: readonly Paper[];
  /** Papers that pass, whenever they are of; those of them without a date; and those that match the topics alone. */
  readonly passing: number;
  readonly undated: number;
  readonly matching: number;
  /** Papers of the corpus, and those of them with a date. */
  readonly corpus: { readonly papers: number; readonly dated: number };
}

/** What filters are forecast, and for which day as today. */
export interface Forecasting {
  readonly topics: readonly Topic[];
  readonly plan: Pick<Plan, "minimumComments" | "minimumVotes">;
  readonly today: LocalDate;
}

const dayOf = ({ date }: Judged): string => (date === undefined ? "" : firstDay(date));

function newestFirst(papers: readonly Judged[]): Judged[] {
  return papers.toSorted((a, b) => {
    const [one, other] = [dayOf(a), dayOf(b)];
    return one === other ? (a.id < b.id ? -1 : 1) : one < other ? 1 : -1;
  });
}

/** Those of some papers that are about any of the topics; all where there are no topics. */
async function matchTopics(
  index: PaperIndex,
  all: readonly Judged[],
  topics: readonly Topic[],
): Promise<readonly Judged[]> {
  if (topics.length === 0) return all;
  const found = new Set<PaperId>();
  for (const { query } of topics) for (const { id } of await allMatching(index, query)) found.add(id);
  return all.filter(({ id }) => found.has(id));
}

/** The papers with these records, in their order. */
async function wholePapers(index: PaperIndex, records: readonly Judged[]): Promise<Paper[]> {
  const papers = await Promise.all(records.map(({ id }) => index.get(id)));
  return papers.filter((paper) => paper !== undefined);
}

/** The day of the newest of some papers; undefined where none has a date. */
function newestDay(papers: readonly Judged[]): LocalDate | undefined {
  const newest = papers.reduce((latest, paper) => (dayOf(paper) > latest ? dayOf(paper) : latest), "");
  return newest === "" ? undefined : dayOfMs(Date.parse(newest));
}

/**
 * Replays filters over the last 30 days of the corpus. The days end with that of the newest paper, so that an old corpus
 * gives an answer too; papers dated after today, and those that no longer stand, do not count.
 */
export async function forecastDigest(
  index: PaperIndex,
  { topics, plan, today }: Forecasting,
): Promise<Forecast> {
  const all: Judged[] = [];
  for await (const record of index.records()) all.push(record);
  const present = all.filter((paper) => paper.status === undefined && !isFuture(paper, today));
  const rules: Rules = { plan, date: today, had: new Map() };
  const matching = await matchTopics(index, all, topics);
  const passing = matching.filter((paper) => obstacleTo(paper, rules) === undefined);
  const dated = passing.filter(({ date }) => date !== undefined);
  const to = newestDay(present);
  const from = to === undefined ? undefined : addDays(to, 1 - FORECAST_DAYS);
  return {
    ...(to === undefined || from === undefined ? {} : { window: { from, to } }),
    inWindow: from === undefined ? 0 : dated.filter((paper) => dayOf(paper) >= from).length,
    latest: await wholePapers(index, newestFirst(dated).slice(0, EXAMPLES)),
    passing: passing.length,
    undated: passing.length - dated.length,
    matching: matching.length,
    corpus: { papers: all.length, dated: all.filter(({ date }) => date !== undefined).length },
  };
}
