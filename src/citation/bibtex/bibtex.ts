import type { WorkType } from "../../corpus/publication.ts";
import type { Dialect } from "./bibtex-names.ts";
import { bibtexNames } from "./bibtex-names.ts";
import type { CslItem } from "../csl-item.ts";
import { latexText, latexTitle } from "./latex-text.ts";

/** What kind of entry a work is: in BibTeX (btxdoc, section 3.1) and in biblatex (its manual, section 2.1). */
const ENTRY_TYPES: Readonly<Record<WorkType, Readonly<Record<Dialect, string>>>> = {
  article: { bibtex: "misc", biblatex: "online" },
  "article-journal": { bibtex: "article", biblatex: "article" },
  "article-magazine": { bibtex: "article", biblatex: "article" },
  "article-newspaper": { bibtex: "article", biblatex: "article" },
  book: { bibtex: "book", biblatex: "book" },
  chapter: { bibtex: "incollection", biblatex: "incollection" },
  dataset: { bibtex: "misc", biblatex: "dataset" },
  document: { bibtex: "misc", biblatex: "misc" },
  "entry-encyclopedia": { bibtex: "incollection", biblatex: "inreference" },
  manuscript: { bibtex: "unpublished", biblatex: "unpublished" },
  "paper-conference": { bibtex: "inproceedings", biblatex: "inproceedings" },
  patent: { bibtex: "misc", biblatex: "patent" },
  "post-weblog": { bibtex: "misc", biblatex: "online" },
  report: { bibtex: "techreport", biblatex: "report" },
  review: { bibtex: "article", biblatex: "article" },
  software: { bibtex: "misc", biblatex: "software" },
  speech: { bibtex: "misc", biblatex: "unpublished" },
  standard: { bibtex: "techreport", biblatex: "report" },
  thesis: { bibtex: "phdthesis", biblatex: "thesis" },
  webpage: { bibtex: "misc", biblatex: "online" },
};

type Field = readonly [name: string, value: string | undefined];

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const twoDigits = (number: number): string => String(number).padStart(2, "0");

function entryType({ type, genre }: CslItem, dialect: Dialect): string {
  const isMasters = type === "thesis" && dialect === "bibtex" && /\bmaster/i.test(genre ?? "");
  return isMasters ? "mastersthesis" : ENTRY_TYPES[type][dialect];
}

/** A value in braces that programs take as it is; braces and backslashes, which would end it or begin a command, by their codes. */
const verbatim = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `{${text.replace(/[{}\\\s]/g, (char) => encodeURIComponent(char))}}`;

/** Writes texts as a dialect has them. */
function writerFor(dialect: Dialect) {
  const spelling = dialect === "bibtex" ? "symbols" : "none";
  return {
    text: (text: string | undefined) => (text === undefined ? undefined : `{${latexText(text, spelling)}}`),
    title: (text: string) => `{${latexTitle(text, spelling)}}`,
    names: (names: CslItem["author"]) =>
      names === undefined ? undefined : `{${bibtexNames(names, dialect)}}`,
    /** Pages, with the dash that LaTeX has for ranges. */
    pages: (text: string | undefined) =>
      text === undefined
        ? undefined
        : `{${latexText(text, spelling).replace(/\s*(?:[–—]|-(?:\{\}-)?)\s*/g, "--")}}`,
  };
}

type Writer = ReturnType<typeof writerFor>;

function dateFields({ issued }: CslItem, dialect: Dialect): readonly Field[] {
  if (issued === undefined) return [];
  const [year, month, day] = issued["date-parts"][0];
  if (dialect === "biblatex") {
    const parts = [year, month, day].filter((part) => part !== undefined).map(twoDigits);
    return [["date", `{${parts.join("-")}}`]];
  }
  return [
    ["year", `{${year}}`],
    // An abbreviation without braces, as styles define it in their own language.
    ["month", month === undefined ? undefined : MONTHS[month - 1]],
    ["day", day === undefined ? undefined : `{${day}}`],
  ];
}

const IN_JOURNALS = new Set<WorkType>(["article-journal", "article-magazine", "article-newspaper", "review"]);
const WITH_NUMBERS = new Set<WorkType>(["report", "standard", "patent"]);

/** What the place is called in which a work stands. */
function placeName({ type }: CslItem, dialect: Dialect): string {
  if (!IN_JOURNALS.has(type)) return "booktitle";
  return dialect === "bibtex" ? "journal" : "journaltitle";
}

function publisherName({ type }: CslItem, dialect: Dialect): string {
  if (type === "thesis") return dialect === "bibtex" ? "school" : "institution";
  return type === "report" || type === "standard" ? "institution" : "publisher";
}

/** The place a work stands in, and the work's place there. */
function placeFields(item: CslItem, dialect: Dialect, write: Writer): readonly Field[] {
  const container =
    item["container-title"] ?? (item.type === "paper-conference" ? item["event-title"] : undefined);
  const isOwnNumber = WITH_NUMBERS.has(item.type);
  return [
    [placeName(item, dialect), write.text(container)],
    ["series", write.text(item["collection-title"])],
    [
      "eventtitle",
      item["container-title"] === undefined && container !== undefined
        ? undefined
        : write.text(item["event-title"]),
    ],
    ["edition", write.text(item.edition)],
    ["volume", write.text(item.volume)],
    ["number", write.text(isOwnNumber ? item.number : item.issue)],
    ["eid", isOwnNumber || item.number?.startsWith("arXiv:") === true ? undefined : write.text(item.number)],
    ["pages", write.pages(item.page)],
  ];
}

/** Who published a work; that arXiv did is said by its identifier. */
function publisherFields(item: CslItem, dialect: Dialect, write: Writer): readonly Field[] {
  const isArxiv = item.type === "article" && item.publisher === item.archive;
  return [
    [publisherName(item, dialect), isArxiv ? undefined : write.text(item.publisher)],
    [dialect === "bibtex" ? "address" : "location", write.text(item["publisher-place"])],
    ["type", write.text(item.genre)],
  ];
}

function identifierFields(item: CslItem, dialect: Dialect, write: Writer): readonly Field[] {
  const [archive, archiveClass] =
    dialect === "bibtex" ? ["archivePrefix", "primaryClass"] : ["eprinttype", "eprintclass"];
  return [
    ["eprint", verbatim(item.archive_location)],
    [archive ?? "", item.archive === undefined ? undefined : dialect === "bibtex" ? "{arXiv}" : "{arxiv}"],
    [archiveClass ?? "", verbatim(item.custom?.["primary-class"])],
    ["version", write.text(item.version)],
    ["doi", verbatim(item.DOI)],
    ["isbn", write.text(item.ISBN)],
    ["issn", write.text(item.ISSN)],
    ["url", verbatim(item.URL)],
  ];
}

/** An item as an entry of BibTeX or biblatex. What is not known is left out; authors stand in their order. */
export function renderBibtex(item: CslItem, dialect: Dialect): string {
  const write = writerFor(dialect);
  const fields: readonly Field[] = [
    ["title", write.title(item.title)],
    ["author", write.names(item.author)],
    ["editor", write.names(item.editor)],
    ...dateFields(item, dialect),
    ...placeFields(item, dialect, write),
    ...publisherFields(item, dialect, write),
    ...identifierFields(item, dialect, write),
    ["language", write.text(item.language)],
    ["keywords", write.text(item.keyword)],
    ["abstract", write.text(item.abstract)],
    ["note", write.text(item.note)],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = ${value},`]));
  return [`@${entryType(item, dialect)}{${item.id},`, ...lines, "}"].join("\n");
}
