import type { Fields } from "../../corpus/merging/fields.ts";
import { isObject, textOf, textsOf } from "../../corpus/merging/fields.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import type { NameParts } from "../../corpus/names/person-name.ts";
import { nameOfParts } from "../../corpus/names/person-name.ts";
import { parseWebUrl } from "../../corpus/identifiers/links.ts";
import { isWorkType } from "../../corpus/publication.ts";
import type { Citation } from "../citation/citation.ts";
import { readCitedName } from "../citation/cited-name.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import { pageRange } from "../record-fields.ts";

/** Read, or bookkeeping of the program that wrote them (CSL 1.0.2, appendix IV). */
const KNOWN = new Set(
  (
    "title type abstract issued author editor container-title collection-title event event-title volume issue page number edition " +
    "publisher publisher-place genre DOI ISBN ISSN version language URL keyword note archive archive_location license status " +
    "id citation-key citation-label accessed submitted available-date source call-number title-short container-title-short " +
    "journalAbbreviation shortTitle page-first number-of-pages event-place event-date original-date categories library-catalog"
  ).split(" "),
);

const numberOrText = (value: unknown): string | undefined =>
  typeof value === "number" ? String(value) : textOf(value);

/** `date-parts` (numbers or texts; of a span the first), `raw`, `literal`, or a text. A season alone is no month. */
function readCslDate(value: unknown): PartialDate | undefined {
  if (typeof value === "string" || typeof value === "number") return readLooseDate(String(value));
  if (!isObject(value)) return undefined;
  const spans: unknown = value["date-parts"];
  const parts: unknown = Array.isArray(spans) ? spans[0] : undefined;
  const numbers = (Array.isArray(parts) ? parts : [parts])
    .map(numberOrText)
    .filter((one) => one !== undefined);
  return [numbers.join("-"), value["raw"], value["literal"]]
    .flatMap((one) => (typeof one === "string" ? (readLooseDate(one) ?? []) : []))
    .at(0);
}

/** A name with its parts, in CSL's terms; both particles are one here. */
function readName(value: unknown): readonly NameParts[] {
  if (typeof value === "string") return [readCitedName(value) ?? []].flat();
  if (!isObject(value)) return [];
  const text = (name: string): string => textOf(value[name]) ?? "";
  const family = text("family");
  if (family === "")
    return [nameOfParts({ literal: text("literal") || text("name") || text("given") }) ?? []].flat();
  const particle = [text("dropping-particle"), text("non-dropping-particle")]
    .filter((one) => one !== "")
    .join(" ");
  const [, joined = "", bare = family] =
    particle === "" ? (/^((?:\p{Ll}[\p{L}'’]*\s+)+)(\S.*)$/u.exec(family) ?? []) : [];
  const parts = {
    family: bare,
    given: text("given"),
    particle: particle || joined.trim(),
    suffix: text("suffix"),
  };
  return [nameOfParts(parts) ?? []].flat();
}

const readNames = (value: unknown): NameParts[] => (Array.isArray(value) ? value.flatMap(readName) : []);

/** Authors, of whom a last one named “others” stands for more, as BibTeX and pandoc have it. */
function readAuthors(value: unknown): Pick<Citation, "authors" | "others"> {
  const authors = readNames(value);
  const others = authors.length > 1 && authors.at(-1)?.literal === "others";
  return { authors: others ? authors.slice(0, -1) : authors, others };
}

const first = (value: unknown): string | undefined =>
  Array.isArray(value) ? numberOrText(value[0]) : numberOrText(value);

/** Whether an object is an item of CSL-JSON: names in their parts, or a date as CSL writes it, under CSL's names. */
export function isCslItem(value: Fields): boolean {
  const { author, issued } = value as { author?: unknown; issued?: unknown };
  const named =
    Array.isArray(author) && isObject(author[0]) && ("family" in author[0] || "literal" in author[0]);
  const dated = isObject(issued) && ("date-parts" in issued || "raw" in issued || "literal" in issued);
  // CSL has one name for each thing; what has others too is a list of its own.
  const isOther = ["authors", "venue", "date", "year", "published", "journal"].some((name) => name in value);
  return !isOther && typeof value["title"] === "string" && (named || dated || isWorkType(value["type"]));
}

/** `PMID: 123`, `arXiv:1706.03762 [cs.CL]` and the like, which reference managers put into notes. */
function readCslItem(item: Fields): Citation {
  const { type } = item;
  const custom = isObject(item["custom"]) ? item["custom"] : {};
  const keywords = textsOf(item["keyword"]);
  return {
    ...(isWorkType(type) ? { type } : {}),
    title: textOf(item["title"]),
    abstract: textOf(item["abstract"])?.replace(/<\/?jats:[^<>]*>/g, ""),
    date: readCslDate(item["issued"]) ?? readCslDate(item["submitted"]),
    ...readAuthors(item["author"]),
    arxivClass: textOf(custom["primary-class"]),
    code: parseWebUrl(textOf(custom["code"]) ?? ""),
    editors: readNames(item["editor"]),
    containerTitle: first(item["container-title"]),
    collectionTitle: first(item["collection-title"]),
    eventTitle: textOf(item["event-title"]) ?? textOf(item["event"]),
    volume: numberOrText(item["volume"]),
    issue: numberOrText(item["issue"]),
    page: pageRange(numberOrText(item["page"])),
    number: numberOrText(item["number"]),
    edition: numberOrText(item["edition"]),
    publisher: textOf(item["publisher"]),
    publisherPlace: textOf(item["publisher-place"]),
    genre: textOf(item["genre"]),
    isbn: first(item["ISBN"]),
    issn: first(item["ISSN"]),
    version: numberOrText(item["version"]),
    language: textOf(item["language"]),
    license: textOf(custom["license"]) ?? textOf(item["license"]),
    keywords: keywords.length > 0 ? keywords : (textOf(item["keyword"])?.split(/\s*[;,]\s*/) ?? []),
    dois: [textOf(item["DOI"]) ?? []].flat(),
    urls: [textOf(item["URL"]) ?? []].flat(),
    arxiv: ["number", "note", "archive_location", "container-title", "publisher", "id"].flatMap(
      (name) => first(item[name]) ?? [],
    ),
    note: textOf(item["note"]),
  };
}

/** What the program's own citations have beside CSL's variables. */
const OWN = new Set(["primary-class", "license", "code"]);
const isOwn = (name: string, value: unknown): boolean =>
  name === "custom" && isObject(value) && Object.keys(value).every((one) => OWN.has(one));

/** The reference of an item of CSL-JSON and its fields that have no meaning here. */
export function readCsl(item: Fields): { readonly citation: Citation; readonly unknown: readonly string[] } {
  return {
    citation: readCslItem(item),
    unknown: Object.keys(item).filter(
      (name) => !KNOWN.has(name) && item[name] !== null && item[name] !== "" && !isOwn(name, item[name]),
    ),
  };
}
