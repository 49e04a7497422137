import { withoutAbsent } from "../../corpus/merging/fields.ts";
import { parseArxivId } from "../../corpus/identifiers/paper-id.ts";
import type { ArxivId, Listing } from "../../corpus/paper.ts";
import { parseTimestampDay } from "../../corpus/partial-date.ts";
import { readableText } from "../../corpus/readable-text.ts";
import { walkMarkup } from "../markup.ts";
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
    sourceKind: "huggingface",
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

/** A card while it is read: its facts so far, and what the elements around the next text make of it. */
interface OpenCard {
  readonly facts: Card;
  readonly places: { readonly depth: number; readonly place: Place }[];
  /** Elements that are open in it. */
  depth: number;
  headings: number;
}

function openInCard(card: OpenCard, name: string, attributes: Record<string, string>): void {
  card.depth++;
  if (name === "h3") card.headings++;
  const place = placeOf(name, attributes, card.facts, card.headings > 0);
  if (place !== undefined) card.places.push({ depth: card.depth, place });
}

function closeInCard(card: OpenCard, name: string): void {
  if (card.places.at(-1)?.depth === card.depth) card.places.pop();
  card.depth--;
  if (name === "h3" && card.headings > 0) card.headings--;
  card.facts.text += " ";
}

/**
 * Finds the list's JSON and the visible cards of a saved page. A card is an `article` whose heading links to
 * `/papers/{id}`; the number in its `leading-none` box are the votes, that in the link to `#community` the comments.
 * Never throws, and keeps all cards before a cut.
 */
export function readPageParts(html: string, reading: ReadingOf): PageParts {
  let props: string | undefined;
  const cards: Listing[] = [];
  let card: OpenCard | undefined;
  walkMarkup("html", html, {
    open(name, attributes) {
      if (attributes["data-target"] === "DailyPapers") props ??= attributes["data-props"];
      if (name === "article") card = { facts: emptyCard(), places: [], depth: 0, headings: 0 };
      else if (card !== undefined) openInCard(card, name, attributes);
    },
    text(text) {
      if (card !== undefined) card.facts[card.places.at(-1)?.place ?? "text"] += text;
    },
    close(name, implied) {
      if (card !== undefined && name !== "article") closeInCard(card, name);
      if (card === undefined || name !== "article") return;
      // A card without its end is cut off, perhaps in the middle of its title.
      const listing = implied ? undefined : listingOf(card.facts, reading);
      if (listing !== undefined) cards.push(listing);
      card = undefined;
    },
  });
  return props === undefined ? { cards } : { props, cards };
}
