import type { Fields } from "../../corpus/merging/fields.ts";
import { isObject, textOf, withoutAbsent } from "../../corpus/merging/fields.ts";
import { isName } from "../../corpus/names/author-names.ts";
import { doiUrl, parseDoi, parseWebUrl } from "../../corpus/identifiers/links.ts";
import { arxivIdOf } from "../../corpus/identifiers/paper-id.ts";
import type { ArxivId, Authors, Listing, PaperStatus } from "../../corpus/paper.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import { parsePartialDate } from "../../corpus/partial-date.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { WorkType } from "../../corpus/publication.ts";
import { parseReference } from "../../corpus/identifiers/reference.ts";
import type { ReadRecord } from "../lookup.ts";

/** What every paper that was read at OpenAlex carries as `listedOn`. */
export const OPENALEX = "OpenAlex";

/** The fields that are read; `select` takes those of the first level (developers.openalex.org/guides/selecting-fields). */
export const WORK_FIELDS = [
  "id",
  "doi",
  "title",
  "publication_year",
  "publication_date",
  "language",
  "type",
  "authorships",
  "is_authors_truncated",
  "biblio",
  "primary_location",
  "locations",
  "is_retracted",
  "abstract_inverted_index",
] as const;

/** The types (developers.openalex.org/api-reference/work-types) that say more than the place where a work stands. */
const TYPES: ReadonlyMap<string, WorkType> = new Map<string, WorkType>([
  ["book", "book"],
  ["book-chapter", "chapter"],
  ["dataset", "dataset"],
  ["dissertation", "thesis"],
  ["peer-review", "review"],
  ["preprint", "article"],
  ["reference-entry", "entry-encyclopedia"],
  ["report", "report"],
  ["standard", "standard"],
]);

/** What a work is by the kind of its place (developers.openalex.org/api-reference/source-types). */
const BY_PLACE: ReadonlyMap<string, WorkType> = new Map<string, WorkType>([
  ["journal", "article-journal"],
  ["conference", "paper-conference"],
  ["book series", "chapter"],
  ["repository", "article"],
]);

/** Longer abstracts than any are hostile: a position of a billion would need as much memory. */
const MAX_WORDS = 20_000;

/** The abstract out of its words with their positions; undefined where there is none. Positions without a word are passed over. */
export function textOfInvertedIndex(index: unknown): string | undefined {
  if (!isObject(index)) return undefined;
  const words: [position: number, word: string][] = [];
  for (const [word, positions] of Object.entries(index)) {
    if (!Array.isArray(positions)) continue;
    for (const position of positions as unknown[]) {
      if (words.length >= MAX_WORDS) break;
      if (typeof position === "number") words.push([position, word]);
    }
  }
  const inOrder = words.toSorted(([a], [b]) => a - b).map(([, word]) => word);
  return textOf(inOrder.join(" "));
}

const objects = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);
const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

/** The day; that of a year alone is given as its first, of which no more than the year is believed. */
function readDate(work: Fields): PartialDate | undefined {
  const day = parsePartialDate(textOf(work["publication_date"]) ?? "");
  const year = Number(work["publication_year"]);
  if (day === undefined) return Number.isInteger(year) ? parsePartialDate(String(year)) : undefined;
  return day.endsWith("-01-01") ? parsePartialDate(day.slice(0, 4)) : day;
}

/** Names as they are printed; lists give a hundred and say so. */
function readAuthors(work: Fields): Authors | undefined {
  const names = objects(work["authorships"])
    .flatMap(({ author }) => textOf(fieldsOf(author)["display_name"]) ?? [])
    .filter(isName);
  if (names.length === 0) return undefined;
  return {
    kind: "named",
    names,
    ...(work["is_authors_truncated"] === true ? { others: true as const } : {}),
  };
}

/** The places it stands at, the version of record first. */
const placesOf = (work: Fields): Fields[] => [
  fieldsOf(work["primary_location"]),
  ...objects(work["locations"]),
];

/** The arXiv identifier, by the DOI or one of the places. */
function readArxivId(work: Fields): ArxivId | undefined {
  const pages = placesOf(work).flatMap((place) => [place["landing_page_url"], place["pdf_url"]]);
  for (const text of [work["doi"], ...pages]) {
    const reference = typeof text === "string" ? parseReference(text) : undefined;
    if (reference?.kind === "paper") return arxivIdOf(reference.id);
  }
  return undefined;
}

