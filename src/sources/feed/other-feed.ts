import type { Citation } from "../citation/citation.ts";
import { listingOf } from "../citation/citation.ts";
import type { ParsedList } from "../source.ts";
import { readFeedEntries } from "./entries.ts";

/** Whether an item is of a paper, and not any page of the web. */
const isOfPaper = ({ dois = [], urls = [] }: Citation): boolean => dois.length + urls.length > 0;

/**
 * The papers of a saved feed of a journal or an archive, RSS or Atom: items with a DOI, an arXiv identifier or the page of a paper. All
 * others, such as those of a blog, are left out and told together.
 */
export function parseOtherFeed(xml: string, file: string): ParsedList {
  const feed = readFeedEntries(xml);
  const citations = feed.entries.map(({ citation }) => citation);
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
