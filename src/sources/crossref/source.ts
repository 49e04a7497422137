import { isObject } from "../../corpus/merging/fields.ts";
import { parseDoi } from "../../corpus/identifiers/links.ts";
import type { JsonService, Question } from "../json-lookup.ts";
import { inPieces, isListable } from "../lookup.ts";
import { CROSSREF, readWork, SEARCHED_TYPES } from "./works.ts";

/** Papers that one search gives; Crossref gives up to 1000, most of which have little to do with the words. */
const MAX_FOUND = 20;
/** DOIs of one request: filters of one name are alternatives (api.crossref.org, “filters”), and addresses end at 2,000 letters. */
const DOIS_AT_ONCE = 25;

/** The works of a list, or the only one. */
function worksOf(value: unknown): readonly unknown[] | undefined {
  const message = isObject(value) ? value["message"] : undefined;
  if (!isObject(message)) return undefined;
  const { items } = message as { items?: unknown };
  if (Array.isArray(items)) return items;
  return items === undefined && "DOI" in message ? [message] : undefined;
}

const one = (doi: string): Question => ({
  path: `/works/${encodeURIComponent(doi)}`,
  parameters: {},
  list: "DOIs",
  ids: [doi],
  most: 1,
});

const several = (dois: readonly string[]): Question => ({
  path: "/works",
  parameters: { filter: dois.map((doi) => `doi:${doi}`).join(","), rows: String(dois.length) },
  list: "DOIs",
  ids: dois,
  most: dois.length,
});

/** Papers of Crossref by their DOIs, and by words; asked politely: one request at a time, as its answers allow. */
export const crossref: JsonService = {
  name: CROSSREF,
  origin: "https://api.crossref.org",
  expected: () => "a work or a list of works",
  missing: "no work with this DOI; another agency may have it",
  asId: parseDoi,
  byIds(dois) {
    const plain = dois.length === 1 ? [] : dois.filter(isListable);
    return [
      ...inPieces(plain, DOIS_AT_ONCE).map(several),
      ...dois.filter((doi) => !plain.includes(doi)).map(one),
    ];
  },
  search: (words) => ({
    path: "/works",
    parameters: {
      "query.bibliographic": words,
      rows: String(MAX_FOUND),
      filter: SEARCHED_TYPES.map((type) => `type:${type}`).join(","),
    },
    list: `“${words}”`,
    most: MAX_FOUND,
  }),
  read: (value, _question, url) =>
    worksOf(value)?.map((work) => {
      const doi = isObject(work) ? parseDoi(String(work["DOI"])) : undefined;
      return { record: readWork(work, url), ids: doi === undefined ? [] : [doi] };
    }),
  refused({ status }, { path, ids = [] }) {
    if (path !== "/works") return status === 404 ? "missing" : undefined;
    // One that Crossref cannot read costs the others their answer.
    return status === 400 && ids.length > 0 ? ids.map(one) : undefined;
  },
};
