import type { ArxivId } from "../../corpus/paper.ts";
import { utcDay } from "../days.ts";
import type { SourceParts } from "../items.ts";
import { atMost, createNovelty, sourceItems } from "../items.ts";
import type { Source, SourceItem, SourceRequest } from "../source.ts";
import type { ArxivPage } from "./atom-query.ts";
import { ARXIV } from "./atom-query.ts";
import { readIds } from "./by-ids.ts";
import type { Asking, Page } from "./query-pages.ts";
import { askPage, problem, refusal } from "./query-pages.ts";
import type { Window } from "./queries.ts";
import { checkCategories, windowQuery, windowsOf } from "./queries.ts";
import { parseDailyFeed } from "./rss.ts";

/** Settings of `createArxiv`. */
export interface ArxivSettings {
  /** `cs.AI`, `stat.ML`. Without any, `read` has nothing to read, and papers come by their ids alone. */
  readonly categories: readonly string[];
  /** Whether papers of other categories count that are listed in one of these too. Default false. */
  readonly crossLists?: boolean;
  /** Of the query API. Default `https://export.arxiv.org`. */
  readonly apiUrl?: string;
  /** Of the daily feeds. Default `https://rss.arxiv.org`. */
  readonly feedUrl?: string;
  /** Entries of one answer, at most 2000. Default 1000. */
  readonly pageSize?: number;
}

/** arXiv's new papers in some categories. */
export interface Arxiv extends Source {
  /** Papers by their ids, 100 a request; one that arXiv does not have is a problem, and costs no other. */
  readonly byIds: (ids: readonly ArxivId[], signal: AbortSignal) => AsyncIterable<SourceItem>;
}

/** Limits of the query API: info.arxiv.org/help/api/user-manual, “max_results”. */
const MAX_SLICE = 2000;
const MAX_RESULTS = 30_000;
/** A day of all arXiv has some 2,000 papers with cross-lists; a feed holds no more than 2,000 (info.arxiv.org/help/rss). */
const MAX_FEED = 5000;
/** A week of all computer science has about 10,000 papers. */
const WINDOW_DAYS = 7;
/** The API now and then answers with an empty page in the middle of a result. */
const EMPTY_PAGES = 3;

interface Reading extends Asking {
  readonly pageSize: number;
  readonly categories: readonly string[];
}

/** A page that must have entries because the result goes on: asked for again when it comes empty. */
async function askFullPage(
  reading: Reading,
  query: Record<string, string>,
  { start, signal }: { start: number; signal: AbortSignal },
): Promise<Page> {
  const size = Math.min(reading.pageSize, MAX_RESULTS - start);
  const whole = { ...query, start: String(start), max_results: String(size) };
  for (let asked = 1; ; asked++) {
    const got = await askPage(reading, whole, signal);
    if (got.kind === "none" || !got.page.whole) return got;
    if (got.page.entries > 0 || start >= (got.page.total ?? 0)) return got;
    if (asked < EMPTY_PAGES) continue;
    return {
      kind: "none",
      item: problem(got.url, `papers from ${start} of ${got.page.total}`, "an empty page"),
    };
  }
}

/** Whether a result ends with this page. A total that is passed, or absent, is not believed: a full page goes on. */
function isLast({ entries, total }: ArxivPage, { start, size }: { start: number; size: number }): boolean {
  if (entries === 0) return true;
  return total === undefined || start > total ? entries < size : start >= total;
}

/** The pages of a window, up to its end or to as many results as arXiv gives. */
async function* readPages(
  reading: Reading,
  window: Window,
  signal: AbortSignal,
): AsyncGenerator<Page | { readonly kind: "too-many"; readonly url: string }> {
  const query = windowQuery(reading.categories, window);
  const isNew = createNovelty();
  for (let start = 0; ;) {
    const got = await askFullPage(reading, query, { start, signal });
    if (got.kind === "page" && got.page.entries > 0 && !isNew(got.page)) {
      yield { kind: "none", item: problem(got.url, `papers from ${start} on`, "those of the pages before") };
      return;
    }
    yield got;
    if (got.kind === "none" || !got.page.whole) return;
    start += got.page.entries;
    if (isLast(got.page, { start, size: reading.pageSize })) return;
    if (start < MAX_RESULTS) continue;
    yield { kind: "too-many", url: got.url };
    return;
  }
}

