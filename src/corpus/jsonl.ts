import { STATUS_KINDS } from "./paper.ts";
import { statusInComment } from "./status.ts";
import { isName, splitNames } from "./author-names.ts";
import type { Identifiers, NamedText } from "./field-names.ts";
import { identifiersOf, isKnownField, valuesMeaning, withKnownNames } from "./field-names.ts";
import type { Fields } from "./fields.ts";
import { countOf, isObject, MAX_NESTING, nestsTooDeep, textOf, textsOf, withoutAbsent } from "./fields.ts";
import { readJsonPublication } from "./json-publication.ts";
import { doiUrl, parseDoi, parseWebUrl } from "./links.ts";
import { arxivIdOf, parseArxivId } from "./paper-id.ts";
import type { Authors, Listing, Organisation, Upvotes } from "./paper.ts";
import type { PartialDate } from "./partial-date.ts";
import { parsePartialDate, parseTimestampDay } from "./partial-date.ts";
import type { NameParts } from "./person-name.ts";
import { guessNameParts, namedInParts, nameOfParts } from "./person-name.ts";
import type { Problem } from "./problem.ts";
import { quoteLine } from "./problem.ts";
import { parseReference } from "./reference.ts";

/**
 * Papers as JSON Lines, one object a line. Read are `title` (the one field that must be there), `abstract` or
 * `summary`, `id` (kept when it is an arXiv identifier), `date` (YYYY, YYYY-MM or YYYY-MM-DD; a time of day is cut
 * off), `authors` (names, their number, or one line of names), `organisation` (a name, or {name, handle}),
 * `comments`, `upvotes` ({count, readAt}), `url` and `urls`. Of arXiv's metadata snapshot also `authors_parsed`
 * (before `authors`), `doi`, and as the date `versions[0].created`, the day the paper was submitted; `update_date` is
 * the day of its latest change, so it is no date of the paper. Names that other programs give to these are taken too
 * (field-names.ts); an arXiv identifier or a DOI that cannot be read is told. Other fields are told by their names.
 */

/** Where a line stands, for errors and for `listedOn`. */
export interface LinePlace {
  readonly file: string;
  readonly line: number;
}

/** Names in the parts that the snapshot gives: last, first, suffix, affiliations. */
function readParsedNames(value: unknown): Authors | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.flatMap((parts: unknown) => {
    const [family = "", given = "", suffix = ""] = Array.isArray(parts)
      ? parts.map((part: unknown) => (typeof part === "string" ? part : ""))
      : [];
    return nameOfParts(given === "" && suffix === "" ? { literal: family } : { family, given, suffix }) ?? [];
  });
  return namedInParts(names);
}

/** `{name}`, `{display_name}`, `{first, last}` or `{given, family}`. */
function readPerson(value: unknown): readonly NameParts[] {
  if (!isObject(value)) return textOf(value) === undefined ? [] : [guessNameParts(textOf(value) ?? "")];
  const text = (...names: readonly string[]): string =>
    names.flatMap((name) => textOf(value[name]) ?? [])[0] ?? "";
  const family = text("family", "last", "lastname", "last_name", "lastName");
  const given = text("given", "first", "firstname", "first_name", "firstName");
  if (family !== "") return [nameOfParts({ family, given, suffix: text("suffix") }) ?? []].flat();
  const name = text("name", "display_name", "fullname", "full_name", "literal", "text") || given;
  return isName(name) ? [guessNameParts(name)] : [];
}

function readAuthors(value: unknown): Authors | undefined {
  const count = countOf(value);
  if (count !== undefined && count > 0) return { kind: "counted", count };
  if (isObject(value) && value["kind"] === "counted") return readAuthors(value["count"]);
  if (typeof value === "string") return readAuthors(splitNames(value));
  const listed = isObject(value) ? value["names"] : value;
  if (Array.isArray(listed) && listed.some(isObject)) return namedInParts(listed.flatMap(readPerson));
  const names = textsOf(listed);
  return names.length === 0 ? undefined : { kind: "named", names };
}

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

/** When the first version was submitted, as the snapshot writes it: `Mon, 2 Apr 2007 19:18:42 GMT`. */
function readFirstVersion(versions: unknown): PartialDate | undefined {
  const first: unknown = Array.isArray(versions) ? versions[0] : undefined;
  return isObject(first) && typeof first["created"] === "string"
    ? parseTimestampDay(first["created"])
    : undefined;
}

/** `status: "retracted"`, `withdrawn: true`, or what a comment of arXiv's snapshot says. */
function readStatus(fields: Fields): Listing["status"] {
  const stated = isObject(fields["status"]) ? fields["status"]["kind"] : fields["status"];
  const kind = STATUS_KINDS.find((one) => fields[one] === true || textOf(stated)?.toLowerCase() === one);
  const words = isObject(fields["status"]) ? textOf(fields["status"]["words"]) : undefined;
  if (kind !== undefined) return { kind, words: words ?? kind };
  const comment = textOf(fields["comments"]);
  return comment === undefined ? undefined : statusInComment(comment);
}

function readOneDate(value: unknown): PartialDate | undefined {
  if (typeof value === "number") return parsePartialDate(String(value));
  return typeof value === "string" ? parsePartialDate(value.trim().replace(/(?:T.*|\.0)$/, "")) : undefined;
}

/** The date under its own name, else the most exact one. */
function readDate(fields: Fields): PartialDate | undefined {
  const own = readOneDate(fields["date"]);
  const others = valuesMeaning(fields, "date").flatMap((value) => readOneDate(value) ?? []);
  return own ?? others.toSorted((a, b) => b.length - a.length)[0];
}

