import { parseWebUrl } from "./links.ts";
import { parseArxivId } from "./paper-id.ts";
import type { Authors, Listing, Organisation, Upvotes } from "./paper.ts";
import type { PartialDate } from "./partial-date.ts";
import { parsePartialDate } from "./partial-date.ts";
import type { Problem } from "./problem.ts";
import { quoteLine } from "./problem.ts";
import { readableText } from "./readable-text.ts";
import { parseReference } from "./reference.ts";
import { arxivIdOf } from "./paper-id.ts";

/**
 * Papers as JSON Lines, one object a line. Read are `title` (the one field that must be there), `abstract` or
 * `summary`, `id` (kept when it is an arXiv identifier), `date` (YYYY, YYYY-MM or YYYY-MM-DD; a time of day is cut
 * off), `authors` (names, or their number), `organisation` (a name, or {name, handle}), `comments`,
 * `upvotes` ({count, readAt}), `url` and `urls`. Other fields are passed over.
 */

type Fields = Readonly<Record<string, unknown>>;

/** Where a line stands, for errors and for `listedOn`. */
export interface LinePlace {
  readonly file: string;
  readonly line: number;
}

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => {
  const readable = typeof value === "string" ? readableText(value) : "";
  return readable === "" ? undefined : readable;
};
const wholeNumber = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((one) => text(one) ?? []) : [];

function readAuthors(value: unknown): Authors | undefined {
  const count = wholeNumber(value);
  if (count !== undefined && count > 0) return { kind: "counted", count };
  if (isObject(value) && value["kind"] === "counted") return readAuthors(value["count"]);
  const names = isObject(value) ? texts(value["names"]) : texts(value);
  return names.length === 0 ? undefined : { kind: "named", names };
}

function readOrganisation(value: unknown): Organisation | undefined {
  const name = text(isObject(value) ? (value["name"] ?? value["handle"]) : value);
  if (name === undefined) return undefined;
  const handle = isObject(value) ? text(value["handle"]) : undefined;
  return handle === undefined ? { name } : { name, handle };
}

function readUpvotes(value: unknown): Upvotes | undefined {
  if (!isObject(value)) return undefined;
  const count = wholeNumber(value["count"]);
  const { readAt } = value as { readAt?: unknown };
  if (count === undefined || typeof readAt !== "string" || Number.isNaN(Date.parse(readAt))) return undefined;
  return { count, readAt: new Date(readAt).toISOString() };
}

function readDate(value: unknown): PartialDate | undefined {
  if (typeof value === "number") return parsePartialDate(String(value));
  return typeof value === "string" ? parsePartialDate(value.trim().replace(/T.*$/, "")) : undefined;
}

function readUrls(fields: Fields): string[] {
  const given = [fields["url"], ...(Array.isArray(fields["urls"]) ? fields["urls"] : [])];
  return [...new Set(given.flatMap((url) => (typeof url === "string" ? (parseWebUrl(url) ?? []) : [])))];
}

/** The arXiv identifier in `arxivId`, `id`, or behind one of the addresses. */
function readArxivId(fields: Fields, urls: readonly string[]): Listing["arxivId"] {
  const given = [fields["arxivId"], fields["id"]].flatMap((id) => (typeof id === "string" ? [id] : []));
  for (const one of [...given, ...urls]) {
    const bare = parseArxivId(one);
    if (bare !== undefined) return bare;
    const reference = parseReference(one);
    if (reference?.kind === "paper") return arxivIdOf(reference.id);
  }
  return undefined;
}

function withoutAbsent<T extends object>(facts: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}

/** What went wrong with a line: the problem to report. */
type Refused = { readonly kind: "problem"; readonly problem: Problem };

/** Reads one line. A blank line is neither a paper nor a problem. */
export function parseJsonLine(
  line: string,
  place: LinePlace,
): { kind: "paper"; listing: Listing } | Refused | undefined {
  if (line.trim() === "") return undefined;
  const refuse = (expected: string): Refused => ({
    kind: "problem",
    problem: { ...place, expected, found: quoteLine(line.trim()) },
  });
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return refuse("one JSON object (is the line cut off?)");
  }
  if (!isObject(fields)) return refuse("one JSON object");
  const title = text(fields["title"]);
  if (title === undefined) return refuse("an object with a “title” that is a text");
  const urls = readUrls(fields);
  const listing = withoutAbsent<Listing>({
    title,
    arxivId: readArxivId(fields, urls),
    abstract: text(fields["abstract"] ?? fields["summary"]),
    date: readDate(fields["date"]),
    authors: readAuthors(fields["authors"]),
    organisation: readOrganisation(fields["organisation"] ?? fields["organization"]),
    comments: wholeNumber(fields["comments"]),
    upvotes: readUpvotes(fields["upvotes"]),
    urls: urls.length === 0 ? undefined : urls,
    listedOn: text(fields["listedOn"]) ?? place.file,
  });
  return { kind: "paper", listing };
}
