import { isObject } from "../../corpus/fields.ts";
import type { SourceParts } from "../items.ts";
import { atMost, sourceItems } from "../items.ts";
import type { JsonAnswer, Lookup, ReadRecord } from "../lookup.ts";
import {
  addressOf,
  askJson,
  inPieces,
  isListing,
  missingPaper,
  problemItem,
  refusalItem,
} from "../lookup.ts";
import type { SourceItem } from "../source.ts";
import { parsePaperKey } from "./paper-ids.ts";
import { PAPER_FIELDS, readPaper, SEMANTIC_SCHOLAR } from "./papers.ts";

/** Settings of `createSemanticScholar`. */
export interface SemanticScholarSettings {
  /** Default `https://api.semanticscholar.org`. */
  readonly baseUrl?: string;
}

/** Papers that one search gives; at most 100 (api.semanticscholar.org/api-docs/graph, “paper/search”). */
const MAX_FOUND = 50;
/** Ids of one request, at most 500 and 10 MB of answer (api.semanticscholar.org/api-docs/graph, “paper/batch”). */
const IDS_AT_ONCE = 100;

type Json = Extract<JsonAnswer, { kind: "json" }>;

const unknown = (id: string): SourceItem => missingPaper(SEMANTIC_SCHOLAR, id, "no paper with this id");

/** A record, and the id that was asked for. */
interface Answered {
  readonly record: ReadRecord;
  readonly ids?: readonly string[];
}

/** Records as papers of a list, at most so many. */
function* asItems(
  answered: readonly Answered[],
  { url, readAt }: Json,
  { list, most }: { readonly list: string; readonly most: number },
): Generator<SourceItem> {
  const items = answered.flatMap(({ record, ...asked }) =>
    isListing(record) ? [{ listing: record, ...asked }] : [],
  );
  const problems = answered.flatMap(({ record }) => (isListing(record) ? [] : [record]));
  const page = atMost({ items, problems }, most, url);
  yield* sourceItems(page, { source: SEMANTIC_SCHOLAR, list, readAt, file: url });
}

/** A batch's answer: for each id in its place a paper, or null where there is none. */
function* readBatch(got: Json, ids: readonly string[]): Generator<SourceItem> {
  const { value, url } = got;
  if (!Array.isArray(value) || value.length !== ids.length) {
    yield problemItem(url, `a list of ${ids.length} papers`, "JSON of another form");
    return;
  }
  const papers = value as unknown[];
  const answered = papers.flatMap((one, i) =>
    one === null ? [] : [{ record: readPaper(one, url), ids: [ids[i] ?? ""] }],
  );
  yield* asItems(answered, got, { list: "ids", most: ids.length });
  for (const [i, id] of ids.entries()) if (papers[i] === null) yield unknown(id);
}

/** What a search found. */
function* readFound(got: Json, words: string): Generator<SourceItem> {
  const { value, url } = got;
  const { data } = (isObject(value) ? value : {}) as { data?: unknown };
  // Where nothing is found there is no list.
  if (data === undefined && isObject(value) && value["total"] === 0) return;
  if (!Array.isArray(data)) {
    yield problemItem(url, "a list of papers", "JSON of another form");
    return;
  }
  const answered = (data as unknown[]).map((one) => ({ record: readPaper(one, url) }));
  yield* asItems(answered, got, { list: `“${words}”`, most: MAX_FOUND });
}

const FIELDS = { fields: PAPER_FIELDS.join(",") };

/** Papers of Semantic Scholar by its ids and those of others, and by words. */
export function createSemanticScholar(settings: SemanticScholarSettings, { fetcher }: SourceParts): Lookup {
  const { baseUrl = "https://api.semanticscholar.org" } = settings;

  async function* batch(ids: readonly string[], signal: AbortSignal): AsyncGenerator<SourceItem> {
    const url = addressOf(baseUrl, "/graph/v1/paper/batch", FIELDS);
    const got = await askJson(fetcher, { url, body: JSON.stringify({ ids }), signal });
    if (got.kind === "json") yield* readBatch(got, ids);
    else if (got.kind === "none") yield got.item;
    // So it says that it has none of them.
    else if (got.status === 400 && /No valid paper ids given/i.test(got.text)) yield* ids.map(unknown);
    else yield refusalItem(got);
  }

  return {
    name: SEMANTIC_SCHOLAR,
    async *byIds(given, signal) {
      const wanted = [...new Set(given.flatMap((id) => parsePaperKey(id) ?? []))];
      for (const ids of inPieces(wanted, IDS_AT_ONCE)) yield* batch(ids, signal);
    },
    async *search(words, signal) {
      // “Hyphenated query terms yield no matches”: api.semanticscholar.org/api-docs/graph, “paper/search”.
      const query = words.replace(/(?<=\S)-(?=\S)/g, " ");
      const url = addressOf(baseUrl, "/graph/v1/paper/search", {
        query,
        ...FIELDS,
        limit: String(MAX_FOUND),
      });
      const got = await askJson(fetcher, { url, signal });
      if (got.kind === "json") yield* readFound(got, words);
      else yield got.kind === "none" ? got.item : refusalItem(got);
    },
  };
}
