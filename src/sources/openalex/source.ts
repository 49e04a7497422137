import { isObject } from "../../corpus/merging/fields.ts";
import { parseDoi } from "../../corpus/identifiers/links.ts";
import type { JsonService, Question } from "../json-lookup.ts";
import { inPieces, isListable } from "../lookup.ts";
import { OPENALEX, parseWorkId, readWork, WORK_FIELDS } from "./works.ts";

/** Papers that one search gives; a page has at most 100 (developers.openalex.org/guides/page-through-results). */
const MAX_FOUND = 50;
/** Alternatives of one filter, at most 100 (developers.openalex.org/guides/filtering); fewer keep addresses below 2,000 letters. */
const IDS_AT_ONCE = 40;

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

const SELECT = { select: WORK_FIELDS.join(",") };

/** A single work costs nothing, lists and searches do. */
const one = (id: string): Question => ({
  path: `/works/${encodeURIComponent(isWorkId(id) ? id : `doi:${id}`)}`,
  parameters: SELECT,
  list: "ids",
  ids: [id],
  most: 1,
});

/** One DOI may be of several works, so that as many are taken as a page has. */
const several =
  (filter: "openalex" | "doi") =>
  (ids: readonly string[]): Question => ({
    path: "/works",
    parameters: { ...SELECT, filter: `${filter}:${ids.join("|")}`, per_page: "100" },
    list: "ids",
    ids,
    most: 100,
  });

/** Papers of OpenAlex by its ids, by DOIs and by words. */
export const openAlex: JsonService = {
  name: OPENALEX,
  origin: "https://api.openalex.org",
  expected: () => "a work or a list of works",
  missing: "no work with this id",
  asId,
  byIds(ids) {
    const plain = ids.length > 1 ? ids.filter((id) => isWorkId(id) || isListable(id)) : [];
    const dois = plain.filter((id) => !isWorkId(id));
    return [
      ...inPieces(plain.filter(isWorkId), IDS_AT_ONCE).map(several("openalex")),
      ...inPieces(dois, IDS_AT_ONCE).map(several("doi")),
      ...ids.filter((id) => !plain.includes(id)).map(one),
    ];
  },
  search: (words) => ({
    path: "/works",
    parameters: { ...SELECT, search: words, per_page: String(MAX_FOUND) },
    list: `“${words}”`,
    most: MAX_FOUND,
  }),
  read(value, _question, url) {
    const results = isObject(value) ? (value["results"] ?? ("id" in value ? [value] : undefined)) : undefined;
    if (!Array.isArray(results)) return undefined;
    return (results as unknown[]).map((work) => ({ record: readWork(work, url), ids: idsOf(work) }));
  },
  refused: ({ status }, { path }) => (path !== "/works" && status === 404 ? "missing" : undefined),
};
