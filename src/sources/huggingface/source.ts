import { quoteLine } from "../../corpus/problem.ts";
import { addDays, daysBetween, utcDay } from "../days.ts";
import type { Fetched } from "../fetch/ask.ts";
import type { SourceParts } from "../items.ts";
import { atMost, createNovelty, sourceItems } from "../items.ts";
import type { ListState, Source, SourceItem, SourceRequest } from "../source.ts";
import { HUGGING_FACE, parseDailyPapers } from "./daily-papers.ts";
import type { Period } from "./periods.ts";
import { periodParameter } from "./periods.ts";

/** Settings of `createHuggingFace`. */
export interface HuggingFaceSettings {
  /** Default `https://huggingface.co`. */
  readonly baseUrl?: string;
}

/** Hugging Face's lists of papers. */
export interface HuggingFace extends Source {
  /** One list by day, week or month, with its `list` item when it was read to its end. */
  readonly list: (period: Period, signal: AbortSignal) => AsyncIterable<SourceItem>;
  /** The papers that Hugging Face finds for words, best first; at most `limit` (1-120, default 50). */
  readonly search: (words: string, signal: AbortSignal, limit?: number) => AsyncIterable<SourceItem>;
}

/** Limits of the API: huggingface.co/docs/hub/api, hub-docs #1878 and #2065. */
const MAX_PAGE = 100;
/** The most papers that one search gives. */
export const MAX_SEARCH = 120;
/** The most characters of a search; further ones are not sent. */
export const MAX_WORDS = 250;
/** A month has about 1,000 papers; a server that never ends its pages is left after so many. */
const MAX_PAGES = 50;
/** So many lists one after the other that cannot be read are a service that is down. */
const MAX_FAILURES = 2;

type Text = Extract<Fetched, { kind: "text" }>;

/** An answer that is no list, as a problem. */
function refusal(got: Exclude<Fetched, { kind: "text" }>, file: string): SourceItem {
  switch (got.kind) {
    case "failed":
      return { kind: "problem", problem: got.problem };
    case "refused": {
      const found = `status ${got.status}, ${quoteLine(got.text.trim())}`;
      return { kind: "problem", problem: { file, expected: "a list of papers", found } };
    }
    case "unchanged":
      return { kind: "problem", problem: { file, expected: "a list of papers", found: "“not modified”" } };
  }
}

/** Why the first page of a list ends it without papers and without being a problem; undefined when it does not. */
function stateOf(got: Fetched, period: Period, today: string): ListState | undefined {
  if (got.kind === "unchanged") return "unchanged";
  // A day that has not begun for Hugging Face answers 400.
  const early = got.kind === "refused" && got.status === 400 && period.kind === "day" && period.day >= today;
  return early ? "not-open" : undefined;
}

const endless = (file: string): SourceItem => ({
  kind: "problem",
  problem: { file, expected: `a list of at most ${MAX_PAGES} pages`, found: "one more" },
});

interface Reading extends SourceParts {
  readonly base: string;
}

function address(base: string, path: string, parameters: Record<string, string>): string {
  const url = new URL(path, base);
  url.search = new URLSearchParams(parameters).toString();
  return url.href;
}

function pageUrl(base: string, period: Period, page: number): string {
  const [name, value] = periodParameter(period);
  return address(base, "/api/daily_papers", { [name]: value, limit: String(MAX_PAGE), p: String(page) });
}

async function* readList(reading: Reading, period: Period, signal: AbortSignal): AsyncGenerator<SourceItem> {
  const [, list] = periodParameter(period);
  const dated = period.kind === "day" ? { day: period.day } : {};
  const end = (state: ListState): SourceItem => ({ kind: "list", list, ...dated, state });
  const isNew = createNovelty();
  const texts: Text[] = [];
  let [papers, ended] = [0, false];
  for (let page = 0; !ended; page++) {
    const url = pageUrl(reading.base, period, page);
    const got = await reading.fetcher({ url, expected: "json", conditional: page === 0, signal });
    const state = page === 0 ? stateOf(got, period, utcDay(reading.clock.now())) : undefined;
    if (state !== undefined) {
      yield end(state);
      return;
    }
    if (got.kind !== "text" || page >= MAX_PAGES) {
      yield got.kind === "text" ? endless(url) : refusal(got, url);
      return;
    }
    texts.push(got);
    const parsed = atMost(parseDailyPapers(got.text, { file: url, readAt: got.readAt }), MAX_PAGE, url);
    yield* sourceItems(parsed, { source: HUGGING_FACE, list, ...dated, readAt: got.readAt, file: url });
    if (!parsed.whole) return;
    papers += parsed.items.length;
    // A page that only repeats papers is the last one: nothing more is to be had.
    ended = !isNew(parsed) || parsed.items.length + parsed.problems.length < MAX_PAGE;
  }
  yield end(papers === 0 ? "empty" : "read");
  // Asked for the next item, so all of these are stored. A list of several pages is not remembered: it can change on
  // a page that would not be asked for again.
  const [only, ...more] = texts;
  if (more.length === 0) await only?.remember();
}

async function* readDays(reading: Reading, { since, signal }: SourceRequest): AsyncGenerator<SourceItem> {
  const today = utcDay(reading.clock.now());
  let failures = 0;
  for (const day of daysBetween(since ?? addDays(today, -1), today)) {
    // The clock was ahead when this began, and is right now.
    if (day > utcDay(reading.clock.now())) return;
    // Old days that stay damaged must not keep the newest list away for ever.
    if (failures >= MAX_FAILURES && day !== today) continue;
    let ended = false;
    for await (const item of readList(reading, { kind: "day", day }, signal)) {
      ended ||= item.kind === "list";
      yield item;
    }
    failures = ended ? 0 : failures + 1;
  }
}

async function* readSearch(
  { base, fetcher }: Reading,
  { words, limit }: { words: string; limit: number },
  signal: AbortSignal,
): AsyncGenerator<SourceItem> {
  const q = Array.from(words.trim()).slice(0, MAX_WORDS).join("");
  if (q === "") return;
  const asked = Math.min(MAX_SEARCH, Math.max(1, Math.floor(limit)));
  const url = address(base, "/api/papers/search", { q, limit: String(asked) });
  const got = await fetcher({ url, expected: "json", signal });
  if (got.kind !== "text") {
    yield refusal(got, url);
    return;
  }
  const parsed = atMost(parseDailyPapers(got.text, { file: url, readAt: got.readAt }), asked, url);
  yield* sourceItems(parsed, { source: HUGGING_FACE, list: `“${q}”`, readAt: got.readAt, file: url });
}

/** Hugging Face's daily papers: by default yesterday's and today's. Votes are read anew each time, with their time. */
export function createHuggingFace(settings: HuggingFaceSettings, parts: SourceParts): HuggingFace {
  const reading: Reading = { ...parts, base: settings.baseUrl ?? "https://huggingface.co" };
  return {
    name: HUGGING_FACE,
    read: (request) => readDays(reading, request),
    list: (period, signal) => readList(reading, period, signal),
    search: (words, signal, limit = 50) => readSearch(reading, { words, limit }, signal),
  };
}
