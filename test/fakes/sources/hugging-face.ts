import { createHash } from "node:crypto";
import type { TestClock } from "./clock.ts";
import { dailyItem, searchItem } from "./hugging-face-items.ts";
import type { FakeAnswer, FakeRequest, FakeService } from "./service.ts";
import { startService } from "./service.ts";
import type { FakePaper } from "./world.ts";
import { createWorld } from "./world.ts";

/** How a fake Hugging Face is set up. */
export interface FakeHuggingFaceOptions {
  readonly clock: Pick<TestClock, "now">;
  /** Told what ends it (default: it ends with the test). */
  readonly atEnd?: (close: () => void) => unknown;
  /** Default the fortnight's. */
  readonly papers?: readonly FakePaper[];
  /** Requests in five minutes (default 500, as without a token). */
  readonly limit?: number;
}

const WINDOW_MS = 300_000;
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };

const json = (status: number, value: unknown, headers: Record<string, string> = {}): FakeAnswer => ({
  status,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(value),
});
const invalid = (error: string): FakeAnswer => json(400, { error });

/** Whole number within bounds, or the default where it is not given; undefined when it is neither. */
function numberOf(
  text: string | null,
  fallback: number,
  [least, most]: readonly [number, number],
): number | undefined {
  if (text === null) return fallback;
  const value = Number(text);
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

/** The ISO week of a day, `2026-W10`. */
function weekOf(day: string): string {
  const date = new Date(day);
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * 86_400_000);
  const start = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - start) / 604_800_000) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, "0")}`;
}

function inPeriod(query: URLSearchParams): ((day: string) => boolean) | string {
  const date = query.get("date");
  const week = query.get("week");
  const month = query.get("month");
  if (date !== null) return /^\d{4}-\d\d-\d\d$/.test(date) ? (day) => day === date : "Invalid date";
  if (week !== null) return /^\d{4}-W\d\d$/.test(week) ? (day) => weekOf(day) === week : "Invalid week";
  if (month !== null) return /^\d{4}-\d\d$/.test(month) ? (day) => day.startsWith(month) : "Invalid month";
  return () => true;
}

function answerDaily({ query }: FakeRequest, papers: readonly FakePaper[], today: string): FakeAnswer {
  const limit = numberOf(query.get("limit"), 50, [1, 100]);
  const page = numberOf(query.get("p"), 0, [0, 10_000]);
  if (limit === undefined) return invalid("limit must be between 1 and 100");
  if (page === undefined) return invalid("p must be a number from 0");
  if ((query.get("date") ?? "") > today) return invalid("Invalid date: must not be in the future");
  const wanted = inPeriod(query);
  if (typeof wanted === "string") return invalid(wanted);
  const listed = papers.filter(
    (paper) => paper.listed !== undefined && paper.listed <= today && wanted(paper.listed),
  );
  return json(200, listed.slice(page * limit, (page + 1) * limit).map(dailyItem));
}

function answerSearch({ query }: FakeRequest, papers: readonly FakePaper[], today: string): FakeAnswer {
  const q = query.get("q") ?? "";
  const limit = numberOf(query.get("limit"), 20, [1, 120]);
  if (q === "" || q.length > 250) return invalid("q must have 1 to 250 characters");
  if (limit === undefined) return invalid("limit must be between 1 and 120");
  const found = papers.filter(
    ({ title, announced }) => announced <= today && title.toLowerCase().includes(q.toLowerCase()),
  );
  return json(200, found.slice(0, limit).map(searchItem));
}

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  "/api/daily_papers": ["p", "limit", "date", "week", "month", "submitter", "sort"],
  "/api/papers/search": ["q", "limit"],
};

function conditional(answer: FakeAnswer, { headers }: FakeRequest): FakeAnswer {
  if (answer.status !== 200) return answer;
  const etag = `W/"${createHash("sha256").update(answer.body).digest("hex").slice(0, 16)}"`;
  if (headers["if-none-match"] === etag) return { status: 304, headers: { etag }, body: "" };
  return { ...answer, headers: { ...answer.headers, etag } };
}

/** A fake Hugging Face on loopback, as strict as its documentation and as its limits. */
export async function startHuggingFace(options: FakeHuggingFaceOptions): Promise<FakeService> {
  const { clock, atEnd, papers = createWorld(), limit = 500 } = options;
  let windowStart = clock.now().getTime();
  let used = 0;

  const rateLimit = (at: number): Record<string, string> => {
    const seconds = Math.ceil((windowStart + WINDOW_MS - at) / 1000);
    return {
      ratelimit: `"api";r=${Math.max(0, limit - used)};t=${seconds}`,
      "ratelimit-policy": `"fixed window";"api";q=${limit};w=300`,
    };
  };
  return startService({
    clock,
    atEnd,
    guard({ at }, _open, violate) {
      if (at >= windowStart + WINDOW_MS) {
        windowStart = at;
        used = 0;
      }
      used++;
      if (used <= limit) return undefined;
      violate("more requests than the window allows");
      return json(429, { error: "We had to rate limit you" }, rateLimit(at));
    },
    answer(request, violate) {
      const unknown = [...request.query.keys()].filter(
        (name) => KNOWN[request.path]?.includes(name) === false,
      );
      for (const name of unknown) violate(`${request.path} knows no “${name}”`);
      const today = clock.now().toISOString().slice(0, 10);
      const answer =
        request.path === "/api/daily_papers"
          ? answerDaily(request, papers, today)
          : request.path === "/api/papers/search"
            ? answerSearch(request, papers, today)
            : json(404, { error: "Sorry, we can't find the page you are looking for." });
      const { status, headers, body } = conditional(answer, request);
      return { status, headers: { ...headers, ...rateLimit(request.at) }, body };
    },
  });
}
