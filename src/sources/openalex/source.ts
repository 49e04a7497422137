import { isObject } from "../../corpus/fields.ts";
import { parseDoi } from "../../corpus/links.ts";
import type { SourceParts } from "../items.ts";
import { atMost, sourceItems } from "../items.ts";
import type { JsonAnswer, Lookup } from "../lookup.ts";
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
import { OPENALEX, parseWorkId, readWork, WORK_FIELDS } from "./works.ts";

/** Settings of `createOpenAlex`. */
export interface OpenAlexSettings {
  /** Default `https://api.openalex.org`. */
  readonly baseUrl?: string;
}

/** Papers that one search gives; a page has at most 100 (developers.openalex.org/guides/page-through-results). */
const MAX_FOUND = 50;
/** Alternatives of one filter, at most 100 (developers.openalex.org/guides/filtering); fewer keep addresses below 2,000 letters. */
const IDS_AT_ONCE = 40;
/** What may stand among alternatives: a bar or a comma would end one. Others are asked for one by one. */
const PLAIN_DOI = /^10\.\d{4,9}\/[\w./()-]{1,60}$/;

/** An id as it is asked for, `W2741809807` or a DOI; undefined for other text. */
const asId = (text: string): string | undefined =>
  parseWorkId(text) ?? parseDoi(text.replace(/^doi:\s*/i, ""));
const isWorkId = (id: string): boolean => id.startsWith("W");

/** The ids under which an answer's work may have been asked for. */
function idsOf(work: unknown): string[] {
  if (!isObject(work)) return [];
  const texts = [work["id"], work["doi"]].map((one) => (typeof one === "string" ? one : ""));
  return texts.flatMap((text) => asId(text) ?? []);
}

interface Wanted {
  readonly list: string;
  /** The ids that were asked for; absent for a search. */
  readonly ids?: readonly string[];
  readonly most: number;
}

/** The works of an answer as papers. */
function* readAnswer(
  got: Extract<JsonAnswer, { kind: "json" }>,
  { list, ids, most }: Wanted,
): Generator<SourceItem> {
  const { url, readAt, value } = got;
  const results = isObject(value) ? (value["results"] ?? ("id" in value ? [value] : undefined)) : undefined;
  if (!Array.isArray(results)) {
    yield problemItem(url, "a work or a list of works", "JSON of another form");
    return;
  }
  const works = (results as unknown[]).map((work) => ({ ids: idsOf(work), record: readWork(work, url) }));
  // A work that was merged into another is given under that one's id; asked for alone, it is not missing.
  const merged = ids?.length === 1 && works.length === 1;
  const items = works.flatMap(({ record, ids: own }) =>
    isListing(record) ? [{ listing: record, ids: merged ? [...own, ...ids] : own }] : [],
  );
  const problems = works.flatMap(({ record }) => (isListing(record) ? [] : [record]));
  const page = atMost({ items, problems }, most, url);
  yield* sourceItems(page, { source: OPENALEX, list, readAt, file: url });
  const answered = new Set(works.flatMap((work) => work.ids));
  for (const id of merged ? [] : (ids ?? [])) if (!answered.has(id)) yield unknown(id);
}

const unknown = (id: string): SourceItem => missingPaper(OPENALEX, id, "no work with this id");

const SELECT = { select: WORK_FIELDS.join(",") };

/** Papers of OpenAlex by its ids, by DOIs and by words. */
export function createOpenAlex(settings: OpenAlexSettings, { fetcher }: SourceParts): Lookup {
  const { baseUrl = "https://api.openalex.org" } = settings;

  /** A single work costs nothing, lists and searches do. */
  async function* one(id: string, signal: AbortSignal): AsyncGenerator<SourceItem> {
    const name = isWorkId(id) ? id : `doi:${id}`;
    const url = addressOf(baseUrl, `/works/${encodeURIComponent(name)}`, SELECT);
    const got = await askJson(fetcher, { url, signal });
    if (got.kind === "json") yield* readAnswer(got, { list: "ids", ids: [id], most: 1 });
    else if (got.kind === "none") yield got.item;
    else yield got.status === 404 ? unknown(id) : refusalItem(got);
  }

  async function* several(
    filter: "openalex" | "doi",
    { ids, signal }: { readonly ids: readonly string[]; readonly signal: AbortSignal },
  ): AsyncGenerator<SourceItem> {
    const parameters = { ...SELECT, filter: `${filter}:${ids.join("|")}`, per_page: "100" };
    const got = await askJson(fetcher, { url: addressOf(baseUrl, "/works", parameters), signal });
    // One DOI may be of several works.
    if (got.kind === "json") yield* readAnswer(got, { list: "ids", ids, most: 100 });
    else yield got.kind === "none" ? got.item : refusalItem(got);
  }

  return {
    name: OPENALEX,
    async *byIds(given, signal) {
      const wanted = [...new Set(given.flatMap((id) => asId(id) ?? []))];
      const plain = wanted.length > 1 ? wanted.filter((id) => isWorkId(id) || PLAIN_DOI.test(id)) : [];
      for (const ids of inPieces(plain.filter(isWorkId), IDS_AT_ONCE))
        yield* several("openalex", { ids, signal });
      for (const ids of inPieces(
        plain.filter((id) => !isWorkId(id)),
        IDS_AT_ONCE,
      ))
        yield* several("doi", { ids, signal });
      for (const id of wanted) if (!plain.includes(id)) yield* one(id, signal);
    },
    async *search(words, signal) {
      const parameters = { ...SELECT, search: words, per_page: String(MAX_FOUND) };
      const got = await askJson(fetcher, { url: addressOf(baseUrl, "/works", parameters), signal });
      if (got.kind === "json") yield* readAnswer(got, { list: `“${words}”`, most: MAX_FOUND });
      else yield got.kind === "none" ? got.item : refusalItem(got);
    },
  };
}
