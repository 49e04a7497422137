import { Parser } from "htmlparser2";
import { withoutAbsent } from "../../corpus/fields.ts";
import { parseArxivId } from "../../corpus/paper-id.ts";
import type { ArxivId, Listing } from "../../corpus/paper.ts";
import { parseTimestampDay } from "../../corpus/partial-date.ts";
import { readableText } from "../../corpus/readable-text.ts";
import type { ReadingOf } from "./daily-papers.ts";
import { HUGGING_FACE } from "./daily-papers.ts";

/** What a page of papers holds for a reader: the JSON the page is drawn from, and the cards that are drawn. */
export interface PageParts {
  /** The `data-props` of the list, entities decoded; absent in copies without it. */
  readonly props?: string;
  readonly cards: readonly Listing[];
}

interface Card {
  title: string;
  arxivId: ArxivId | undefined;
  text: string;
  votes: string;
  comments: string;
  time: string | undefined;
}

/** What the text between two tags belongs to. */
type Place = "title" | "votes" | "comments" | "text";

const emptyCard = (): Card => ({
  title: "",
  arxivId: undefined,
  text: "",
  votes: "",
  comments: "",
  time: undefined,
});

/** `12` or `1.2k`: a shortened number is not exact, and not taken. */
const exact = (text: string): number | undefined =>
  /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : undefined;

function listingOf(card: Card, { readAt }: ReadingOf): Listing | undefined {
  const title = readableText(card.title);
  if (title === "" || card.arxivId === undefined) return undefined;
  const votes = exact(card.votes);
  const authors = exact(/·?\s*(\d+)\s+authors?\b/.exec(card.text)?.[1] ?? "");
  return withoutAbsent<Listing>({
    title,
    arxivId: card.arxivId,
    date: card.time === undefined ? undefined : parseTimestampDay(card.time),
    authors: authors === undefined || authors === 0 ? undefined : { kind: "counted", count: authors },
    comments: exact(card.comments),
    upvotes: votes === undefined ? undefined : { count: votes, readAt: readAt.toISOString() },
    listedOn: HUGGING_FACE,
  });
}

/** Which part of a card an element begins; undefined when it goes on with the one around it. */
function placeOf(
  name: string,
  attributes: Record<string, string>,
  card: Card,
  inHeading: boolean,
): Place | undefined {
  if (name === "time") card.time ??= attributes["datetime"];
  if (name === "div" && attributes["class"]?.trim() === "leading-none") return "votes";
  if (name !== "a") return undefined;
  const link = /^(?:https:\/\/huggingface\.co)?\/papers\/([^/?#]+)(#community)?$/.exec(
    attributes["href"] ?? "",
  );
  const id = link?.[1] === undefined ? undefined : parseArxivId(link[1]);
  if (id === undefined) return undefined;
  card.arxivId ??= id;
  if (link?.[2] !== undefined) return "comments";
  return inHeading ? "title" : undefined;
}

/**
 * Finds the list's JSON and the visible cards of a saved page. A card is an `article` whose heading links to
 * `/papers/{id}`; the number in its `leading-none` box are the votes, that in the link to `#community` the comments.
 * Never throws, and keeps all cards before a cut.
 */
export function readPageParts(html: string, reading: ReadingOf): PageParts {
  let props: string | undefined;
  const cards: Listing[] = [];
  let card: Card | undefined;
  let heading = 0;
  const places: { depth: number; place: Place }[] = [];
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth++;
      if (attributes["data-target"] === "DailyPapers") props ??= attributes["data-props"];
      if (name === "article") card = emptyCard();
      if (card === undefined) return;
      if (name === "h3") heading++;
      const place = placeOf(name, attributes, card, heading > 0);
      if (place !== undefined) places.push({ depth, place });
    },
    ontext(text) {
      if (card !== undefined) card[places.at(-1)?.place ?? "text"] += text;
    },
    onclosetag(name) {
      if (places.at(-1)?.depth === depth) places.pop();
      depth--;
      if (name === "h3" && heading > 0) heading--;
      if (card !== undefined) card.text += " ";
      if (name !== "article" || card === undefined) return;
      const listing = listingOf(card, reading);
      if (listing !== undefined) cards.push(listing);
      card = undefined;
      heading = 0;
      places.length = 0;
    },
  });
  parser.end(html);
  return props === undefined ? { cards } : { props, cards };
}
