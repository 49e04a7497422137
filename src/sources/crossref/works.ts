import type { Fields } from "../../corpus/merging/fields.ts";
import { isObject, textOf, textsOf, withoutAbsent } from "../../corpus/merging/fields.ts";
import { doiUrl, parseDoi, parseWebUrl } from "../../corpus/identifiers/links.ts";
import { arxivIdOf } from "../../corpus/identifiers/paper-id.ts";
import type { ArxivId, Listing, NamedAuthors, PaperStatus } from "../../corpus/paper.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import { parsePartialDate } from "../../corpus/partial-date.ts";
import { namedInParts } from "../../corpus/names/person-name.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { WorkType } from "../../corpus/publication.ts";
import { parseReference } from "../../corpus/identifiers/reference.ts";
import type { ReadRecord } from "../lookup.ts";
import { pageRange, partsOfName } from "../record-fields.ts";
import { textOfJats } from "./jats.ts";

/** What every paper that was read at Crossref carries as `listedOn`. */
export const CROSSREF = "Crossref";

/** Crossref's types (api.crossref.org/types) in CSL's terms; what is no paper and no book is not among them. */
const TYPES: ReadonlyMap<string, WorkType> = new Map<string, WorkType>([
  ["journal-article", "article-journal"],
  ["proceedings-article", "paper-conference"],
  ["posted-content", "article"],
  ["book-chapter", "chapter"],
  ["book-section", "chapter"],
  ["book-part", "chapter"],
  ["book", "book"],
  ["monograph", "book"],
  ["edited-book", "book"],
  ["reference-book", "book"],
  ["proceedings", "book"],
  ["reference-entry", "entry-encyclopedia"],
  ["dissertation", "thesis"],
  ["report", "report"],
  ["report-component", "report"],
  ["standard", "standard"],
  ["dataset", "dataset"],
  ["database", "dataset"],
  ["peer-review", "review"],
  ["other", "document"],
]);

/** The types that a search asks for. */
export const SEARCHED_TYPES = [
  "journal-article",
  "proceedings-article",
  "posted-content",
  "book-chapter",
  "book",
  "monograph",
  "dissertation",
  "report",
] as const;

const objects = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** `{"date-parts": [[2020, 5]]}` -> `2020-05`, with as much of it as is a day of the calendar. */
function dateOf(value: unknown): PartialDate | undefined {
  const parts: unknown = isObject(value) && Array.isArray(value["date-parts"]) ? value["date-parts"][0] : [];
  const numbers = Array.isArray(parts) ? parts.map(Number) : [];
  const [year, month, day] = numbers.map((one, i) => String(one).padStart(i === 0 ? 4 : 2, "0"));
  return [[year, month, day], [year, month], [year]]
    .map((some) => (some.includes(undefined) ? undefined : parsePartialDate(some.join("-"))))
    .find((date) => date !== undefined);
}

/** The day it was first published: `issued`, with the day of the kind of publication that it repeats less exactly. */
function readDate(work: Fields): PartialDate | undefined {
  const kinds = ["published-online", "published-print", "posted", "published", "published-other"];
  const dates = kinds.flatMap((kind) => dateOf(work[kind]) ?? []).toSorted();
  const issued = dateOf(work["issued"]) ?? dates[0];
  if (issued === undefined) return undefined;
  return dates.find((date) => date.startsWith(issued) && date.length === 10) ?? issued;
}

/** Authors or editors in their parts; a group is given as `name`. */
function readPeople(value: unknown): NamedAuthors | undefined {
  const people = objects(value).flatMap(({ family, given, suffix, name }) => {
    const parts = partsOfName({ family, given, suffix, literal: name });
    return parts === undefined ? [] : [parts];
  });
  return namedInParts(people);
}

/** The title with its subtitle, which other sources write as one. */
function readTitle(work: Fields): string | undefined {
  const [title] = textsOf(work["title"]).flatMap((one) => textOfJats(one) ?? []);
  const [subtitle] = textsOf(work["subtitle"]).flatMap((one) => textOfJats(one) ?? []);
  if (title === undefined || subtitle === undefined) return title;
  return title.toLowerCase().includes(subtitle.toLowerCase())
    ? title
    : `${title.replace(/\s*[:.]$/, "")}: ${subtitle}`;
}

/** What ends a paper's standing, of the updates that Crossmark knows (crossref.org/documentation/crossmark). */
const ENDINGS: Readonly<Record<string, PaperStatus["kind"]>> = {
  retraction: "retracted",
  withdrawal: "withdrawn",
  removal: "withdrawn",
};

