import { dataCiteDois } from "../../sources/recorded-dois.ts";
import type { TestClock } from "./clock.ts";
import type { FakeAnswer, FakeRequest, FakeService } from "./service.ts";
import { checkManners, startService } from "./service.ts";

/** How a fake DataCite is set up. */
export interface FakeDataCiteOptions {
  readonly clock: TestClock;
  /** As `data` of `/dois/{doi}` has them. */
  readonly dois?: readonly object[];
}

const json = (status: number, value: unknown): FakeAnswer => ({
  status,
  headers: { "content-type": "application/vnd.api+json; charset=utf-8" },
  body: JSON.stringify(value),
});

const NOT_FOUND = json(404, {
  errors: [{ status: "404", title: "The resource you are looking for doesn't exist." }],
});
const KNOWN = new Set(["query", "page[size]", "mailto"]);
/** A thousand in five minutes for who says whom to write to. */
const GAP_MS = 300;

const idOf = (doi: object): string => String((doi as Record<string, unknown>)["id"]).toLowerCase();

function answerList({ query }: FakeRequest, dois: readonly object[]): FakeAnswer {
  const size = Number(query.get("page[size]") ?? 25);
  if (!Number.isInteger(size) || size < 0 || size > 1000)
    return json(400, { errors: [{ status: "400", title: "page[size] must be 0-1000" }] });
  const words = (query.get("query") ?? "").toLowerCase().split(" ");
  const found = dois.filter((doi) => words.every((word) => JSON.stringify(doi).toLowerCase().includes(word)));
  return json(200, { data: found.slice(0, size), meta: { total: found.length, totalPages: 1, page: 1 } });
}

/** A fake DataCite on loopback: its REST API for who says in `mailto` whom to write to. */
export async function startDataCite(options: FakeDataCiteOptions): Promise<FakeService> {
  const { clock, dois = dataCiteDois } = options;
  let lastEnd = Number.NEGATIVE_INFINITY;
  return startService({
    clock,
    guard(request, open, violate) {
      checkManners(request, open, violate);
      if (request.at - lastEnd >= GAP_MS) return undefined;
      violate(`only ${request.at - lastEnd} ms after the last request`);
      return { status: 429, headers: {}, body: "Too Many Requests" };
    },
    answer(request, violate) {
      const { path, query } = request;
      for (const name of query.keys()) if (!KNOWN.has(name)) violate(`${path} knows no “${name}”`);
      if (path === "/dois") return answerList(request, dois);
      if (!path.startsWith("/dois/")) return NOT_FOUND;
      const wanted = decodeURIComponent(path.slice("/dois/".length)).toLowerCase();
      const data = dois.find((doi) => idOf(doi) === wanted);
      return data === undefined ? NOT_FOUND : json(200, { data });
    },
    done() {
      lastEnd = clock.now().getTime();
    },
  });
}
