import { isObject } from "../../corpus/merging/fields.ts";
import { parseDoi } from "../../corpus/identifiers/links.ts";
import type { Answered, JsonService } from "../json-lookup.ts";
import { DATACITE, readDoi } from "./dois.ts";

/** Works that one search gives; a page has at most 1000 (support.datacite.org/docs/pagination). */
const MAX_FOUND = 20;

function readAll(value: unknown, url: string): readonly Answered[] | undefined {
  const data = isObject(value) ? value["data"] : undefined;
  if (!Array.isArray(data) && !isObject(data)) return undefined;
  return [data].flat().map((one) => {
    const doi = parseDoi(isObject(one) && typeof one["id"] === "string" ? one["id"] : "");
    return { record: readDoi(one, url), ids: doi === undefined ? [] : [doi] };
  });
}

/** Works of DataCite, which registers DOIs of data sets, software and repositories, arXiv's among them, by these and by words. */
export const dataCite: JsonService = {
  name: DATACITE,
  origin: "https://api.datacite.org",
  expected: () => "a work or a list of works",
  missing: "no work with this DOI",
  asId: parseDoi,
  byIds: (dois) =>
    dois.map((doi) => ({
      path: `/dois/${encodeURIComponent(doi)}`,
      parameters: {},
      list: "DOIs",
      ids: [doi],
      most: 1,
    })),
  search: (words) => ({
    path: "/dois",
    parameters: {
      // Other signs are operators of its query language (support.datacite.org/docs/api-queries).
      query: words
        .replace(/[^\p{L}\p{N}\s.]+/gu, " ")
        .replace(/\s+/g, " ")
        .trim(),
      "page[size]": String(MAX_FOUND),
    },
    list: `“${words}”`,
    most: MAX_FOUND,
  }),
  read: (value, _question, url) => readAll(value, url),
  refused: ({ status }, { ids }) => (status === 404 && ids !== undefined ? "missing" : undefined),
};
