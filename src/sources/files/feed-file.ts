import { parseAtomQuery } from "../arxiv/atom-query.ts";
import { parseDailyFeed } from "../arxiv/rss.ts";
import type { ParsedList } from "../source.ts";
import { notAList } from "../source.ts";

/** Reads a saved feed of arXiv: an answer of its query API, or a daily feed, of which replacements are left out. */
export function parseFeedFile(xml: string, file: string): ParsedList {
  if (!/\barxiv\.org\b/i.test(xml)) return notAList(file, "a feed of arXiv", "a feed of another place");
  // Only the API tells how many papers its query has.
  return /<opensearch:totalResults\b/i.test(xml)
    ? parseAtomQuery(xml, file)
    : parseDailyFeed(xml, file, { crossLists: true });
}
