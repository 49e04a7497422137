/** How long the times are that papers are counted in. */
export type Period = "month" | "year";

/** One time, and the papers of it. */
export interface Span {
  /** `2026-03` or `2026`. */
  readonly name: string;
  /** All papers of this time. */
  readonly papers: number;
  /** Whether it is not over yet. */
  readonly open: boolean;
}

/** A topic, and how many papers of each time have it. */
export interface Topic {
  readonly name: string;
  /** Beside `Trend.spans`, in their order. */
  readonly counts: readonly number[];
  /** Papers that have it, whatever their date. */
  readonly total: number;
}

/** How often topics come up over time. */
export interface Trend {
  readonly period: Period;
  /** In their order, without a gap. */
  readonly spans: readonly Span[];
  readonly topics: readonly Topic[];
  /** Papers of which not enough of the date is known: none, or, where months are counted, the year alone. */
  readonly undated: number;
  /** Papers before the first time, which are too few and too far apart to be shown. */
  readonly earlier: number;
}

/** A paper as it is counted. */
export interface Dated {
  readonly id: string;
  /** `2026`, `2026-03` or `2026-03-06`. */
  readonly date?: string;
}

/** Longer than three years is told by years. */
const MOST_MONTHS = 36;
/** Times of one picture; what is older is told in a number. */
const MOST_SPANS = 60;
/** So much of the papers, the oldest, may be left out so that a stray one does not stretch the picture. */
const STRAY = 0.02;
/** Fewer papers than this in a time make its share a matter of chance. */
export const FEW = 10;

const lengthOf = (period: Period): number => (period === "month" ? 7 : 4);

/** The time after one: `2026-12` -> `2027-01`. */
function after(name: string): string {
  const [year = 0, month] = name.split("-").map(Number);
  if (month === undefined) return String(year + 1).padStart(4, "0");
  const [next, of] = month === 12 ? [1, year + 1] : [month + 1, year];
  return `${String(of).padStart(4, "0")}-${String(next).padStart(2, "0")}`;
}

/** All times from one to another. */
function between(first: string, last: string): string[] {
  const names = [first];
  for (let name = first; name < last; names.push(name)) name = after(name);
  return names;
}

/** The time at a place of the papers, 0 for the first. */
const timeAt = (times: readonly string[], share: number): string | undefined =>
  times[Math.floor(share * times.length)];

const timesOf = (papers: readonly Dated[], period: Period): string[] =>
  papers
    .flatMap(({ date }) =>
      date !== undefined && date.length >= lengthOf(period) ? [date.slice(0, lengthOf(period))] : [],
    )
    .toSorted();

/** Months where nearly all papers lie within three years, else years. */
export function usualPeriod(papers: readonly Dated[]): Period {
  const months = timesOf(papers, "month");
  const [first, last] = [timeAt(months, STRAY), months.at(-1)];
  const known = papers.filter(({ date }) => date !== undefined).length;
  // Where most papers have a year alone, months would tell of a few.
  if (first === undefined || last === undefined || months.length < known / 2) return "year";
  return between(first, last).length <= MOST_MONTHS ? "month" : "year";
}

/**
 * Counts the papers of each time, and those among them that have each topic. The first time is that of the oldest paper but for
 * strays, one of fifty, and no more than 60 times are told. `now` says which time is not over.
 */
export function countTrend(
  papers: readonly Dated[],
  topics: readonly { readonly name: string; readonly ids: ReadonlySet<string> }[],
  { period, now }: { readonly period: Period; readonly now: Date },
): Trend {
  const length = lengthOf(period);
  const times = timesOf(papers, period);
  const [oldest, newest] = [timeAt(times, STRAY), times.at(-1)];
  const names =
    oldest === undefined || newest === undefined ? [] : between(oldest, newest).slice(-MOST_SPANS);
  const places = new Map(names.map((name, i) => [name, i]));
  const count = (): number[] => names.map(() => 0);
  const all = count();
  const each = topics.map(count);
  for (const { id, date } of papers) {
    const place = date === undefined || date.length < length ? undefined : places.get(date.slice(0, length));
    if (place === undefined) continue;
    all[place] = (all[place] ?? 0) + 1;
    topics.forEach(({ ids }, i) => {
      const own = each[i];
      if (own !== undefined && ids.has(id)) own[place] = (own[place] ?? 0) + 1;
    });
  }
  const today = now.toISOString().slice(0, length);
  const shown = all.reduce((sum, one) => sum + one, 0);
  return {
    period,
    spans: names.map((name, i) => ({ name, papers: all[i] ?? 0, open: name >= today })),
    topics: topics.map(({ name, ids }, i) => ({ name, counts: each[i] ?? [], total: ids.size })),
    undated: papers.length - times.length,
    earlier: times.length - shown,
  };
}

/** The share of the papers of a time that have a topic, from 0 to 1; undefined where there are no papers. */
export function shareAt(
  { spans }: Pick<Trend, "spans">,
  { counts }: Topic,
  place: number,
): number | undefined {
  const { papers = 0 } = spans[place] ?? {};
  return papers === 0 ? undefined : (counts[place] ?? 0) / papers;
}
