import { parseWebUrl } from "../../corpus/identifiers/links.ts";
import { doiInAddress, isPaperPage } from "../../corpus/identifiers/paper-address.ts";
import type { XmlField } from "../arxiv/xml-records.ts";
import { fieldsAt, fieldText, readXmlFeed } from "../arxiv/xml-records.ts";
import type { Citation } from "../citation/citation.ts";
import { readCitedName } from "../citation/cited-name.ts";
import { readLooseDate } from "../citation/loose-date.ts";

/** Tags in texts of feeds. */
const TAG = /<\/?[a-z][^<>]*>/gi;
/** What journals put in the place of an abstract. */
const NO_ABSTRACT =
  /^\W*(?:[\w .&-]{0,80}, )?(?:published online|publication date|volume \d|ahead of print|doi:)/i;
/** A shorter description says less than an abstract. */
const SHORT = 200;

const texts = (item: readonly XmlField[], ...paths: readonly string[]): string[] =>
  paths
    .flatMap((path) => fieldsAt(item, path).map(({ text }) => text.replace(TAG, " ").trim()))
    .filter((text) => text !== "");

/** Names of one element, or of one line in it: `Ann Alpha, Bob Beta`. */
function namesIn(line: string): string[] {
  const parts = line.split(/\s*(?:,|;|\band\b)\s*/).filter((part) => part !== "");
  return parts.length > 1 && parts.every((part) => part.includes(" ")) ? parts : [line];
}

/** An item of a feed. */
export interface FeedEntry {
  readonly citation: Citation;
  /** The page that it leads to. */
  readonly address?: string;
}

/** A feed of a journal or an archive, taken apart. */
interface FeedEntries {
  /** Local name of the outermost element; absent in a text that is no XML. */
  readonly root?: string;
  readonly entries: readonly FeedEntry[];
  /** Whether the feed ends. */
  readonly whole: boolean;
}

/** Reads an item by the names of Dublin Core and PRISM, which RSS and Atom share. */
function entryOf(item: readonly XmlField[]): FeedEntry {
  const first = (...paths: readonly string[]): string | undefined => texts(item, ...paths)[0];
  const link = first("link") ?? fieldsAt(item, "link")[0]?.attributes["href"] ?? first("guid", "id");
  const address = parseWebUrl(link ?? "");
  const said = texts(item, "doi", "identifier").map((text) => text.replace(/^doi:?\s*/i, ""));
  const doi =
    said.find((text) => /^10\.\d{4}/.test(text)) ??
    (address === undefined ? undefined : doiInAddress(new URL(address)));
  const about = first("description", "summary", "encoded") ?? "";
  const citation: Citation = {
    title: fieldText(item, "title"),
    abstract: about.length < SHORT || NO_ABSTRACT.test(about) ? undefined : about,
    authors: texts(item, "creator", "author/name")
      .flatMap(namesIn)
      .flatMap((name) => readCitedName(name) ?? []),
    date: readLooseDate(first("publicationDate", "date", "published", "pubDate") ?? ""),
    dois: doi === undefined ? [] : [doi],
    urls: address !== undefined && isPaperPage(address) ? [address] : [],
    containerTitle: first("publicationName"),
    volume: first("volume"),
    issue: first("number"),
    issn: first("issn"),
    publisher: first("publisher"),
    arxiv: address === undefined ? [] : [address],
  };
  return address === undefined ? { citation } : { citation, address };
}

/** The items of an RSS (1.0 or 2.0) or Atom feed. Never throws; what comes before a cut is kept. */
export function readFeedEntries(xml: string): FeedEntries {
  const { root, records, whole } = readXmlFeed(xml);
  return { ...(root === undefined ? {} : { root }), entries: records.map(entryOf), whole };
}
