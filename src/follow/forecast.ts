import type { Paper } from "../corpus/paper.ts";
import { firstDay } from "../corpus/partial-date.ts";
import type { LocalDate } from "../schedule/slots/local-date.ts";
import { addDays, dayOfMs, msOfDay } from "../schedule/slots/local-date.ts";
import { allMatching } from "../search/matches.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { Matched, MatchPapers } from "./matching.ts";
import type { Wish } from "./wish.ts";
import { queriesOf } from "./wish.ts";

/** A forecast looks back so far: long enough to smooth weekends and conferences, short enough to be how it is now. */
const DAYS = 28;

/** Papers named as examples. */
const EXAMPLES = 3;

/** What a wish would have brought over the last four weeks of the corpus. */
export interface FollowForecast {
  /** The last day looked at, that of the newest paper; absent where no paper has a date. */
  readonly to?: LocalDate;
  /** Papers a week, on the mean of four weeks. */
  readonly aWeek: number;
  /** Papers of the whole corpus that match. */
  readonly matching: number;
  /** The newest of them. */
  readonly latest: readonly Paper[];
}

/** What may match a wish, found by the index, which is wider than the rule of follows. */
async function candidates(index: PaperIndex, wish: Wish, now: Date): Promise<readonly Paper[]> {
  const ids =
    wish.kind === "like"
      ? (await index.nearest(wish.paper, 20)).map(({ id }) => id)
      : (await Promise.all(queriesOf(wish, now).map((query) => allMatching(index, query))))
          .flat()
          .map(({ id }) => id);
  const papers = await Promise.all([...new Set(ids)].map(index.get));
  return papers.filter((paper) => paper !== undefined && paper.status === undefined) as Paper[];
}

const dayOf = ({ date }: Paper): string => (date === undefined ? "" : firstDay(date));

async function newestDay(index: PaperIndex, now: Date): Promise<LocalDate | undefined> {
  const today = dayOfMs(now.getTime());
  let newest = "";
  for await (const { date } of index.records()) {
    const day = date === undefined ? "" : firstDay(date);
    if (day > newest && day <= today) newest = day;
  }
  return newest === "" ? undefined : dayOfMs(msOfDay(newest as LocalDate));
}

/**
 * Replays a wish over the last four weeks of the corpus, by the rule by which new papers are matched. For papers like one
 * it counts the twenty that are nearest to that one, since what was new to whom at the time is not known.
 */
export async function forecastFollow(
  index: PaperIndex,
  match: MatchPapers,
  wish: Wish,
  now: Date,
): Promise<FollowForecast> {
  const found = await candidates(index, wish, now);
  const follow: Matched = { id: "forecast", createdAt: now, plan: { wish } };
  const matched = new Set((await match([follow], found)).map(({ paper }) => paper));
  const matching = wish.kind === "like" ? found : found.filter(({ id }) => matched.has(id));
  const to = await newestDay(index, now);
  const sorted = matching.toSorted((a, b) =>
    dayOf(a) === dayOf(b) ? (a.id < b.id ? -1 : 1) : dayOf(a) < dayOf(b) ? 1 : -1,
  );
  const from = to === undefined ? undefined : addDays(to, 1 - DAYS);
  const recent =
    from === undefined
      ? []
      : matching.filter((paper) => dayOf(paper) >= from && to !== undefined && dayOf(paper) <= to);
  return {
    ...(to === undefined ? {} : { to }),
    aWeek: recent.length / (DAYS / 7),
    matching: matching.length,
    latest: sorted.slice(0, EXAMPLES),
  };
}
