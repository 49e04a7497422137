import { paperLinks, paperUrl } from "../../corpus/identifiers/links.ts";
import { arxivIdOf } from "../../corpus/identifiers/paper-id.ts";
import type { Paper } from "../../corpus/paper.ts";
import { authorCount } from "../../corpus/paper.ts";
import { formatDate } from "../../corpus/partial-date.ts";
import type { Block, Button, Card, DataRecord } from "../reply.ts";
import { link, plain, prose } from "../reply.ts";

/** Names shown before the rest is counted: in a list, in a card of its own, in the details, on a page of its own. */
export const NAMES = { list: 1, card: 3, details: 20, page: 500 } as const;

/** What the button is called that saves a paper. */
export const SAVE = "Save";

/** Longest part of an abstract on a card, in characters: what fits on a phone without scrolling twice. */
const ABSTRACT = 700;

/** `1 author`, `4 authors`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The beginning of a text, to the end of a word. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), length / 2))} …`;
}

/** Who wrote a paper: names and how many more, only their number, or undefined. */
export function authorsText(paper: Paper, shown: number): string | undefined {
  const count = authorCount(paper);
  if (paper.authors?.kind !== "named" || count === undefined) {
    return count === undefined ? undefined : counted(count, "author");
  }
  const { names, others } = paper.authors;
  const first = names.slice(0, shown).join(", ");
  if (others) return `${first} and others`;
  return count > shown ? `${first} and ${counted(count - shown, "other")}` : first;
}

/**
 * How much a line tells of a paper: what it takes to tell it from others, or also the day, and how much it is talked
 * about, where that is asked for.
 */
type Telling = "short" | "full";

/** `Withdrawn`, `Retracted` or `Superseded`; undefined for a paper that stands. */
export function statusText({ status }: Paper): string | undefined {
  return status === undefined ? undefined : status.kind.charAt(0).toUpperCase() + status.kind.slice(1);
}

/** Longest name of a venue in a line, in characters. */
const VENUE = 60;

/** Whose a paper is, or where it stands: its organisation, its venue, else arXiv where it has a number there. */
function placeText({ id, organisation, containerTitle, eventTitle }: Paper): string | undefined {
  const venue = eventTitle ?? containerTitle;
  return (
    organisation?.name ??
    (venue === undefined ? undefined : shortened(venue, VENUE)) ??
    (arxivIdOf(id) === undefined ? undefined : "arXiv")
  );
}

/**
 * A paper in a line: `2026 · NVIDIA · Jane Doe and 3 others`, in full `9 March 2026 · NVIDIA · Jane Doe and 3 others ·
 * 4 comments`. What is not known is left out; undefined where nothing is known.
 */
function factsText(paper: Paper, telling: Telling, names: number): string | undefined {
  const { date, comments, upvotes } = paper;
  const talk = [
    comments === undefined ? undefined : counted(comments, "comment"),
    upvotes === undefined ? undefined : counted(upvotes.count, "vote"),
  ];
  const parts = [
    statusText(paper),
    date === undefined ? undefined : telling === "short" ? date.slice(0, 4) : formatDate(date),
    placeText(paper),
    authorsText(paper, names),
    ...(telling === "short" ? [] : talk),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(" · ");
}

/** A paragraph of a text; none where there is no text. */
function paragraphs(text: string | undefined): Block[] {
  return text === undefined ? [] : [prose(plain(text))];
}

/** A hit of a list: where it stands, and the lines that belong to this list. */
export interface ListedPaper {
  /** Its number in the whole list, from 1. */
  readonly number: number;
  readonly paper: Paper;
  readonly lines: readonly Block[];
  /** Default `short`. */
  readonly telling?: Telling;
}

/** A paper in a list: number and linked title, what tells it from others, the list's own lines, and what can be done with it. */
export function listedCard({ number, paper, lines, telling = "short" }: ListedPaper): Card {
  const key = String(number);
  return {
    heading: [plain(`${number}. `), link(paper.title, paperUrl(paper))],
    blocks: [...paragraphs(factsText(paper, telling, NAMES.list)), ...lines],
    buttons: [
      detailsButton(paper, key),
      {
        kind: "run",
        label: "Similar",
        key: `${key}s`,
        run: { command: "similar", args: { papers: paper.id } },
      },
      saveButton(paper, `${key}+`),
    ],
  };
}

/** The beginning of an abstract, to the end of a sentence where there is one in reach. */
function beginning(text: string): string {
  if (text.length <= ABSTRACT) return text;
  const cut = text.slice(0, ABSTRACT);
  const sentence = cut.lastIndexOf(". ");
  return sentence > ABSTRACT / 2 ? cut.slice(0, sentence + 1) : `${cut.slice(0, cut.lastIndexOf(" "))} …`;
}

/** A paper by itself among other talk: title, what is known of it, and the beginning of its abstract. */
export function introduction(paper: Paper): Pick<Card, "heading" | "blocks"> {
  return {
    heading: [link(paper.title, paperUrl(paper))],
    blocks: [
      ...paragraphs(factsText(paper, "full", NAMES.card)),
      ...paragraphs(paper.abstract === undefined ? undefined : beginning(paper.abstract)),
    ],
  };
}

function detailsButton({ id }: Paper, key: string): Button {
  return { kind: "run", label: "Details", key, run: { command: "show", args: { paper: id } } };
}

/** What puts a paper onto the reading list of whoever presses it. */
export function saveButton({ id }: Paper, key: string): Button {
  return { kind: "run", label: SAVE, key, run: { command: "save", args: { paper: id } } };
}

/** What can be done with a paper by itself, in the order of the buttons. */
export function paperButtons(paper: Paper): Button[] {
  return [
    { kind: "run", label: "Similar", key: "s", run: { command: "similar", args: { papers: paper.id } } },
    { kind: "run", label: "Cite", key: "c", run: { command: "cite", args: { paper: paper.id } } },
    saveButton(paper, "+"),
    ...paperLinks(paper).map(({ label, url }): Button => ({ kind: "open", label, url })),
  ];
}

/** A paper below a link to it. What is not known, and where the rest was read, is a press away. */
export function previewCard(paper: Paper): Card {
  return { ...introduction(paper), buttons: [detailsButton(paper, "d"), ...paperButtons(paper)] };
}

/**
 * A paper as data: `id`, `title`, `url` and what else is known; `authors` as they are printed, `authorParts` their parts where a
 * source gave them.
 */
export function paperRecord(paper: Paper): DataRecord {
  const { id, title, authors, urls: _urls, hiddenAuthors: _hidden, ...facts } = paper;
  const count = authorCount(paper);
  return {
    id,
    title,
    url: paperUrl(paper),
    ...facts,
    ...(authors?.kind === "named" ? { authors: authors.names } : {}),
    ...(authors?.kind === "named" && authors.parts !== undefined ? { authorParts: authors.parts } : {}),
    ...(authors?.kind === "named" && authors.others === true ? { moreAuthors: true } : {}),
    ...(count === undefined ? {} : { authorCount: count }),
  };
}
