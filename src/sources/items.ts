import { checkListing } from "./believable.ts";
import type { IsoDay } from "./days.ts";
import type { Fetcher } from "./fetch/ask.ts";
import type { Clock } from "./fetch/clock.ts";
import type { ParsedList, SourceItem } from "./source.ts";

/** What live sources work with. */
export interface SourceParts {
  readonly fetcher: Fetcher;
  readonly clock: Pick<Clock, "now">;
}

/** The list that parsed papers stood on. */
export interface ListRead {
  readonly source: string;
  readonly list: string;
  /** The day of the list; papers that carry a day of their own keep theirs. */
  readonly day?: IsoDay;
  readonly readAt: Date;
  /** What problems call it. */
  readonly file: string;
}

/** Parsed papers as a source gives them: with their origin, and without dates that lie in the future. */
export function* sourceItems(
  parsed: Pick<ParsedList, "items" | "problems">,
  { source, list, day, readAt, file }: ListRead,
): Generator<SourceItem> {
  for (const item of parsed.items) {
    const { listing, problems } = checkListing(item.listing, { file }, readAt);
    const listed = day ?? item.day;
    const from = { source, list, readAt: readAt.toISOString() };
    yield {
      kind: "paper",
      listing: { ...listing, readAt: from.readAt },
      from: listed === undefined ? from : { ...from, day: listed },
      ...(item.ids === undefined ? {} : { ids: item.ids }),
    };
    for (const problem of problems) yield { kind: "problem", problem };
  }
  for (const problem of parsed.problems) yield { kind: "problem", problem };
}

/** At most so many papers of a page: no more were asked for. The surplus is left out, and told. */
export function atMost<List extends Pick<ParsedList, "items" | "problems">>(
  page: List,
  most: number,
  file: string,
): List {
  const { items, problems } = page;
  if (items.length <= most) return page;
  const problem = {
    file,
    expected: `at most ${most} papers`,
    found: `${items.length}; the others are left out`,
  };
  return { ...page, items: items.slice(0, most), problems: [...problems, problem] };
}

/**
 * Tells of each page of a list whether it holds a paper that the pages before did not: a server that passes over the
 * number of the page gives the same one again and again.
 */
export function createNovelty(): (page: Pick<ParsedList, "items">) => boolean {
  const seen = new Set<string>();
  return ({ items }) => {
    const before = seen.size;
    for (const { listing } of items) seen.add(listing.arxivId ?? listing.title);
    return seen.size > before;
  };
}
