import { isObject } from "../../corpus/merging/fields.ts";
import type { Answered, JsonService } from "../json-lookup.ts";
import { inPieces } from "../lookup.ts";
import { parsePaperKey } from "./paper-ids.ts";
import { PAPER_FIELDS, readPaper, SEMANTIC_SCHOLAR } from "./papers.ts";

/** Papers that one search gives; at most 100 (api.semanticscholar.org/api-docs/graph, “paper/search”). */
const MAX_FOUND = 50;
/** Ids of one request, at most 500 and 10 MB of answer (api.semanticscholar.org/api-docs/graph, “paper/batch”). */
const IDS_AT_ONCE = 100;

const FIELDS = { fields: PAPER_FIELDS.join(",") };

/** A batch's answer: for each id in its place a paper, or null where there is none. */
function readBatch(value: unknown, ids: readonly string[], url: string): readonly Answered[] | undefined {
  if (!Array.isArray(value) || value.length !== ids.length) return undefined;
  return (value as unknown[]).flatMap((one, i) =>
    one === null ? [] : [{ record: readPaper(one, url), ids: [ids[i] ?? ""] }],
  );
}

/** What a search found. */
function readFound(value: unknown, url: string): readonly Answered[] | undefined {
  const { data } = (isObject(value) ? value : {}) as { data?: unknown };
  // Where nothing is found there is no list.
  if (data === undefined && isObject(value) && value["total"] === 0) return [];
  if (!Array.isArray(data)) return undefined;
  return (data as unknown[]).map((one) => ({ record: readPaper(one, url), ids: [] }));
}

/** Papers of Semantic Scholar by its ids and those of others, and by words. */
export const semanticScholar: JsonService = {
  name: SEMANTIC_SCHOLAR,
  origin: "https://api.semanticscholar.org",
  expected: ({ ids }) => (ids === undefined ? "a list of papers" : `a list of ${ids.length} papers`),
  missing: "no paper with this id",
  asId: parsePaperKey,
  byIds: (all) =>
    inPieces(all, IDS_AT_ONCE).map((ids) => ({
      path: "/graph/v1/paper/batch",
      parameters: FIELDS,
      body: JSON.stringify({ ids }),
      list: "ids",
      ids,
      most: ids.length,
    })),
  search: (words) => ({
    path: "/graph/v1/paper/search",
    parameters: {
      // “Hyphenated query terms yield no matches”: api.semanticscholar.org/api-docs/graph, “paper/search”.
      query: words.replace(/(?<=\S)-(?=\S)/g, " "),
      ...FIELDS,
      limit: String(MAX_FOUND),
    },
    list: `“${words}”`,
    most: MAX_FOUND,
  }),
  read: (value, { ids }, url) => (ids === undefined ? readFound(value, url) : readBatch(value, ids, url)),
  // So it says that it has none of them.
  refused: ({ status, text }) =>
    status === 400 && /No valid paper ids given/i.test(text) ? "missing" : undefined,
};
