import type { Listing } from "../../corpus/paper.ts";
import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import { listingOf } from "../citation/citation.ts";
import type { ListedPaper, ParsedList } from "../source.ts";
import { notAList } from "../source.ts";
import type { FeedEntry } from "./entries.ts";
import { readFeedEntries } from "./entries.ts";
import { parseArxivsFeed } from "./feed-file.ts";

/** A feed that was read on the network. */
export interface LiveFeed extends ParsedList {
  /** How many of its entries are no papers, by what they lack. */
  readonly passed: Readonly<Record<string, number>>;
}

const FORMS: ReadonlySet<string> = new Set(["rss", "feed", "RDF"]);

/** What keeps an entry from being a paper: editorials and news have no authors; what leads nowhere cannot be told from another. */
function lack({ citation, address }: FeedEntry): string | undefined {
  const { authors = [], dois = [] } = citation;
  if (authors.length === 0) return "authors";
  return dois.length === 0 && address === undefined ? "a DOI or an address" : undefined;
}

/** The paper of an entry; a problem where it has no title. Where it has no DOI its own page is kept, whatever page that is. */
function readEntry({ citation, address }: FeedEntry, file: string): (ListedPaper | Problem)[] {
  const { dois = [], urls = [] } = citation;
  const page = dois.length === 0 && urls.length === 0 && address !== undefined ? [address] : urls;
  const read = listingOf({ ...citation, urls: page }, { file });
  if (!("listing" in read)) return [read];
  const listing: Listing = { ...read.listing, sourceKind: "feed" };
  return [{ listing }, ...read.problems];
}

/**
 * The papers of a feed of arXiv, a journal or an archive, RSS 1.0, RSS 2.0 or Atom: entries that have authors and lead somewhere. All
 * others are counted. Never throws.
 */
export function parseLiveFeed(xml: string, file: string): LiveFeed {
  const arxivs = parseArxivsFeed(xml, file);
  if (arxivs !== undefined) return { ...arxivs, passed: {} };
  const { root = "", entries, whole } = readFeedEntries(xml);
  if (!FORMS.has(root))
    return {
      ...notAList(file, "an RSS or Atom feed", quoteLine(xml.trim().split("\n")[0] ?? "")),
      passed: {},
    };
  const passed: Record<string, number> = {};
  const read: (ListedPaper | Problem)[] = [];
  for (const entry of entries) {
    const lacks = lack(entry);
    if (lacks === undefined) read.push(...readEntry(entry, file));
    else passed[lacks] = (passed[lacks] ?? 0) + 1;
  }
  const cut = whole ? [] : [{ file, expected: "a feed to its end", found: "a feed that is cut off" }];
  return {
    items: read.flatMap((one) => ("listing" in one ? [one] : [])),
    problems: [...read.flatMap((one) => ("listing" in one ? [] : [one])), ...cut],
    whole,
    passed,
  };
}
