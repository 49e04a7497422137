import type { Fields } from "../../corpus/merging/fields.ts";
import { countOf, isObject, textOf, textsOf, withoutAbsent } from "../../corpus/merging/fields.ts";
import { doiUrl } from "../../corpus/identifiers/links.ts";
import { parseArxivId } from "../../corpus/identifiers/paper-id.ts";
import type { Listing, Organisation, Upvotes } from "../../corpus/paper.ts";
import { STATUS_KINDS } from "../../corpus/paper.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import { parseTimestampDay } from "../../corpus/partial-date.ts";
import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import { parseReference } from "../../corpus/identifiers/reference.ts";
import { statusInComment } from "../../corpus/status.ts";
import type { CitationPlace } from "../citation/citation.ts";
import { listingOf } from "../citation/citation.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import type { FileItem } from "../files/file-item.ts";
import type { NamedFields, NamedValue } from "./named-fields.ts";
import { identifierTexts, nameFields } from "./named-fields.ts";
import { readAuthors, readNames, readParsedNames } from "./plain-people.ts";
import { readPublication } from "./plain-publication.ts";

/**
 * A paper whose fields have plain names: `title` (the one that must be there) and whatever else field-names.ts and
 * named-fields.ts know, in any spelling. So are lists made by hand, Semantic Scholar's papers, arXiv's metadata snapshot and
 * the record that this program keeps. Of the snapshot `authors_parsed` comes before `authors`, and its date is
 * `versions[0].created`, the day the paper was submitted; `update_date` is the day of its latest change, so it is no date of
 * the paper.
 */

function readOrganisation(value: unknown): Organisation | undefined {
  const name = textOf(isObject(value) ? (value["name"] ?? value["handle"]) : value);
  if (name === undefined) return undefined;
  const handle = isObject(value) ? textOf(value["handle"]) : undefined;
  return handle === undefined ? { name } : { name, handle };
}

function readUpvotes(value: unknown): Upvotes | undefined {
  if (!isObject(value)) return undefined;
  const count = countOf(value["count"]);
  const { readAt } = value as { readAt?: unknown };
  if (count === undefined || typeof readAt !== "string" || Number.isNaN(Date.parse(readAt))) return undefined;
  return { count, readAt: new Date(readAt).toISOString() };
}

/** `status: "retracted"`, `withdrawn: true`, or what a note, such as the comment of arXiv's snapshot, says. */
function readStatus({ all, first }: NamedFields): Listing["status"] {
  const status = first("status");
  const stated = textOf(isObject(status) ? status["kind"] : status)?.toLowerCase();
  const kind = STATUS_KINDS.find((one) => first(one) === true || stated === one);
  const words = isObject(status) ? textOf(status["words"]) : undefined;
  if (kind !== undefined) return { kind, words: words ?? kind };
  for (const { value } of all("note")) {
    const told = statusInComment(textOf(value) ?? "");
    if (told !== undefined) return told;
  }
  return undefined;
}

/** A text, a number, or `{year, month, day}`. */
function readOneDate(value: unknown): PartialDate | undefined {
  if (typeof value === "string" || typeof value === "number") return readLooseDate(String(value));
  if (!isObject(value)) return undefined;
  const parts = [value["year"], value["month"], value["day"]].filter(
    (part): part is string | number => typeof part === "string" || typeof part === "number",
  );
  return readLooseDate(parts.join("-"));
}

/** The date under its own name, else the most exact one, else the day of the snapshot's first version: `Mon, 2 Apr 2007 19:18:42 GMT`. */
function readDate({ all, first }: NamedFields): PartialDate | undefined {
  const named = [...all("date"), ...all("year")];
  const own = readOneDate(named.find(({ name }) => name === "date")?.value);
  const [best] = named
    .flatMap(({ value }) => readOneDate(value) ?? [])
    .toSorted((a, b) => b.length - a.length);
  if (own !== undefined || best !== undefined) return own ?? best;
  const versions = first("versions");
  const version: unknown = Array.isArray(versions) ? versions[0] : undefined;
  return isObject(version) && typeof version["created"] === "string"
    ? parseTimestampDay(version["created"])
    : undefined;
}

