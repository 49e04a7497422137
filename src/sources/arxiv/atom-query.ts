import { isName } from "../../corpus/names/author-names.ts";
import { withoutAbsent } from "../../corpus/merging/fields.ts";
import { doiUrl, parseDoi } from "../../corpus/identifiers/links.ts";
import { arxivIdOf } from "../../corpus/identifiers/paper-id.ts";
import type { ArxivId, Listing } from "../../corpus/paper.ts";
import { parseTimestampDay } from "../../corpus/partial-date.ts";
import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import { statusInComment } from "../../corpus/status.ts";
import { readableText } from "../../corpus/readable-text.ts";
import { parseReference } from "../../corpus/identifiers/reference.ts";
import type { ParsedList } from "../source.ts";
import { notAList } from "../source.ts";
import type { XmlField } from "./xml-records.ts";
import { fieldsAt, fieldText, readXmlFeed } from "./xml-records.ts";

/** What every paper that was read at arXiv carries as `listedOn`. */
export const ARXIV = "arXiv";

/** A page of the query API. */
export interface ArxivPage extends ParsedList {
  /** How many papers the whole query has; absent where the feed does not say. */
  readonly total?: number;
  /** Entries of this page, those that could not be read among them. */
  readonly entries: number;
}

/** Reads an arXiv identifier out of `http://arxiv.org/abs/2602.23229v1`, `oai:arXiv.org:2602.23229v1` and the like. */
export function idBehind(text: string | undefined): ArxivId | undefined {
  const bare = text?.trim().replace(/^oai:arXiv\.org:/i, "") ?? "";
  const reference = parseReference(bare);
  return reference?.kind === "paper" ? arxivIdOf(reference.id) : undefined;
}

const readable = (text: string | undefined): string | undefined => {
  const known = text === undefined ? "" : readableText(text);
  return known === "" ? undefined : known;
};

/** What arXiv says is wrong: errors come as a feed with one entry, whose id lies under `/api/errors`. */
export function errorOf(entry: readonly XmlField[]): string | undefined {
  if (!/\/api\/errors\b/.test(fieldText(entry, "id") ?? "")) return undefined;
  return readable(fieldText(entry, "summary")) ?? "an error";
}

const isError = (entry: readonly XmlField[]): boolean => errorOf(entry) !== undefined;

function readEntry(entry: readonly XmlField[], file: string): Listing | Problem {
  const error = errorOf(entry);
  if (error !== undefined) return { file, expected: "papers", found: `the error “${error}”` };
  const title = readable(fieldText(entry, "title"));
  if (title === undefined) {
    return { file, expected: "an entry with a title", found: quoteLine(fieldText(entry, "id") ?? "") };
  }
  const names = fieldsAt(entry, "author/name")
    .flatMap(({ text }) => readable(text) ?? [])
    .filter(isName);
  const doi = fieldText(entry, "doi") ?? "";
  const url = doiUrl(doi);
  return withoutAbsent<Listing>({
    title,
    arxivId: idBehind(fieldText(entry, "id")),
    abstract: readable(fieldText(entry, "summary")),
    // The day of the first version; `updated` is that of the newest.
    date: parseTimestampDay(fieldText(entry, "published") ?? ""),
    authors: names.length === 0 ? undefined : { kind: "named", names },
    organisation: undefined,
    comments: undefined,
    upvotes: undefined,
    status: statusInComment(readable(fieldText(entry, "comment")) ?? ""),
    urls: url === undefined ? undefined : [url],
    doi: url === undefined ? undefined : parseDoi(doi),
    arxivClass: fieldsAt(entry, "primary_category")[0]?.attributes["term"],
    journalRef: readable(fieldText(entry, "journal_ref")),
    version: /v(\d+)$/.exec(fieldText(entry, "id") ?? "")?.[1],
    listedOn: ARXIV,
    sourceKind: "arxiv",
  });
}

/** Reads an answer of arXiv's query API. `file` is what problems call it. */
export function parseAtomQuery(xml: string, file: string): ArxivPage {
  const feed = readXmlFeed(xml);
  if (feed.root !== "feed") {
    return { ...notAList(file, "an Atom feed", quoteLine(xml.trim().split("\n")[0] ?? "")), entries: 0 };
  }
  const read = feed.records.map((entry) => readEntry(entry, file));
  const cut = feed.whole ? [] : [{ file, expected: "a feed to its end", found: "a feed that is cut off" }];
  const total = Number(fieldText(feed.head, "totalResults") ?? Number.NaN);
  const items = read.flatMap((one) => ("title" in one ? [{ listing: one }] : []));
  return {
    items,
    problems: [...read.flatMap((one) => ("title" in one ? [] : [one])), ...cut],
    // Entries of which none is a paper are an error, or of a form that this program does not know.
    whole: feed.whole && (read.length === 0 || items.length > 0) && !feed.records.some(isError),
    entries: feed.records.length,
    ...(Number.isSafeInteger(total) && total >= 0 ? { total } : {}),
  };
}
