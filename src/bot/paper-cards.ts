import { paperLinks, paperUrl } from "../corpus/links.ts";
import type { FactName, Paper } from "../corpus/paper.ts";
import { authorCount } from "../corpus/paper.ts";
import { formatDate, parsePartialDate } from "../corpus/partial-date.ts";
import type { Range } from "../search/paper-index.ts";
import type { Block, Button, Card, DataRecord, Fact, Span } from "./reply.ts";
import { link, plain, prose, strong } from "./reply.ts";

/** Names shown in a list before the rest is counted. */
const NAMES_IN_LIST = 3;
const NAMES_IN_DETAILS = 20;

/** `1 author`, `4 authors`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The text with its marked ranges strong. */
export function markedSpans(text: string, marks: readonly Range[]): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (start > at) spans.push(plain(text.slice(at, start)));
    spans.push(strong(text.slice(start, end)));
    at = end;
  }
  if (at < text.length) spans.push(plain(text.slice(at)));
  return spans;
}

/** Who wrote a paper: names and how many more, only their number, or undefined. */
function authorsText(paper: Paper, shown: number): string | undefined {
  const count = authorCount(paper);
  if (paper.authors?.kind !== "named" || count === undefined) {
    return count === undefined ? undefined : counted(count, "author");
  }
  const names = paper.authors.names.slice(0, shown).join(", ");
  return count > shown ? `${names} and ${count - shown} more` : names;
}

function dateText({ date }: Paper): string {
  return date === undefined ? "date not stated" : formatDate(date);
}

/** `Withdrawn`, `Retracted` or `Superseded`; undefined for a paper that stands. */
function statusText({ status }: Paper): string | undefined {
  return status === undefined ? undefined : status.kind.charAt(0).toUpperCase() + status.kind.slice(1);
}

/** What is known of a paper, in a line: `9 March 2026 · 4 authors · NVIDIA · 4 comments`. */
export function factsLine(paper: Paper): string {
  const parts = [
    statusText(paper),
    dateText(paper),
    authorsText(paper, NAMES_IN_LIST),
    paper.organisation?.name,
    paper.comments === undefined ? undefined : counted(paper.comments, "comment"),
    paper.upvotes === undefined ? undefined : counted(paper.upvotes.count, "vote"),
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}

/** A hit of a list: where it stands, and the lines that belong to this list. */
export interface ListedPaper {
  /** Its number in the whole list, from 1. */
  readonly number: number;
  readonly paper: Paper;
  readonly lines: readonly Block[];
}

/** A paper in a list: number and linked title, the list's own lines, the facts, and what can be done with it. */
export function listedCard({ number, paper, lines }: ListedPaper): Card {
  const key = String(number);
  return {
    heading: [plain(`${number}. `), link(paper.title, paperUrl(paper))],
    blocks: [...lines, prose(plain(factsLine(paper)))],
    buttons: [
      { kind: "run", label: "Details", key, run: { command: "show", args: { paper: paper.id } } },
      {
        kind: "run",
        label: "Similar",
        key: `${key}s`,
        run: { command: "similar", args: { papers: paper.id } },
      },
    ],
  };
}

function fact(label: string, text: string | undefined): Fact[] {
  return text === undefined ? [] : [{ label, value: [plain(text)] }];
}

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
};

/** What was taken from where and when: `arXiv, 6 March 2026: title, abstract; …`; undefined for the bundled pages alone. */
function originsText({ origins }: Paper): string | undefined {
  if (origins.every(({ readAt }) => readAt === undefined)) return undefined;
  const parts = origins.map(({ listedOn, readAt, facts }) => {
    const day = readAt === undefined ? undefined : parsePartialDate(readAt.slice(0, 10));
    const place = [listedOn, ...(day === undefined ? [] : [formatDate(day)])].join(", ");
    return `${place}: ${facts.flatMap((name) => FACT_WORDS[name] ?? []).join(", ")}`;
  });
  return parts.join("; ");
}

function detailFacts(paper: Paper): Fact[] {
  const votes = paper.upvotes;
  return [
    ...fact(statusText(paper) ?? "", paper.status?.words),
    ...fact("Date", dateText(paper)),
    ...fact("Authors", authorsText(paper, NAMES_IN_DETAILS) ?? "authors not stated"),
    ...fact("Organisation", paper.organisation?.name),
    ...fact("Comments", paper.comments === undefined ? undefined : String(paper.comments)),
    ...fact("Votes", votes === undefined ? undefined : `${votes.count} (read ${votes.readAt.slice(0, 10)})`),
    ...fact("Id", paper.id),
    ...fact("Other titles", paper.otherTitles?.join("; ")),
    ...fact("Read from", originsText(paper)),
  ];
}

/** All that is known of one paper. */
export function detailsCard(paper: Paper): Card {
  const open = paperLinks(paper).map(({ label, url }): Button => ({ kind: "open", label, url }));
  return {
    heading: [link(paper.title, paperUrl(paper))],
    blocks: [
      { kind: "facts", facts: detailFacts(paper) },
      prose(plain(paper.abstract ?? "The abstract is not in this corpus.")),
    ],
    buttons: [
      { kind: "run", label: "Similar", key: "s", run: { command: "similar", args: { papers: paper.id } } },
      { kind: "run", label: "Cite", key: "c", run: { command: "cite", args: { paper: paper.id } } },
      ...open,
    ],
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
