import { isObject } from "../../corpus/fields.ts";
import { parseDoi } from "../../corpus/links.ts";
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
import { CROSSREF, readWork, SEARCHED_TYPES } from "./works.ts";

/** Settings of `createCrossref`. */
export interface CrossrefSettings {
  /** Default `https://api.crossref.org`. */
  readonly baseUrl?: string;
}

/** Papers that one search gives; Crossref gives up to 1000, most of which have little to do with the words. */
const MAX_FOUND = 20;
/** DOIs of one request: filters of one name are alternatives (api.crossref.org, “filters”), and addresses end at 2,000 letters. */
const DOIS_AT_ONCE = 25;
/** What a filter takes; a comma would end it. Others are asked for one by one. */
const PLAIN_DOI = /^10\.\d{4,9}\/[\w./()-]{1,60}$/;

/** The works of a list, or the only one. */
function worksOf(value: unknown): readonly unknown[] | undefined {
  const message = isObject(value) ? value["message"] : undefined;
  if (!isObject(message)) return undefined;
  const { items } = message as { items?: unknown };
  if (Array.isArray(items)) return items;
  return items === undefined && "DOI" in message ? [message] : undefined;
}

/** The works of an answer as papers; `wanted` are the DOIs that were asked for. */
function* readAnswer(
  got: Extract<JsonAnswer, { kind: "json" }>,
  { list, wanted, most }: { list: string; wanted?: readonly string[]; most: number },
): Generator<SourceItem> {
  const { url, readAt } = got;
  const works = worksOf(got.value);
  if (works === undefined) {
    yield problemItem(url, "a work or a list of works", "JSON of another form");
    return;
  }
  const records = works.map((work): ReadRecord => readWork(work, url));
  const items = records
    .filter(isListing)
    .map((listing) => (listing.doi === undefined ? { listing } : { listing, ids: [listing.doi] }));
  const problems = records.flatMap((record) => (isListing(record) ? [] : [record]));
  const page = atMost({ items, problems }, most, url);
  yield* sourceItems(page, { source: CROSSREF, list, readAt, file: url });
  const answered = new Set(works.map((work) => (isObject(work) ? parseDoi(String(work["DOI"])) : undefined)));
  for (const doi of wanted ?? []) if (!answered.has(doi)) yield unknown(doi);
}

const unknown = (doi: string): SourceItem =>
  missingPaper(CROSSREF, doi, "no work with this DOI; another agency may have it, such as DataCite");

/** Papers of Crossref by their DOIs, and by words; asked politely: one request at a time, as its answers allow. */
export function createCrossref(settings: CrossrefSettings, { fetcher }: SourceParts): Lookup {
  const { baseUrl = "https://api.crossref.org" } = settings;

  async function* byDoi(doi: string, signal: AbortSignal): AsyncGenerator<SourceItem> {
    const url = addressOf(baseUrl, `/works/${encodeURIComponent(doi)}`, {});
    const got = await askJson(fetcher, { url, signal });
    if (got.kind === "json") yield* readAnswer(got, { list: "DOIs", most: 1 });
    else if (got.kind === "none") yield got.item;
    else yield got.status === 404 ? unknown(doi) : refusalItem(got);
  }

  async function* batch(dois: readonly string[], signal: AbortSignal): AsyncGenerator<SourceItem> {
    const filter = dois.map((doi) => `doi:${doi}`).join(",");
    const url = addressOf(baseUrl, "/works", { filter, rows: String(dois.length) });
    const got = await askJson(fetcher, { url, signal });
    if (got.kind === "json") yield* readAnswer(got, { list: "DOIs", wanted: dois, most: dois.length });
    else if (got.kind === "none") yield got.item;
    // One that Crossref cannot read costs the others their answer.
    else if (got.status === 400) for (const doi of dois) yield* byDoi(doi, signal);
    else yield refusalItem(got);
  }

  return {
    name: CROSSREF,
    async *byIds(ids, signal) {
      const wanted = [...new Set(ids.flatMap((id) => parseDoi(id) ?? []))];
      const plain = wanted.filter((doi) => PLAIN_DOI.test(doi));
      const pieces = wanted.length === 1 ? [] : inPieces(plain, DOIS_AT_ONCE);
      for (const dois of pieces) yield* batch(dois, signal);
      const single = pieces.length === 0 ? wanted : wanted.filter((doi) => !PLAIN_DOI.test(doi));
      for (const doi of single) yield* byDoi(doi, signal);
    },
    async *search(words, signal) {
      const filter = SEARCHED_TYPES.map((type) => `type:${type}`).join(",");
      const parameters = { "query.bibliographic": words, rows: String(MAX_FOUND), filter };
      const got = await askJson(fetcher, { url: addressOf(baseUrl, "/works", parameters), signal });
      if (got.kind === "json") yield* readAnswer(got, { list: `“${words}”`, most: MAX_FOUND });
      else yield got.kind === "none" ? got.item : refusalItem(got);
    },
  };
}