const isArxivs = (text: string): boolean =>
  parseArxivId(text) !== undefined || parseReference(text)?.kind === "paper";

const isDoi = (text: string): boolean => doiUrl(text) !== undefined || isArxivs(text);

/** What names the paper, and what of it cannot be read: dropped in silence that would make it another paper. */
function readIdentifiers({ all }: NamedFields, place: CitationPlace) {
  const [arxiv, dois] = [identifierTexts(all("arxiv")), identifierTexts(all("doi"))];
  const unread = [
    ...arxiv
      .filter(({ text }) => !isArxivs(text))
      .map((one) => ({ ...one, expected: "an arXiv identifier" })),
    ...dois.filter(({ text }) => !isDoi(text)).map((one) => ({ ...one, expected: "a DOI" })),
  ];
  const id = all("id").flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  return {
    problems: unread.map(({ name, text, expected }): Problem => ({
      ...place,
      expected: `${expected} in “${name}”`,
      found: quoteLine(text),
      kept: true,
    })),
    arxiv: [...arxiv.map(({ text }) => text), ...id],
    dois: dois.flatMap(({ text }) => (isDoi(text) ? [text] : [])),
    urls: identifierTexts(all("url")).map(({ text }) => text),
  };
}

/** How many comments a paper has: Zotero's “extra” and notes are texts, and a number there counts nothing. */
const COUNTED = /^comments?$/i;
const commentsOf = ({ name, value }: NamedValue): number | undefined =>
  COUNTED.test(name) ? countOf(value) : undefined;

/** What lists know of a paper besides its reference. */
function readBesides(fields: NamedFields, file: string) {
  const { all, first } = fields;
  const hidden = textsOf(first("hiddenAuthors"));
  return withoutAbsent<Partial<Listing>>({
    // Lists of authors without parts stay so: nothing is guessed.
    authors: readParsedNames(first("authorsParsed")) ?? readAuthors(first("authors")),
    editors: readNames(first("editors")),
    organisation: readOrganisation(first("organisation")),
    comments: all("note").flatMap((one) => commentsOf(one) ?? [])[0],
    upvotes: readUpvotes(first("upvotes")),
    status: readStatus(fields),
    hiddenAuthors: hidden.length === 0 ? undefined : hidden,
    listedOn: textOf(first("listedOn")) ?? file,
    // Only arXiv's own snapshot has names in parts.
    sourceKind: Array.isArray(first("authorsParsed")) ? "arxiv" : undefined,
  });
}

/** The first text among values, as it is written. */
const textAmong = (values: readonly NamedValue[]): string | undefined =>
  values
    .map(({ value }) => value)
    .find((value): value is string => typeof value === "string" && value.trim() !== "");

/** Reads one object that is not nested deeper than `MAX_NESTING`. */
export function readPlainPaper(value: Fields, place: CitationPlace & { readonly line: number }): FileItem {
  const fields = nameFields(value);
  const { problems, arxiv, dois, urls } = readIdentifiers(fields, place);
  const publication = readPublication(fields);
  const date = readDate(fields);
  const containers = fields
    .all("containerTitle")
    .flatMap((one) => (typeof one.value === "string" ? [one.value] : []));
  const citation = {
    ...publication,
    title: textAmong(fields.all("title")),
    abstract: textAmong(fields.all("abstract")),
    date,
    dois,
    urls,
    arxiv: [...arxiv, ...containers],
  };
  const read = listingOf(citation, place);
  if (!("listing" in read)) {
    const expected = "an object with a “title” that is a text";
    return { kind: "problem", problem: { ...place, expected, found: quoteLine(JSON.stringify(value)) } };
  }
  const listing: Listing = { ...read.listing, ...readBesides(fields, place.file) };
  const unread = [
    ...fields
      .all("note")
      .flatMap(({ name, value: note }) => (typeof note === "number" && !COUNTED.test(name) ? [name] : [])),
    ...(date === undefined && fields.all("date").length + fields.all("year").length > 0 ? ["date"] : []),
    ...(listing.authors === undefined && fields.all("authors").length > 0 ? ["authors"] : []),
  ];
  return {
    kind: "paper",
    listing,
    line: place.line,
    problems: [...problems, ...read.problems],
    unknown: [...fields.unknown, ...unread],
  };
}
