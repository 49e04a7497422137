import { paperUrl } from "../../corpus/identifiers/links.ts";
import { isByIdentifier } from "../../corpus/origin.ts";
import type { FactName, Paper } from "../../corpus/paper.ts";
import { formatDate, parsePartialDate } from "../../corpus/partial-date.ts";
import type { WorkType } from "../../corpus/publication.ts";
import { PUBLICATION_TEXTS } from "../../corpus/publication.ts";
import { authorsText, NAMES, paperButtons, statusText } from "./paper-cards.ts";
import type { Card, Fact } from "../reply.ts";
import { link, plain, prose } from "../reply.ts";

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

/** What kinds of works are called; a document is told by nothing. */
const TYPE_WORDS: Readonly<Record<WorkType, string | undefined>> = {
  article: "preprint",
  "article-journal": "journal article",
  "article-magazine": "magazine article",
  "article-newspaper": "newspaper article",
  book: "book",
  chapter: "chapter",
  dataset: "data set",
  document: undefined,
  "entry-encyclopedia": "encyclopedia entry",
  manuscript: "manuscript",
  "paper-conference": "conference paper",
  patent: "patent",
  "post-weblog": "blog post",
  report: "report",
  review: "review",
  software: "software",
  speech: "talk",
  standard: "standard",
  thesis: "thesis",
  webpage: "web page",
};

/** The editors, and that there are more. */
function editorsText({ editors }: Paper): string | undefined {
  if (editors === undefined) return undefined;
  const names = editors.names.join(", ");
  return editors.others === true ? `${names} and others` : names;
}

/** What is told of a publication besides where it stands. */
function publicationFacts(paper: Paper): Fact[] {
  const { type, eventTitle, containerTitle, edition } = paper;
  return [
    ...fact("Type", type === undefined ? undefined : TYPE_WORDS[type]),
    ...fact("Published", publicationText(paper)),
    ...fact("Event", containerTitle === undefined ? undefined : eventTitle),
    ...fact("Edition", edition),
    ...fact("Editors", editorsText(paper)),
    ...fact("DOI", paper.doi),
    ...fact("Other DOIs", paper.otherDois?.join(", ")),
    ...fact("ISBN", paper.isbn),
    ...fact("ISSN", paper.issn),
    ...fact("arXiv class", paper.arxivClass),
    ...fact("Version", paper.version),
    ...fact("Language", paper.language),
    ...fact("Licence", paper.license),
    ...fact("Code", paper.code),
    ...fact("Keywords", paper.keywords?.join(", ")),
  ];
}

function detailFacts(paper: Paper): Fact[] {
  const votes = paper.upvotes;
  return [
    ...fact(statusText(paper) ?? "", paper.status?.words),
    ...fact("Date", dateText(paper)),
    ...fact("Authors", authorsText(paper, NAMES.details)),
    ...fact("Organisation", paper.organisation?.name),
    ...publicationFacts(paper),
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
