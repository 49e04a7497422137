import { authorKey } from "../../corpus/names/author-names.ts";
import type { Fields } from "../../corpus/merging/fields.ts";
import { countOf, isObject, textOf, withoutAbsent } from "../../corpus/merging/fields.ts";
import { parseWebUrl } from "../../corpus/identifiers/links.ts";
import { arxivIdOf } from "../../corpus/identifiers/paper-id.ts";
import type { Authors, Listing, Organisation, Upvotes } from "../../corpus/paper.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import { parseTimestampDay } from "../../corpus/partial-date.ts";
import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import { parseReference } from "../../corpus/identifiers/reference.ts";
import type { ListedPaper, ParsedList } from "../source.ts";
import { notAList } from "../source.ts";

/** What every paper that was read on Hugging Face carries as `listedOn`. */
export const HUGGING_FACE = "Hugging Face Papers";

/** Where items stand and when they were read, for problems and for the votes. */
export interface ReadingOf {
  /** The page or file, for problems. */
  readonly file: string;
  readonly readAt: Date;
}

const isHidden = (author: unknown): boolean => isObject(author) && author["hidden"] === true;

const namesOf = (authors: readonly unknown[]): string[] =>
  authors.flatMap((author) => textOf(isObject(author) ? author["name"] : author) ?? []);

/** Who hides the paper, by their keys, so that their names are kept nowhere. */
function readHidden(value: unknown): readonly string[] | undefined {
  const hidden = Array.isArray(value) ? namesOf(value.filter(isHidden)).map(authorKey) : [];
  return hidden.length === 0 ? undefined : hidden;
}

/** Names that may be printed: an author who hides the paper keeps their name to themselves. */
function readAuthors(value: unknown): Authors | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const shown = value.filter((author: unknown) => !isHidden(author));
  const names = namesOf(shown);
  if (names.length > 0) return { kind: "named", names };
  // All of them hidden: their number is no secret.
  return shown.length === 0 ? { kind: "counted", count: value.length } : undefined;
}

/** `name` is the handle in links and `fullname` what people read. */
function readOrganisation(value: unknown): Organisation | undefined {
  if (!isObject(value)) return undefined;
  const handle = textOf(value["name"]);
  const name = textOf(value["fullname"]) ?? handle;
  if (name === undefined) return undefined;
  return handle === undefined ? { name } : { name, handle };
}

function readUpvotes(value: unknown, readAt: Date): Upvotes | undefined {
  const count = countOf(value);
  return count === undefined ? undefined : { count, readAt: readAt.toISOString() };
}

/** Code is given as an address or as `owner/name` on GitHub. */
function readCode({ githubRepo }: Fields): string | undefined {
  if (typeof githubRepo !== "string") return undefined;
  return /^[\w.-]+\/[\w.-]+$/.test(githubRepo)
    ? `https://github.com/${githubRepo}`
    : parseWebUrl(githubRepo.trim());
}

function readUrls(paper: Fields): string[] | undefined {
  const { projectPage } = paper as { projectPage?: unknown };
  const page = typeof projectPage === "string" ? parseWebUrl(projectPage.trim()) : undefined;
  const urls = [readCode(paper), page].filter((url) => url !== undefined);
  return urls.length === 0 ? undefined : [...new Set(urls)];
}

/** The identifier, without a version; also out of a link to the paper. */
function readId(value: unknown): Listing["arxivId"] {
  const reference = typeof value === "string" ? parseReference(value) : undefined;
  return reference?.kind === "paper" ? arxivIdOf(reference.id) : undefined;
}

/** The fields of an item two deep, for problems: lists stay out, since those of authors may hold hidden names. */
function sketch(value: unknown, depth = 2): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0 || !isObject(value)) return "…";
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, sketch(one, depth - 1)]));
}

/** A damaged list as a problem may quote it: up to its first authors, some of whom may hide their names. */
export const quoteList = (text: string): string =>
  quoteLine(text.trim().split(/(?:"|&quot;)authors/, 1)[0] ?? "");

const dayOf = (value: unknown): PartialDate | undefined =>
  typeof value === "string" ? parseTimestampDay(value) : undefined;

/**
 * Reads one item: the paper inside `paper`, or the flat paper of `/api/papers/{id}` and of older searches. The date is
 * the inner `publishedAt`; the outer one is Eastern time printed as UTC, and taken only where there is no inner one.
 * Hugging Face's own texts (`ai_summary`, `ai_keywords`) are not the paper's and stay out.
 */
function readItem(item: unknown, { file, readAt }: ReadingOf): ListedPaper | Problem {
  const outer = isObject(item) ? item : {};
  const inner = outer["paper"];
  const paper = isObject(inner) ? inner : outer;
  const title = textOf(paper["title"]) ?? textOf(outer["title"]);
  if (title === undefined) {
    return { file, expected: "a paper with a title", found: quoteLine(JSON.stringify(sketch(item))) };
  }
  const listing = withoutAbsent<Listing>({
    title,
    arxivId: readId(paper["id"]),
    abstract: textOf(paper["summary"]) ?? textOf(outer["summary"]),
    date: dayOf(paper["publishedAt"]) ?? dayOf(outer["publishedAt"]),
    authors: readAuthors(paper["authors"]),
    organisation: readOrganisation(paper["organization"]) ?? readOrganisation(outer["organization"]),
    comments: countOf(outer["numComments"]) ?? countOf(paper["numComments"]),
    upvotes: readUpvotes(paper["upvotes"], readAt),
    urls: readUrls(paper),
    code: readCode(paper),
    hiddenAuthors: readHidden(paper["authors"]),
    listedOn: HUGGING_FACE,
    sourceKind: "huggingface",
  });
  const day = dayOf(paper["submittedOnDailyAt"]) ?? dayOf(outer["submittedOnDailyAt"]);
  return day === undefined ? { listing } : { listing, day };
}

/**
 * Reads the items of a list, of a search or of the JSON in a page. One that is no paper is one problem; a list of which
 * nothing is a paper has another form than this program knows, and is not the list.
 */
export function readDailyItems(items: readonly unknown[], reading: ReadingOf): ParsedList {
  const read = items.map((item) => readItem(item, reading));
  const papers = read.flatMap((one) => ("listing" in one ? [one] : []));
  return {
    items: papers,
    problems: read.flatMap((one) => ("listing" in one ? [] : [one])),
    whole: items.length === 0 || papers.length > 0,
  };
}

/** Reads the answer of `/api/daily_papers`, `/api/papers/search` (old and new shape) or `/api/papers/{id}`. */
export function parseDailyPapers(json: string, reading: ReadingOf): ParsedList {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return notAList(reading.file, "a list of papers in JSON (is it cut off?)", quoteList(json));
  }
  if (Array.isArray(value)) return readDailyItems(value, reading);
  if (isObject(value) && typeof value["error"] !== "string") return readDailyItems([value], reading);
  return notAList(reading.file, "a list of papers", quoteList(json));
}
