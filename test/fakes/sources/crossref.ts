import { crossrefWorks } from "../../sources/recorded-works.ts";
import type { TestClock } from "./clock.ts";
import type { FakeAnswer, FakeRequest, FakeService } from "./service.ts";
import { checkManners, startService } from "./service.ts";

/** How a fake Crossref is set up. */
export interface FakeCrossrefOptions {
  readonly clock: TestClock;
  /** As `/works/{doi}` has them. */
  readonly works?: readonly object[];
  /** Requests in an interval: by default three in a second, those of lists in the polite pool. */
  readonly limit?: { readonly requests: number; readonly seconds: number };
}

const json = (status: number, value: unknown): FakeAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});
const text = (status: number, body: string): FakeAnswer => ({
  status,
  headers: { "content-type": "text/plain" },
  body,
});
const invalid = (message: string): FakeAnswer =>
  json(400, { status: "failed", "message-type": "validation-failure", message: [{ message }] });

const KNOWN = new Set(["query.bibliographic", "filter", "rows", "mailto"]);
const fieldOf = (work: object, name: string): unknown => (work as Record<string, unknown>)[name];
const doiOf = (work: object): string => String(fieldOf(work, "DOI")).toLowerCase();

/** Filters as pairs; alternatives have one name. A text when one is none. */
function filtersOf(given: string): readonly (readonly [string, string])[] | string {
  const pairs = given
    .split(",")
    .map((one) => [one.split(":")[0] ?? "", one.slice(one.indexOf(":") + 1)] as const);
  const wrong = pairs.find(([name]) => name !== "doi" && name !== "type");
  return wrong === undefined
    ? pairs
    : `Filter ${wrong[0]} specified but there is no such filter for this route.`;
}

function answerList({ query }: FakeRequest, works: readonly object[]): FakeAnswer {
  const rows = Number(query.get("rows") ?? 20);
  if (!Number.isInteger(rows) || rows < 0 || rows > 1000)
    return invalid("Integer specified as rows but must be 0-1000");
  const filters = filtersOf(query.get("filter") ?? "type:journal-article");
  if (typeof filters === "string") return invalid(filters);
  const fits = (work: object, name: string): boolean => {
    const values = filters.filter(([one]) => one === name).map(([, value]) => value.toLowerCase());
    const own = name === "doi" ? doiOf(work) : String(fieldOf(work, name));
    return values.length === 0 || values.includes(own);
  };
  const words = (query.get("query.bibliographic") ?? "").toLowerCase().split(" ");
  const found = works.filter(
    (work) =>
      fits(work, "doi") &&
      fits(work, "type") &&
      words.every((word) => JSON.stringify(work).toLowerCase().includes(word)),
  );
  const items = found.slice(0, rows);
  const message = { facets: {}, "total-results": found.length, items, "items-per-page": rows };
  return json(200, { status: "ok", "message-type": "work-list", "message-version": "1.0.0", message });
}

function answerWork({ path }: FakeRequest, works: readonly object[]): FakeAnswer {
  const doi = decodeURIComponent(path.slice("/works/".length)).toLowerCase();
  const message = works.find((work) => doiOf(work) === doi);
  return message === undefined
    ? text(404, "Resource not found.")
    : json(200, { status: "ok", "message-type": "work", "message-version": "1.0.0", message });
}

/** A fake Crossref on loopback: its REST API, for who says in `mailto` whom to write to, and waits between requests. */
export async function startCrossref(options: FakeCrossrefOptions): Promise<FakeService> {
  const { clock, works = crossrefWorks, limit = { requests: 3, seconds: 1 } } = options;
  const gapMs = (limit.seconds * 1000) / limit.requests;
  let lastEnd = Number.NEGATIVE_INFINITY;
  const allowance = {
    "x-rate-limit-limit": String(limit.requests),
    "x-rate-limit-interval": `${limit.seconds}s`,
    "x-api-pool": "polite",
  };
  return startService({
    clock,
    guard(request, open, violate) {
      checkManners(request, open, violate);
      if (request.at - lastEnd >= gapMs) return undefined;
      violate(`only ${request.at - lastEnd} ms after the last request`);
      return { status: 429, headers: { ...allowance, "retry-after": "1" }, body: "Rate limit exceeded." };
    },
    answer(request, violate) {
      const single = request.path !== "/works";
      for (const name of request.query.keys())
        if (single ? name !== "mailto" : !KNOWN.has(name)) violate(`${request.path} knows no “${name}”`);
      const answer = !request.path.startsWith("/works")
        ? text(404, "Resource not found.")
        : single
          ? answerWork(request, works)
          : answerList(request, works);
      return { ...answer, headers: { ...answer.headers, ...allowance } };
    },
    done() {
      lastEnd = clock.now().getTime();
    },
  });
}
