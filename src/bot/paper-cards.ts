import { paperLinks, paperUrl } from "../corpus/links.ts";
import { isByIdentifier } from "../corpus/origin.ts";
import { arxivIdOf } from "../corpus/paper-id.ts";
import type { FactName, Paper } from "../corpus/paper.ts";
import { PUBLICATION_TEXTS } from "../corpus/publication.ts";
import { authorCount } from "../corpus/paper.ts";
import { formatDate, parsePartialDate } from "../corpus/partial-date.ts";
import type { Block, Button, Card, DataRecord, Fact } from "./reply.ts";
import { link, plain, prose } from "./reply.ts";

/** Names shown before the rest is counted: in a list, in a card of its own, in the details. */
const NAMES = { list: 1, card: 3, details: 20 } as const;

/** Longest part of an abstract on a card, in characters: what fits on a phone without scrolling twice. */
const ABSTRACT = 700;

/** `1 author`, `4 authors`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The beginning of a text, to the end of a word. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), length / 2))} …`;
}

/** Who wrote a paper: names and how many more, only their number, or undefined. */
function authorsText(paper: Paper, shown: number): string | undefined {
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
function statusText({ status }: Paper): string | undefined {
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

/** What can be done with a paper by itself, in the order of the buttons. */
function paperButtons(paper: Paper): Button[] {
  return [
    { kind: "run", label: "Similar", key: "s", run: { command: "similar", args: { papers: paper.id } } },
    { kind: "run", label: "Cite", key: "c", run: { command: "cite", args: { paper: paper.id } } },
    ...paperLinks(paper).map(({ label, url }): Button => ({ kind: "open", label, url })),
  ];
}

/** A paper below a link to it. What is not known, and where the rest was read, is a press away. */
export function previewCard(paper: Paper): Card {
  return { ...introduction(paper), buttons: [detailsButton(paper, "d"), ...paperButtons(paper)] };
}

function fact(label: string, text: string | undefined): Fact[] {
  return text === undefined ? [] : [{ label, value: [plain(text)] }];
}

/** Parts of a publication that are told together. */
const TOGETHER = PUBLICATION_TEXTS.filter(
  (name) => name !== "license" && name !== "code" && name !== "arxivClass",
);
const publicationWords = Object.fromEntries(TOGETHER.map((name) => [name, "publication"])) as Record<
  (typeof TOGETHER)[number],
  string
>;

const FACT_WORDS: Readonly<Record<FactName, string | undefined>> = {
  title: "title",
  arxivId: "id",
  abstract: "abstract",
  date: "date",
  authors: "authors",
  organisation: "organisation",
  comments: "comments",
  upvotes: "votes",
  urls: "links",
  status: "standing",
  hiddenAuthors: undefined,
  editors: "editors",
  keywords: "keywords",
  otherDois: "other DOIs",
  license: "licence",
  code: "code",
  arxivClass: "class",
  ...publicationWords,
};

/** What was taken from where and when: `arXiv, 6 March 2026: title, abstract; …`; undefined for the bundled pages alone. */
function originsText({ origins }: Paper): string | undefined {
  if (origins.every(({ readAt }) => readAt === undefined)) return undefined;
  const parts = origins.map(({ listedOn, readAt, facts }) => {
    const day = readAt === undefined ? undefined : parsePartialDate(readAt.slice(0, 10));
    const place = [listedOn, ...(day === undefined ? [] : [formatDate(day)])].join(", ");
    return `${place}: ${[...new Set(facts.flatMap((name) => FACT_WORDS[name] ?? []))].join(", ")}`;
  });
  return parts.join("; ");
}

/** Where a paper was published: `Journal of X 12(3), 1–9, Publisher`; undefined where nothing is known of it. */
function publicationText(paper: Paper): string | undefined {
  const { containerTitle, eventTitle, collectionTitle, volume, issue, page, number, publisher } = paper;
  const volumes = [volume, issue === undefined ? undefined : `(${issue})`].filter(Boolean).join("");
  const title = [containerTitle ?? eventTitle, volumes].filter(Boolean).join(" ");
  const parts = [title, collectionTitle, page, number, paper.genre, publisher, paper.publisherPlace];
  const known = parts.filter((part) => part !== undefined && part !== "");
  return known.length === 0 ? paper.journalRef : known.join(", ");
}

/** What most papers have and this one does not, as far as is known: `date, authors`. */
function notStated({ date, authors }: Paper): string | undefined {
  const missing = [...(date === undefined ? ["date"] : []), ...(authors === undefined ? ["authors"] : [])];
  return missing.length === 0 ? undefined : missing.join(", ");
}

/** The date in words, and where nobody stated it that its identifier says so. */
function dateText(paper: Paper): string | undefined {
  if (paper.date === undefined) return undefined;
  const day = formatDate(paper.date);
  return isByIdentifier(paper, "date") ? `${day}, by its identifier` : day;
}

function detailFacts(paper: Paper): Fact[] {
  const votes = paper.upvotes;
  return [
    ...fact(statusText(paper) ?? "", paper.status?.words),
    ...fact("Date", dateText(paper)),
    ...fact("Authors", authorsText(paper, NAMES.details)),
    ...fact("Organisation", paper.organisation?.name),
    ...fact("Published", publicationText(paper)),
    ...fact("Editors", paper.editors?.names.join(", ")),
    ...fact("DOI", paper.doi),
    ...fact("Other DOIs", paper.otherDois?.join(", ")),
    ...fact("arXiv class", paper.arxivClass),
    ...fact("Licence", paper.license),
    ...fact("Code", paper.code),
    ...fact("Keywords", paper.keywords?.join(", ")),
    ...fact("Comments", paper.comments === undefined ? undefined : String(paper.comments)),
    ...fact("Votes", votes === undefined ? undefined : `${votes.count} (read ${votes.readAt.slice(0, 10)})`),
    ...fact("Not stated", notStated(paper)),
    ...fact("Id", paper.id),
    ...fact("Other titles", paper.otherTitles?.join("; ")),
    ...fact("Read from", originsText(paper)),
  ];
}

/** All that is known of one paper, what is not known, and where it was read. */
export function detailsCard(paper: Paper): Card {
  return {
    heading: [link(paper.title, paperUrl(paper))],
    blocks: [
      { kind: "facts", facts: detailFacts(paper) },
      prose(plain(paper.abstract ?? "The abstract is not in this corpus.")),
    ],
    buttons: paperButtons(paper),
  };
}

/** A paper as data: `id`, `title`, `url` and what else is known. */
export function paperRecord(paper: Paper): DataRecord {
  const { id, title, authors, urls: _urls, hiddenAuthors: _hidden, ...facts } = paper;
  const count = authorCount(paper);
  return {
    id,
    title,
    url: paperUrl(paper),
    ...facts,
    ...(authors?.kind === "named" ? { authors: authors.names } : {}),
    ...(count === undefined ? {} : { authorCount: count }),
  };
}
