import { openAlexWorks } from "../../sources/recorded-works.ts";
import type { TestClock } from "./clock.ts";
import type { FakeAnswer, FakeRequest, FakeService } from "./service.ts";
import { startService } from "./service.ts";

/** How a fake OpenAlex is set up. */
export interface FakeOpenAlexOptions {
  readonly clock: TestClock;
  readonly works?: readonly object[];
  /** The key that it gave; without one it knows nobody by a key. */
  readonly key?: string;
  /** What a day allows, in thousandths of a dollar: a single work is free, a list costs 0.1 and a search 1. Default 100. */
  readonly allowance?: number;
}

const json = (status: number, value: unknown, headers: Record<string, string> = {}): FakeAnswer => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(value),
});
const invalid = (message: string): FakeAnswer =>
  json(400, { error: "Invalid query parameters error.", message });

const KNOWN = new Set(["filter", "search", "per_page", "select", "mailto", "api_key"]);
const FIELDS = new Set(
  "id doi title display_name publication_year publication_date ids language type indexed_in open_access authorships is_authors_truncated cited_by_count biblio is_retracted is_paratext primary_location locations best_oa_location keywords topics referenced_works related_works abstract_inverted_index".split(
    " ",
  ),
);
const fieldOf = (work: object, name: string): string => {
  const value = (work as Record<string, unknown>)[name];
  return typeof value === "string" ? value : "";
};

/** A work with the fields that were selected; all where none were. */
function selected(work: object, { query }: FakeRequest): object {
  const select = query.get("select")?.split(",");
  return Object.fromEntries(Object.entries(work).filter(([name]) => select?.includes(name) ?? true));
}

function answerList(request: FakeRequest, works: readonly object[]): FakeAnswer {
  const { query } = request;
  const perPage = Number(query.get("per_page") ?? 25);
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > 100)
    return invalid("per-page parameter must be between 1 and 100");
  const [, name, values = ""] = /^(openalex|doi):(.+)$/.exec(query.get("filter") ?? "") ?? [];
  if (query.has("filter") && name === undefined) return invalid("Unknown filter field");
  const alternatives = values.toLowerCase().split("|");
  if (alternatives.length > 100) return invalid("Maximum number of values exceeded");
  const own = (work: object): string => fieldOf(work, name === "doi" ? "doi" : "id").toLowerCase();
  const words = query.get("search")?.toLowerCase() ?? "";
  const found = works.filter(
    (work) =>
      (name === undefined || alternatives.some((one) => own(work).endsWith(`/${one}`))) &&
      fieldOf(work, "title").toLowerCase().includes(words),
  );
  const results = found.slice(0, perPage).map((work) => selected(work, request));
  return json(200, { meta: { count: found.length, page: 1, per_page: perPage }, results, group_by: [] });
}

function answerOne(request: FakeRequest, works: readonly object[]): FakeAnswer {
  const id = decodeURIComponent(request.path.slice("/works/".length)).toLowerCase().replace(/^doi:/, "");
  const work = works.find((one) =>
    [fieldOf(one, "id"), fieldOf(one, "doi")].some((own) => own.toLowerCase().endsWith(`/${id}`)),
  );
  return work === undefined
    ? {
        status: 404,
        headers: { "content-type": "text/html" },
        body: "<!doctype html><title>404 Not Found</title>",
      }
    : json(200, selected(work, request));
}

/** A fake OpenAlex on loopback: it knows who asks by `mailto` or a key, counts what a day costs and takes ten a second. */
export async function startOpenAlex(options: FakeOpenAlexOptions): Promise<FakeService> {
  const { clock, works = openAlexWorks, key, allowance = 100 } = options;
  let lastEnd = Number.NEGATIVE_INFINITY;
  let used = 0;
  const secondsLeft = (): number => 86_400 - (Math.floor(clock.now().getTime() / 1000) % 86_400);
  return startService({
    clock,
    guard({ at, query, path }, open, violate) {
      if (open > 1) violate("more than one connection at once");
      if (!query.has("mailto")) violate("no mailto");
      if (key !== undefined && query.get("api_key") !== key)
        return json(401, {
          error: "Invalid API key",
          message: `API key ${query.get("api_key") ?? ""} is not valid`,
        });
      if (at - lastEnd < 100) violate(`only ${at - lastEnd} ms after the last request`);
      used += path === "/works" ? (query.has("search") ? 1 : 0.1) : 0;
      if (used <= allowance) return undefined;
      return json(
        429,
        { error: "Rate limit exceeded", message: "Insufficient budget" },
        { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(secondsLeft()) },
      );
    },
    answer(request, violate) {
      const single = request.path !== "/works";
      for (const name of request.query.keys())
        if (!KNOWN.has(name) || (single && /^(?:filter|search|per_page)$/.test(name)))
          violate(`${request.path} knows no “${name}”`);
      const select = request.query.get("select")?.split(",") ?? [];
      const wrong = select.filter((name) => !FIELDS.has(name));
      if (select.length === 0) violate("everything of a work, though a part of it is read");
      if (wrong.length > 0) return invalid(`${wrong.join(", ")} is not a valid select field`);
      if (!request.path.startsWith("/works")) return json(404, { error: "Not found" });
      return single ? answerOne(request, works) : answerList(request, works);
    },
    done() {
      lastEnd = clock.now().getTime();
    },
  });
}
