import { paperUrl } from "../../corpus/identifiers/links.ts";
import { isByIdentifier, originsByFact } from "../../corpus/origin.ts";
import type { FactName, Origin, Paper } from "../../corpus/paper.ts";
import { formatDate, parsePartialDate } from "../../corpus/partial-date.ts";
import type { WorkType } from "../../corpus/publication.ts";
import { PUBLICATION_TEXTS } from "../../corpus/publication.ts";
import { authorsText, NAMES, paperButtons, statusText } from "./paper-cards.ts";
import type { Card, Fact } from "../reply.ts";
import { link, plain, prose } from "../reply.ts";

/** Makes the facts of a paper: none for what is not known, and with who says it, by the names under which it was taken. */
type MakeFact = (label: string, text: string | undefined, ...names: FactName[]) => Fact[];

/** Who says something, and since when: `arXiv, 6 March 2026`. */
function originText({ listedOn, readAt }: Origin): string {
  const day = readAt === undefined ? undefined : parsePartialDate(readAt.slice(0, 10));
  return [listedOn, ...(day === undefined ? [] : [formatDate(day)])].join(", ");
}

function factsOf(paper: Paper): MakeFact {
  const origins = originsByFact(paper);
  return (label, text, ...names) => {
    if (text === undefined) return [];
    const said = names.flatMap((name) => origins.get(name) ?? []).map(originText);
    const from = [...new Set(said)].join("; ");
    return [{ label, value: [plain(text)], ...(from === "" ? {} : { from }) }];
  };
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
  const parts = origins.map(({ facts, ...origin }) => {
    return `${originText(origin)}: ${[...new Set(facts.flatMap((name) => FACT_WORDS[name] ?? []))].join(", ")}`;
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
function publicationFacts(paper: Paper, fact: MakeFact): Fact[] {
  const { type, eventTitle, containerTitle, edition } = paper;
  return [
    ...fact("Type", type === undefined ? undefined : TYPE_WORDS[type], "type"),
    ...fact("Published", publicationText(paper), "containerTitle", "eventTitle", "volume", "journalRef"),
    ...fact("Event", containerTitle === undefined ? undefined : eventTitle, "eventTitle"),
    ...fact("Edition", edition, "edition"),
    ...fact("Editors", editorsText(paper), "editors"),
    ...fact("DOI", paper.doi, "doi"),
    ...fact("Other DOIs", paper.otherDois?.join(", "), "otherDois"),
    ...fact("ISBN", paper.isbn, "isbn"),
    ...fact("ISSN", paper.issn, "issn"),
    ...fact("arXiv class", paper.arxivClass, "arxivClass"),
    ...fact("Version", paper.version, "version"),
    ...fact("Language", paper.language, "language"),
    ...fact("Licence", paper.license, "license"),
    ...fact("Code", paper.code, "code"),
    ...fact("Keywords", paper.keywords?.join(", "), "keywords"),
  ];
}

function detailFacts(paper: Paper, names: number): Fact[] {
  const fact = factsOf(paper);
  const votes = paper.upvotes;
  const comments = paper.comments === undefined ? undefined : String(paper.comments);
  const voted = votes === undefined ? undefined : `${votes.count} (read ${votes.readAt.slice(0, 10)})`;
  return [
    ...fact(statusText(paper) ?? "", paper.status?.words, "status"),
    ...fact("Date", dateText(paper), "date"),
    ...fact("Authors", authorsText(paper, names), "authors"),
    ...fact("Organisation", paper.organisation?.name, "organisation"),
    ...publicationFacts(paper, fact),
    ...fact("Comments", comments, "comments"),
    ...fact("Votes", voted, "upvotes"),
    ...fact("Not stated", notStated(paper)),
    ...fact("Id", paper.id, "arxivId"),
    ...fact("Other titles", paper.otherTitles?.join("; ")),
    ...fact("Read from", originsText(paper)),
  ];
}

/** All that is known of one paper, what is not known, and where it was read; of its authors so many names. */
export function detailsCard(paper: Paper, names: number = NAMES.details): Card {
  return {
    heading: [link(paper.title, paperUrl(paper))],
    blocks: [
      { kind: "facts", facts: detailFacts(paper, names) },
      prose(plain(paper.abstract ?? "The abstract is not in this corpus.")),
    ],
    buttons: paperButtons(paper),
  };
}
