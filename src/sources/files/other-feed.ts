import { parseWebUrl } from "../../corpus/identifiers/links.ts";
import { doiInAddress, isPaperPage } from "../../corpus/identifiers/paper-address.ts";
import type { XmlField } from "../arxiv/xml-records.ts";
import { fieldsAt, fieldText, readXmlFeed } from "../arxiv/xml-records.ts";
import type { Citation } from "../citation/citation.ts";
import { listingOf } from "../citation/citation.ts";
import { readCitedName } from "../citation/cited-name.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import type { ParsedList } from "../source.ts";

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

/** An item of a journal's feed, by the names of Dublin Core and PRISM, which RSS and Atom share. */
function citationOf(item: readonly XmlField[]): Citation {
  const first = (...paths: readonly string[]): string | undefined => texts(item, ...paths)[0];
  const link = first("link") ?? fieldsAt(item, "link")[0]?.attributes["href"] ?? first("guid", "id");
  const address = parseWebUrl(link ?? "");
  const said = texts(item, "doi", "identifier").map((text) => text.replace(/^doi:?\s*/i, ""));
  const doi =
    said.find((text) => /^10\.\d{4}/.test(text)) ??
    (address === undefined ? undefined : doiInAddress(new URL(address)));
  const about = first("description", "summary", "encoded") ?? "";
  return {
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
}

/** Whether an item is of a paper, and not any page of the web. */
const isOfPaper = ({ dois = [], urls = [] }: Citation): boolean => dois.length + urls.length > 0;

/**
 * The papers of a saved feed of a journal or an archive, RSS or Atom: items with a DOI, an arXiv identifier or the page of a paper. All
 * others, such as those of a blog, are left out and told together.
 */
export function parseOtherFeed(xml: string, file: string): ParsedList {
  const feed = readXmlFeed(xml);
  const citations = feed.records.map(citationOf);
  const read = citations.filter(isOfPaper).map((citation) => listingOf(citation, { file }));
  const others = citations.length - read.length;
  const expected = "items with a DOI, an arXiv identifier or the page of a paper";
  const found = citations.length === 0 ? "a feed without items" : `${others} of ${citations.length} without`;
  const left = others === 0 && citations.length > 0 ? [] : [{ file, expected, found }];
  const cut = feed.whole ? [] : [{ file, expected: "a feed to its end", found: "a feed that is cut off" }];
  return {
    items: read.flatMap((one) => ("listing" in one ? [{ listing: one.listing }] : [])),
    problems: [...read.flatMap((one) => ("listing" in one ? one.problems : [one])), ...left, ...cut],
    whole: feed.whole && others === 0,
  };
}