/** Addresses, and behind them those of publishers' DOIs. */
function readUrls({ urls, dois }: Identifiers): string[] {
  const given = urls.flatMap(({ text }) => parseWebUrl(text) ?? []);
  return [...new Set([...given, ...dois.flatMap(({ text }) => doiUrl(text) ?? [])])];
}

/** The arXiv identifier that a text is or leads to. */
function arxivIdIn(text: string): Listing["arxivId"] {
  const bare = parseArxivId(text);
  if (bare !== undefined) return bare;
  const reference = parseReference(text);
  return reference?.kind === "paper" ? arxivIdOf(reference.id) : undefined;
}

/** The first arXiv identifier among `arxivId` and its like, `id`, the DOIs and the addresses. */
function readArxivId(fields: Fields, { arxiv, dois, urls }: Identifiers): Listing["arxivId"] {
  const own = typeof fields["id"] === "string" ? [{ text: fields["id"] }] : [];
  for (const { text } of [...arxiv, ...own, ...dois, ...urls]) {
    const id = arxivIdIn(text);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Fields that name the paper and cannot be read: dropped in silence they would make it another paper. */
function unreadIdentifiers({ arxiv, dois }: Identifiers, place: LinePlace): Problem[] {
  const problem = (expected: string, { name, text }: NamedText): Problem => ({
    ...place,
    expected: `${expected} in “${name}”`,
    found: quoteLine(text),
    kept: true,
  });
  return [
    ...arxiv
      .filter(({ text }) => arxivIdIn(text) === undefined)
      .map((one) => problem("an arXiv identifier", one)),
    ...dois
      .filter(({ text }) => doiUrl(text) === undefined && arxivIdIn(text) === undefined)
      .map((one) => problem("a DOI", one)),
  ];
}

/** What went wrong with a line: the problem to report. */
type Refused = { readonly kind: "problem"; readonly problem: Problem };

/** A paper, and what in its line could not be read beside it. */
interface ReadLine {
  readonly kind: "paper";
  readonly listing: Listing;
  readonly problems?: readonly Problem[];
  /** Fields that are not known by their names. */
  readonly unknown?: readonly string[];
}

/** The object that a line is; undefined for a blank one, which is neither a paper nor a problem. */
export function parseJsonObject(
  line: string,
  place: LinePlace,
): { readonly kind: "object"; readonly value: Fields } | Refused | undefined {
  if (line.trim() === "") return undefined;
  const refuse = (expected: string): Refused => ({
    kind: "problem",
    problem: { ...place, expected, found: quoteLine(line.trim()) },
  });
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) return refuse("one JSON object");
    if (nestsTooDeep(value)) return refuse(`an object nested at most ${MAX_NESTING} deep`);
    return { kind: "object", value };
  } catch {
    return refuse("one JSON object (is the line cut off?)");
  }
}

/** Reads one line. A blank line is neither a paper nor a problem. */
export function parseJsonLine(line: string, place: LinePlace): ReadLine | Refused | undefined {
  const parsed = parseJsonObject(line, place);
  return parsed?.kind === "object" ? readJsonPaper(parsed.value, place) : parsed;
}

/** Fields that are known by their names, and whose values say nothing. */
function unreadFacts(value: Fields, { date, authors }: Listing): string[] {
  const meant = (meaning: string): string[] =>
    valuesMeaning(value, meaning).some((one) => one !== "" && !(Array.isArray(one) && one.length === 0))
      ? [meaning]
      : [];
  return [...(date === undefined ? meant("date") : []), ...(authors === undefined ? meant("authors") : [])];
}

/** Reads one object that is not nested deeper than `MAX_NESTING`. */
export function readJsonPaper(value: Fields, place: LinePlace): ReadLine | Refused {
  const fields = withKnownNames(value);
  const title = textOf(fields["title"]);
  if (title === undefined)
    return {
      kind: "problem",
      problem: {
        ...place,
        expected: "an object with a “title” that is a text",
        found: quoteLine(JSON.stringify(value)),
      },
    };
  const identifiers = identifiersOf(value);
  const urls = readUrls(identifiers);
  const listing = withoutAbsent<Listing>({
    title,
    arxivId: readArxivId(fields, identifiers),
    abstract: textOf(fields["abstract"]),
    date: readDate(value) ?? readFirstVersion(fields["versions"]),
    authors: readParsedNames(fields["authors_parsed"]) ?? readAuthors(fields["authors"]),
    organisation: readOrganisation(fields["organisation"]),
    comments: countOf(fields["comments"]),
    upvotes: readUpvotes(fields["upvotes"]),
    status: readStatus(fields),
    ...readJsonPublication(fields),
    doi: identifiers.dois.flatMap(({ text }) =>
      doiUrl(text) === undefined ? [] : (parseDoi(text) ?? []),
    )[0],
    urls: urls.length === 0 ? undefined : urls,
    listedOn: textOf(fields["listedOn"]) ?? place.file,
    // Only arXiv's own snapshot has names in parts.
    sourceKind: Array.isArray(fields["authors_parsed"]) ? "arxiv" : undefined,
  });
  const problems = unreadIdentifiers(identifiers, place);
  const unknown = [
    ...Object.keys(value).filter((name) => value[name] !== null && !isKnownField(name)),
    ...unreadFacts(value, listing),
  ];
  return withoutAbsent<ReadLine>({
    kind: "paper",
    listing,
    problems: problems.length === 0 ? undefined : problems,
    unknown: unknown.length === 0 ? undefined : unknown,
  });
}
