import { isObject } from "../../corpus/merging/fields.ts";
import type { Listing } from "../../corpus/paper.ts";
import type { Problem } from "../../corpus/problem.ts";
import { parseDay } from "../days.ts";
import type { ParsedList } from "../source.ts";
import type { ReadingOf } from "./daily-papers.ts";
import { quoteList, readDailyItems } from "./daily-papers.ts";
import { readPageParts } from "./html-cards.ts";

function parseProps(props: string): unknown {
  try {
    return JSON.parse(props);
  } catch {
    return undefined;
  }
}

const fromCards = (cards: readonly Listing[], problems: readonly Problem[]): ParsedList => ({
  items: cards.map((listing) => ({ listing })),
  problems,
  whole: false,
});

/**
 * Reads a Hugging Face Papers page saved as HTML: the JSON in its `data-props`, which says everything the API says;
 * where that is missing, damaged or of another form, the visible cards, which lack abstracts and names. `readAt` should be the time
 * the page was saved, since it becomes the time of the votes.
 */
export function parseHtmlPage(html: string, reading: ReadingOf): ParsedList {
  const { props, cards } = readPageParts(html, reading);
  const data = props === undefined ? undefined : parseProps(props);
  const papers = isObject(data) ? data["dailyPapers"] : undefined;
  if (isObject(data) && Array.isArray(papers)) {
    const parsed = readDailyItems(papers, reading);
    if (parsed.items.length === 0 && cards.length > 0) return fromCards(cards, parsed.problems);
    const day = data["periodType"] === "day" ? parseDay(String(data["dateString"])) : undefined;
    return day === undefined ? parsed : { ...parsed, items: parsed.items.map((item) => ({ ...item, day })) };
  }
  const problems =
    props === undefined
      ? []
      : [{ file: reading.file, expected: "a list of papers in “data-props”", found: quoteList(props) }];
  if (cards.length > 0) return fromCards(cards, problems);
  const found = quoteList(html.trim().split("\n")[0] ?? "");
  const expected = "a Hugging Face page with papers in “data-props” or on cards";
  return { items: [], problems: [...problems, { file: reading.file, expected, found }], whole: false };
}