/** `cc-by` -> `CC-BY`; what names no licence is none. */
function readLicense(place: Fields): string | undefined {
  const name = textOf(place["license"])?.toLowerCase() ?? "";
  if (name === "cc0") return "CC0-1.0";
  return /^cc-by(?:-(?:nc|nd|sa))*$/.test(name) || /^(?:mit|gpl-v3)$/.test(name)
    ? name.toUpperCase()
    : undefined;
}

const RETRACTED: PaperStatus = { kind: "retracted", words: "OpenAlex lists it as retracted" };

/** Pages as they are printed. */
function readPages({ first_page: first, last_page: last }: Fields): string | undefined {
  const [from, to] = [textOf(first), textOf(last)];
  return from === undefined || to === undefined || from === to ? from : `${from}–${to}`;
}

/** Where it was published; a repository publishes nothing. */
function readPlace(
  work: Fields,
): Pick<Listing, "type" | "containerTitle" | "publisher" | "issn" | "license"> {
  const place = fieldsOf(work["primary_location"]);
  const source = fieldsOf(place["source"]);
  const kind = textOf(source["type"]) ?? "";
  const published = kind !== "" && kind !== "repository";
  const type = TYPES.get(textOf(work["type"]) ?? "") ?? BY_PLACE.get(kind);
  const known = (value: unknown): string | undefined => (published ? textOf(value) : undefined);
  return withoutAbsent<Pick<Listing, "type" | "containerTitle" | "publisher" | "issn" | "license">>({
    type,
    containerTitle: known(source["display_name"]),
    publisher: known(source["host_organization_name"]),
    issn: known(source["issn_l"]),
    license: readLicense(place),
  });
}

/** Addresses: the DOI's, else the page of the first place that has one; and OpenAlex's own, by which it is found again. */
function readUrls(work: Fields): string[] | undefined {
  const doi = doiUrl(textOf(work["doi"]) ?? "");
  const pages = placesOf(work).flatMap((place) => parseWebUrl(textOf(place["landing_page_url"]) ?? "") ?? []);
  const id = parseWorkId(textOf(work["id"]) ?? "");
  const urls = [doi ?? pages[0], id === undefined ? undefined : `https://openalex.org/${id}`];
  const given = urls.filter((url) => url !== undefined);
  return given.length === 0 ? undefined : given;
}

/** Reads one work of OpenAlex: developers.openalex.org, “works”. */
export function readWork(value: unknown, file: string): ReadRecord {
  const work = fieldsOf(value);
  const title = textOf(work["title"]) ?? textOf(work["display_name"]);
  if (title === undefined) {
    return { file, expected: `a work with a title at ${quoteLine(textOf(work["id"]) ?? "")}`, found: "none" };
  }
  const biblio = fieldsOf(work["biblio"]);
  const doi = parseDoi(textOf(work["doi"]) ?? "");
  return withoutAbsent<Listing>({
    title,
    arxivId: readArxivId(work),
    abstract: textOfInvertedIndex(work["abstract_inverted_index"]),
    date: readDate(work),
    authors: readAuthors(work),
    organisation: undefined,
    comments: undefined,
    upvotes: undefined,
    status: work["is_retracted"] === true ? RETRACTED : undefined,
    urls: readUrls(work),
    ...readPlace(work),
    volume: textOf(biblio["volume"]),
    issue: textOf(biblio["issue"]),
    page: readPages(biblio),
    doi: doi?.startsWith("10.48550/arxiv.") === true ? undefined : doi,
    language: textOf(work["language"]),
    listedOn: OPENALEX,
    sourceKind: "openalex",
  });
}

/** The bare identifier of a work, `W2741809807`, out of that or its address; undefined for other text. */
export function parseWorkId(text: string): string | undefined {
  const id = /^(?:https?:\/\/(?:(?:api|explore)\.)?openalex\.org\/(?:works\/)?)?(w\d{1,15})$/i.exec(
    text.trim(),
  )?.[1];
  return id?.toUpperCase();
}