/**
 * Whether a notice took the work back: it stands in `updated-by` of the work, whether its publisher deposited it or
 * Retraction Watch did. A work with `update-to` is a notice itself, about another.
 */
function readStatus(work: Fields): PaperStatus | undefined {
  const notices = objects(work["updated-by"]).flatMap((update) => {
    const type = textOf(update["type"])?.toLowerCase() ?? "";
    const kind = Object.hasOwn(ENDINGS, type) ? ENDINGS[type] : undefined;
    return kind === undefined ? [] : [{ kind, type, update }];
  });
  const notice = notices.find(({ kind }) => kind === "retracted") ?? notices[0];
  if (notice === undefined) return undefined;
  const { kind, type, update } = notice;
  const label = textOf(update["label"]) ?? `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  const url = doiUrl(textOf(update["DOI"]) ?? "");
  const day = dateOf(update["updated"]);
  return {
    kind,
    words: [label, ...(day === undefined ? [] : [day]), ...(url === undefined ? [] : [url])].join(", "),
  };
}

/** The licence of the version of record, else of any; one for text mining alone says nothing to readers. */
function readLicense(value: unknown): string | undefined {
  const licences = objects(value).filter((one) => one["content-version"] !== "tdm");
  const best = licences.find((one) => one["content-version"] === "vor") ?? licences[0];
  return parseWebUrl(textOf(best?.["URL"]) ?? "");
}

/** The arXiv identifier of the preprint that a publisher named as such. */
function readPreprint({ relation }: Fields): ArxivId | undefined {
  const related = isObject(relation) ? objects(relation["has-preprint"]) : [];
  for (const { id } of related) {
    const reference = parseReference(textOf(id) ?? "");
    if (reference?.kind === "paper") return arxivIdOf(reference.id);
  }
  return undefined;
}

/** The book and its series: chapters give both, the series first. */
function readContainers(work: Fields, type: WorkType): Pick<Listing, "containerTitle" | "collectionTitle"> {
  const [first, second] = textsOf(work["container-title"]).flatMap((one) => textOfJats(one) ?? []);
  if (first === undefined) return {};
  const inSeries = second !== undefined && (type === "chapter" || type === "paper-conference");
  if (type === "book") return { collectionTitle: first };
  return inSeries ? { containerTitle: second, collectionTitle: first } : { containerTitle: first };
}

const nameOf = (value: unknown): string | undefined => textOf(isObject(value) ? value["name"] : undefined);

/** Reads one work of Crossref's REST API: crossref.org/documentation, github.com/CrossRef/rest-api-doc `api_format.md`. */
export function readWork(value: unknown, file: string): ReadRecord {
  const work = isObject(value) ? value : {};
  const given = textOf(work["DOI"]) ?? "";
  const type = TYPES.get(textOf(work["type"]) ?? "");
  const title = readTitle(work);
  if (title === undefined || type === undefined) {
    const found = type === undefined ? `the type “${textOf(work["type"]) ?? ""}”` : "no title";
    return { file, expected: `a paper or book with a title at ${quoteLine(given)}`, found };
  }
  const [event, url] = [nameOf(work["event"]), doiUrl(given)];
  const institution = nameOf(objects(work["institution"])[0]);
  return withoutAbsent<Listing>({
    title,
    arxivId: readPreprint(work),
    abstract: typeof work["abstract"] === "string" ? textOfJats(work["abstract"]) : undefined,
    date: readDate(work),
    authors: readPeople(work["author"]),
    editors: readPeople(work["editor"]),
    organisation: undefined,
    comments: undefined,
    upvotes: undefined,
    status: readStatus(work),
    urls: url === undefined ? undefined : [url],
    type,
    ...readContainers(work, type),
    eventTitle: event,
    volume: textOf(work["volume"]),
    issue: textOf(work["issue"]),
    page: pageRange(textOf(work["page"])),
    number: textOf(work["article-number"]),
    edition: textOf(work["edition-number"]),
    publisher: type === "thesis" ? (institution ?? textOf(work["publisher"])) : textOf(work["publisher"]),
    publisherPlace: textOf(work["publisher-location"]),
    genre: textsOf(work["degree"])[0],
    doi: parseDoi(given),
    isbn: textsOf(work["ISBN"])[0]?.replace(/^.*\//, ""),
    issn: textsOf(work["ISSN"])[0],
    language: textOf(work["language"]),
    license: readLicense(work["license"]),
    listedOn: CROSSREF,
    sourceKind: "crossref",
  });
}
