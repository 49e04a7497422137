import { dailyAtom, dailyRss, errorFeed, queryFeed } from "./arxiv-feeds.ts";
import type { TestClock } from "./clock.ts";
import type { FakeAnswer, FakeRequest, FakeService } from "./service.ts";
import { startService } from "./service.ts";
import type { FakePaper } from "./world.ts";
import { createWorld, isWeekend } from "./world.ts";

/** How a fake arXiv is set up. */
export interface FakeArxivOptions {
  readonly clock: Pick<TestClock, "now">;
  /** Told what ends it (default: it ends with the test). */
  readonly atEnd?: (close: () => void) => unknown;
  /** Default the fortnight's. */
  readonly papers?: readonly FakePaper[];
}

/** A fake arXiv, which can also misbehave in its own way. */
export interface FakeArxiv extends FakeService {
  /** The next pages of the query API come without entries, although the result goes on. */
  readonly emptyPages: (count: number) => void;
  /** From now on every answer of the query API says that the result has so many papers; undefined: says nothing. */
  readonly claimTotal: (total: number | undefined) => void;
  /** From now on the query API gives the first page, whatever page is asked for. */
  readonly stickToFirstPage: () => void;
}

const GAP_MS = 3000;
const xml = (type: string, body: string, headers: Record<string, string> = {}): FakeAnswer => ({
  status: 200,
  headers: { "content-type": `${type}; charset=utf-8`, ...headers },
  body,
});
const invalid = (message: string): FakeAnswer => ({
  ...xml("application/atom+xml", errorFeed(message)),
  status: 400,
});

const WINDOW = /^\((cat:[\w.-]+(?: OR cat:[\w.-]+)*)\) AND submittedDate:\[(\d{12}) TO (\d{12})\]$/;

/** The papers that a query asks for; a text when arXiv would not understand it. */
function select(query: URLSearchParams, papers: readonly FakePaper[]): readonly FakePaper[] | string {
  const ids = query.get("id_list");
  if (ids !== null) {
    const wanted = ids.split(",");
    const wrong = wanted.find((id) => !/^(?:\d{4}\.\d{4,5}|[a-z-]+\/\d{7})(?:v\d+)?$/.test(id));
    if (wrong !== undefined) return `incorrect id format for ${wrong}`;
    // Of ids that nobody has, nothing is said; the entries come in arXiv's order, not in that of the ids.
    const bare = wanted.map((id) => id.replace(/v\d+$/, ""));
    return papers.filter(({ id }) => bare.includes(id));
  }
  const match = WINDOW.exec(query.get("search_query") ?? "");
  if (match === null) return "the query was not understood";
  const [, any = "", first = "", last = ""] = match;
  const categories = any.split(" OR ").map((term) => term.slice("cat:".length));
  return papers.filter(({ submitted, categories: own }) => {
    const minute = submitted.replace(/\D/g, "").slice(0, 12);
    return minute >= first && minute <= last && own.some((category) => categories.includes(category));
  });
}

/** How the query API misbehaves. */
interface Whims {
  readonly empty: () => boolean;
  /** What is said instead of the right total. */
  readonly claim?: { readonly total: number | undefined };
  readonly stuck: boolean;
}

function answerQuery(query: URLSearchParams, papers: readonly FakePaper[], whims: Whims): FakeAnswer {
  const start = whims.stuck ? 0 : Number(query.get("start") ?? 0);
  const max = Number(query.get("max_results") ?? 10);
  if (!Number.isInteger(start) || start < 0) return invalid("start must be non-negative");
  if (!Number.isInteger(max) || max < 0) return invalid("max_results must be an integer");
  if (max > 2000) return invalid("max_results must not be larger than 2000");
  if (start + max > 30_000) return invalid("start + max_results must not be larger than 30000");
  if (!["relevance", "lastUpdatedDate", "submittedDate", null].includes(query.get("sortBy"))) {
    return invalid("sortBy must be in: relevance, lastUpdatedDate, submittedDate");
  }
  if (!["ascending", "descending", null].includes(query.get("sortOrder"))) {
    return invalid("sortOrder must be in: ascending, descending");
  }
  const selected = select(query, papers);
  if (typeof selected === "string") return invalid(selected);
  const page = whims.empty() ? [] : selected.slice(start, start + max);
  const { total } = whims.claim ?? { total: selected.length };
  return xml("application/atom+xml", queryFeed(page, { total, start }));
}

function answerDaily({ path, headers }: FakeRequest, papers: readonly FakePaper[], day: string): FakeAnswer {
  const [, form, list = ""] = path.split("/");
  const categories = decodeURIComponent(list).split("+");
  const announced = papers.filter(
    (paper) => paper.announced === day && paper.categories.some((one) => categories.includes(one)),
  );
  const shown = isWeekend(day) ? [] : announced.slice(0, 2000);
  const modified = new Date(day).toUTCString();
  if (headers["if-modified-since"] === modified) return { status: 304, headers: {}, body: "" };
  const body = form === "atom" ? dailyAtom(shown, day, categories) : dailyRss(shown, day, categories);
  return xml(`application/${form}+xml`, body, { "last-modified": modified });
}

/** A fake arXiv on loopback: query API and daily feeds, which share one limit of one request every three seconds. */
export async function startArxiv({
  clock,
  atEnd,
  papers = createWorld(),
}: FakeArxivOptions): Promise<FakeArxiv> {
  let lastEnd = Number.NEGATIVE_INFINITY;
  let empty = 0;
  let claim: Whims["claim"];
  let stuck = false;
  const service = await startService({
    clock,
    atEnd,
    guard({ at }, open, violate) {
      if (open > 1) violate("more than one connection at once");
      if (at - lastEnd >= GAP_MS) return undefined;
      violate(`only ${at - lastEnd} ms after the last request`);
      return { status: 429, headers: { "retry-after": "3" }, body: "Rate exceeded." };
    },
    answer(request) {
      const { path, query } = request;
      const today = clock.now().toISOString().slice(0, 10);
      // What was submitted and not announced yet is not there for anybody.
      const there = papers.filter(({ announced }) => announced <= today);
      if (path === "/api/query") {
        const whims = { empty: () => empty-- > 0, stuck, ...(claim === undefined ? {} : { claim }) };
        return answerQuery(query, there, whims);
      }
      if (/^\/(?:rss|atom)\/[^/]+$/.test(path)) return answerDaily(request, there, today);
      return { status: 404, headers: { "content-type": "text/html" }, body: "<html><body>404</body></html>" };
    },
    done() {
      lastEnd = clock.now().getTime();
    },
  });
  return {
    ...service,
    emptyPages: (count) => {
      empty = count;
    },
    claimTotal: (total) => {
      claim = { total };
    },
    stickToFirstPage: () => {
      stuck = true;
    },
  };
}
