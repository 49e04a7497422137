import { splitNames } from "../../corpus/names/author-names.ts";
import { withoutAbsent } from "../../corpus/merging/fields.ts";
import { doiUrl } from "../../corpus/identifiers/links.ts";
import type { Listing } from "../../corpus/paper.ts";
import { parseTimestampDay } from "../../corpus/partial-date.ts";
import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import { readableText } from "../../corpus/readable-text.ts";
import type { IsoDay } from "../days.ts";
import type { ListedPaper, ParsedList } from "../source.ts";
import { notAList } from "../source.ts";
import { ARXIV, errorOf, idBehind } from "./atom-query.ts";
import type { XmlField } from "./xml-records.ts";
import { fieldsAt, fieldText, readXmlFeed } from "./xml-records.ts";

/** Which announcements are taken. New ones always; cross-lists are papers of another category that were added to this one. */
export interface Announcements {
  readonly crossLists: boolean;
}

/** A daily feed: what arXiv's web page calls the new submissions. */
export interface DailyFeed extends ParsedList {
  /** The day of the announcement; absent where the feed does not say. */
  readonly day?: IsoDay;
}

/** Mark-up that stood in descriptions and names of older feeds. */
const TAG = /<\/?(?:p|b|i|a|br|em|strong|sub|sup)\b[^<>]*>/gi;

/** `arXiv:2203.01250v3 Announce Type: new Abstract: …`: what is said before the abstract. */
const PREAMBLE = /^\s*arXiv:\S+\s+Announce Type:\s*([\w-]+)\s*(?:Abstract:)?/i;

const plain = (text: string): string | undefined => {
  const readable = readableText(text.replace(TAG, " "));
  return readable === "" ? undefined : readable;
};

/** The first of several elements that says something: RSS and Atom name the same things differently. */
const first = (fields: readonly XmlField[], ...paths: readonly string[]): string | undefined =>
  paths.map((path) => fieldText(fields, path)).find((text) => text !== undefined);

function namesOf(item: readonly XmlField[]): string[] {
  const authors = fieldsAt(item, "author/name").map(({ text }) => text);
  return [...fieldsAt(item, "creator").map(({ text }) => text), ...authors].flatMap((line) =>
    splitNames(line.replace(TAG, " ")),
  );
}

function readItem(
  item: readonly XmlField[],
  announced: string | undefined,
  file: string,
): ListedPaper | Problem {
  const error = errorOf(item);
  if (error !== undefined) return { file, expected: "papers", found: `the error “${error}”` };
  const title = plain(fieldText(item, "title") ?? "");
  const link = first(item, "link") ?? fieldsAt(item, "link")[0]?.attributes["href"];
  if (title === undefined) {
    return {
      file,
      expected: "an item with a title",
      found: quoteLine(link ?? fieldText(item, "guid") ?? ""),
    };
  }
  const names = namesOf(item);
  const doi = doiUrl(first(item, "DOI", "doi") ?? "");
  const day = parseTimestampDay(first(item, "pubDate", "published", "updated") ?? "");
  const listing = withoutAbsent<Listing>({
    title,
    arxivId: idBehind(first(item, "guid", "id")) ?? idBehind(link),
    abstract: plain((first(item, "description", "summary") ?? "").replace(PREAMBLE, "")),
    // Only a new paper was published on the day that it was announced.
    date: announced === "new" ? day : undefined,
    authors: names.length === 0 ? undefined : { kind: "named", names },
    organisation: undefined,
    comments: undefined,
    upvotes: undefined,
    urls: doi === undefined ? undefined : [doi],
    listedOn: ARXIV,
    sourceKind: "arxiv-feed",
  });
  return day === undefined ? { listing } : { listing, day };
}

/** `new`, `cross`, `replace` or `replace-cross`; undefined where the feed does not say. */
function announceType(item: readonly XmlField[]): string | undefined {
  const said =
    first(item, "announce_type") ?? PREAMBLE.exec(first(item, "description", "summary") ?? "")?.[1];
  return said?.toLowerCase();
}

/**
 * Reads arXiv's daily feed of categories, RSS or Atom. Replacements are left out: they are old papers. An item that
 * does not say how it was announced is taken. `file` is what problems call the feed.
 */
export function parseDailyFeed(xml: string, file: string, { crossLists }: Announcements): DailyFeed {
  const feed = readXmlFeed(xml);
  if (feed.root !== "rss" && feed.root !== "feed" && feed.root !== "RDF") {
    return notAList(file, "an RSS or Atom feed", quoteLine(xml.trim().split("\n")[0] ?? ""));
  }
  const read = feed.records.flatMap((item) => {
    const announced = announceType(item);
    const wanted = announced === undefined || announced === "new" || (crossLists && announced === "cross");
    return wanted ? [readItem(item, announced, file)] : [];
  });
  const cut = feed.whole ? [] : [{ file, expected: "a feed to its end", found: "a feed that is cut off" }];
  const day = parseTimestampDay(
    first(feed.head, "channel/pubDate", "updated", "channel/lastBuildDate") ?? "",
  );
  const items = read.flatMap((one) => ("listing" in one ? [one] : []));
  return {
    items,
    problems: [...read.flatMap((one) => ("listing" in one ? [] : [one])), ...cut],
    // Items of which none can be read are an error, or of a form that this program does not know.
    whole: feed.whole && (read.length === 0 || items.length > 0),
    ...(day === undefined ? {} : { day }),
  };
}
