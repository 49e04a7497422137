import { parseAtomQuery } from "../arxiv/atom-query.ts";
import { parseDailyFeed } from "../arxiv/rss.ts";
import type { ParsedList } from "../source.ts";
import { parseOtherFeed } from "./other-feed.ts";

/** A link or an identifier at arXiv, of a feed or an item. */
const AT_ARXIV =
  /<(?:\w+:)?(?:link|guid|id)(?:\s[^<>]*)?>\s*[^<>]{0,40}\barxiv\.org\b|<(?:\w+:)?link\s[^<>]*\barxiv\.org\//i;

/** Whether a feed is arXiv's own: by what stands before its items, or the links of the first. */
const isArxivs = (xml: string): boolean => AT_ARXIV.test(xml.slice(0, 16 * 1024));

/** Reads arXiv's own feeds: an answer of its query API, or a daily feed, of which replacements are left out. Undefined for others. */
export function parseArxivsFeed(xml: string, file: string): ParsedList | undefined {
  if (!isArxivs(xml)) return undefined;
  // Only the API tells how many papers its query has.
  return /<opensearch:totalResults\b/i.test(xml)
    ? parseAtomQuery(xml, file)
    : parseDailyFeed(xml, file, { crossLists: true });
}

/** Reads a saved feed: one of arXiv's, or of another place, of which the papers among its items are taken. */
export const parseFeedFile = (xml: string, file: string): ParsedList =>
  parseArxivsFeed(xml, file) ?? parseOtherFeed(xml, file);