/** Reads a window to its end; one with more results than arXiv gives is read day by day. */
async function* readWindow(
  reading: Reading,
  window: Window,
  signal: AbortSignal,
): AsyncGenerator<SourceItem> {
  const isDay = window.first === window.last;
  const list = isDay ? window.first : `${window.first} to ${window.last}`;
  let read = 0;
  for await (const got of readPages(reading, window, signal)) {
    if (got.kind === "none") {
      yield got.item;
      return;
    }
    if (!isDay && (got.kind === "too-many" || (got.page.total ?? 0) > MAX_RESULTS)) {
      for (const day of windowsOf(window, 1)) yield* readWindow(reading, day, signal);
      return;
    }
    if (got.kind === "too-many") {
      yield problem(got.url, `at most ${MAX_RESULTS} papers a day`, "more");
      return;
    }
    yield* sourceItems(got.page, { source: ARXIV, list, readAt: got.readAt, file: got.url });
    if (!got.page.whole) return;
    read += got.page.items.length;
  }
  yield { kind: "list", list, day: window.last, first: window.first, state: read === 0 ? "empty" : "read" };
}

async function* readFeed(
  { fetcher, categories }: Reading,
  { feedUrl, crossLists }: { feedUrl: string; crossLists: boolean },
  signal: AbortSignal,
): AsyncGenerator<SourceItem> {
  const list = categories.join("+");
  const { href: url } = new URL(`/rss/${list}`, feedUrl);
  const got = await fetcher({ url, expected: "xml", conditional: true, signal });
  if (got.kind === "unchanged") yield { kind: "list", list, state: "unchanged" };
  else if (got.kind !== "text") yield refusal(got, url);
  else {
    const feed = atMost(parseDailyFeed(got.text, url, { crossLists }), MAX_FEED, url);
    const dated = feed.day === undefined ? {} : { day: feed.day };
    yield* sourceItems(feed, { source: ARXIV, list, ...dated, readAt: got.readAt, file: url });
    if (!feed.whole) return;
    yield { kind: "list", list, ...dated, state: feed.items.length === 0 ? "empty" : "read" };
    await got.remember();
  }
}

/**
 * arXiv's new papers: back to `since` by the query API, week by week, and then the daily feed, which is the list that
 * arXiv's own page shows as new. Without `since` the daily feed alone. Throws a UserError for impossible categories.
 */
export function createArxiv(settings: ArxivSettings, parts: SourceParts): Arxiv {
  const { apiUrl = "https://export.arxiv.org", feedUrl = "https://rss.arxiv.org" } = settings;
  const pageSize = Math.min(MAX_SLICE, Math.max(1, Math.floor(settings.pageSize ?? 1000)));
  const categories = checkCategories(settings.categories);
  const reading: Reading = { fetcher: parts.fetcher, apiUrl, pageSize, categories };

  async function* read({ since, signal }: SourceRequest): AsyncGenerator<SourceItem> {
    if (categories.length === 0) return;
    const today = utcDay(parts.clock.now());
    const windows = since === undefined ? [] : windowsOf({ first: since, last: today }, WINDOW_DAYS);
    for (const window of windows) {
      let ended = false;
      for await (const item of readWindow(reading, window, signal)) {
        ended ||= item.kind === "list";
        yield item;
      }
      // Later windows wait for the next time, so that no gap is left behind; today's feed is worth a try.
      if (!ended) break;
    }
    yield* readFeed(reading, { feedUrl, crossLists: settings.crossLists ?? false }, signal);
  }

  return { name: ARXIV, read, byIds: (ids, signal) => readIds(reading, ids, signal) };
}
