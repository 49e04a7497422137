import { s2Papers } from "../../sources/recorded-works.ts";
import type { TestClock } from "./clock.ts";
import type { FakeAnswer, FakeRequest, FakeService } from "./service.ts";
import { startService } from "./service.ts";

/** A paper by the ids that it has. */
interface S2Paper {
  readonly paperId: string;
  readonly title: string;
  readonly externalIds: Readonly<Record<string, string | number>>;
}

/** How a fake Semantic Scholar is set up. */
export interface FakeSemanticScholarOptions {
  readonly clock: TestClock;
  readonly papers?: readonly S2Paper[];
  /** The key that it gave: with it one may ask each second. Without one, a hundred times in five minutes. */
  readonly key?: string;
}

const json = (status: number, value: unknown): FakeAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});
const invalid = (error: string): FakeAnswer => json(400, { error });

const FIELDS = new Set(
  "paperId corpusId externalIds url title abstract venue publicationVenue year referenceCount citationCount isOpenAccess openAccessPdf fieldsOfStudy publicationTypes publicationDate journal citationStyles authors".split(
    " ",
  ),
);

/** Whether an id of a request means a paper; undefined for one of no form that it takes. */
function means(id: string, { paperId, externalIds }: S2Paper): boolean | undefined {
  if (/^[0-9a-f]{40}$/.test(id)) return id === paperId;
  const [, name = "", rest = ""] = /^(CorpusId|DOI|ARXIV|ACL|MAG|PMID|PMCID):(.+)$/i.exec(id) ?? [];
  if (name === "") return undefined;
  return Object.entries(externalIds).some(
    ([own, value]) =>
      own.toLowerCase() === name.toLowerCase() && String(value).toLowerCase() === rest.toLowerCase(),
  );
}

/** The ids of a POST; a text when they are none. */
function idsOf(body: string): string[] | string {
  try {
    const { ids } = JSON.parse(body) as { ids?: unknown };
    return Array.isArray(ids) && ids.every((id) => typeof id === "string") ? ids : "ids must be a list";
  } catch {
    return "the body must be JSON";
  }
}

function answerBatch({ body, method }: FakeRequest, papers: readonly S2Paper[]): FakeAnswer {
  if (method !== "POST") return json(405, { message: "Method Not Allowed" });
  const ids = idsOf(body);
  if (typeof ids === "string") return invalid(ids);
  if (ids.length > 500) return invalid("Too many ids");
  const found = ids.map((id) => papers.find((paper) => means(id, paper) === true) ?? null);
  const wrong = ids.some((id) => papers.some((paper) => means(id, paper) === undefined));
  return wrong || found.every((paper) => paper === null)
    ? invalid("No valid paper ids given")
    : json(200, found);
}

function answerSearch({ query }: FakeRequest, papers: readonly S2Paper[]): FakeAnswer {
  const words = query.get("query")?.toLowerCase() ?? "";
  const limit = Number(query.get("limit") ?? 100);
  if (words === "") return invalid("Missing required parameter: 'query'");
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return invalid("limit must be between 1 and 100");
  // Terms with hyphens are never found.
  const found = papers.filter(({ title }) => !words.includes("-") && title.toLowerCase().includes(words));
  return json(
    200,
    found.length === 0
      ? { total: 0, offset: 0 }
      : { total: found.length, offset: 0, data: found.slice(0, limit) },
  );
}

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  "/graph/v1/paper/batch": ["fields"],
  "/graph/v1/paper/search": ["query", "fields", "limit"],
};

/** A fake Semantic Scholar on loopback, which takes its own pace with a key and a slower one without. */
export async function startSemanticScholar(options: FakeSemanticScholarOptions): Promise<FakeService> {
  const { clock, papers = s2Papers, key } = options;
  let lastEnd = Number.NEGATIVE_INFINITY;
  return startService({
    clock,
    guard({ at, headers }, open, violate) {
      if (open > 1) violate("more than one connection at once");
      const given = headers["x-api-key"];
      if (given !== undefined && given !== key) return json(403, { message: `Forbidden: ${String(given)}` });
      const gapMs = given === undefined ? 3000 : 1000;
      if (at - lastEnd >= gapMs) return undefined;
      violate(`only ${at - lastEnd} ms after the last request`);
      return json(429, { message: "Too Many Requests", code: "429" });
    },
    answer(request, violate) {
      const known = KNOWN[request.path];
      if (known === undefined) return json(404, { error: "Not found" });
      for (const name of request.query.keys())
        if (!known.includes(name)) violate(`${request.path} knows no “${name}”`);
      const fields = request.query.get("fields")?.split(",") ?? [];
      const wrong = fields.filter((name) => !FIELDS.has(name));
      if (wrong.length > 0) return invalid(`Unrecognized or unsupported fields: [${wrong.join(", ")}]`);
      return request.path.endsWith("/batch") ? answerBatch(request, papers) : answerSearch(request, papers);
    },
    done() {
      lastEnd = clock.now().getTime();
    },
  });
}
