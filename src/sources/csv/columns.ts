import { UserError } from "../../user-error.ts";
import type { Citation } from "../citation/citation.ts";
import { readCitedName, splitCitedNames } from "../citation/cited-name.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import { pageRange } from "../record-fields.ts";
import { isWorkType } from "../../corpus/publication.ts";
import type { WorkType } from "../../corpus/publication.ts";

/**
 * What columns are called by Zotero, Scopus, Web of Science, PubMed, Google Scholar's exports and lists made by hand, without case
 * and marks; of several for one meaning the first that has a text.
 */
const NAMES = {
  title: "title papertitle articletitle documenttitle name",
  authors: "authorfullnames author authors authorname authornames creator creators firstauthor",
  editors: "editor editors",
  abstract: "abstract abstractnote summary description",
  date: "date publicationdate published publishedon datepublished",
  year: "year publicationyear pubyear yearpublished",
  doi: "doi digitalobjectidentifier doilink",
  arxiv: "arxiv arxivid eprint arxivnumber",
  url: "url urls link links pdf pdfurl pdflink paperurl website",
  containerTitle:
    "publicationtitle sourcetitle journal journaltitle journalbook venue booktitle proceedingstitle conference publication source",
  collectionTitle: "series seriestitle",
  eventTitle: "conferencename",
  volume: "volume vol",
  issue: "issue number no",
  page: "pages page",
  first: "pagestart startpage firstpage beginningpage",
  last: "pageend endpage lastpage endingpage",
  number: "artno articlenumber reportnumber",
  edition: "edition",
  publisher: "publisher",
  publisherPlace: "place publisherlocation",
  isbn: "isbn",
  issn: "issn",
  language: "language languageoforiginaldocument",
  keywords: "keywords authorkeywords manualtags automatictags tags",
  type: "itemtype documenttype type publicationtype entrytype",
  note: "extra note notes comment comments",
} as const;
type Meaning = keyof typeof NAMES;

const MEANINGS = Object.keys(NAMES) as readonly Meaning[];
const isMeaning = (text: string): text is Meaning => MEANINGS.some((meaning) => meaning === text);

/** Columns that say nothing of the paper: keys, files, days and addresses of the program that wrote them. */
const BOOKKEEPING = new Set(
  (
    "key dateadded datemodified accessdate numpages fileattachments linkattachments shorttitle librarycatalog callnumber archive " +
    "archivelocation rights journalabbreviation abbreviatedsourcetitle authorsid authorids pagecount citedby eid affiliations " +
    "authorswithaffiliations correspondenceaddress coden pubmedid publicationstage openaccess references id bibtexkey"
  ).split(" "),
);

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Which column means what: `--map title=Name`, by the names of the columns. */
export type ColumnMap = ReadonlyMap<Meaning, string>;

/** Reads `title=Name`, several with commas. Throws a UserError that names what is allowed. */
export function readColumnMap(text: string): ColumnMap {
  return new Map(
    text.split(",").map((pair) => {
      const [, meaning = "", column = ""] = /^\s*(\w+)\s*=\s*(.+?)\s*$/.exec(pair) ?? [];
      if (isMeaning(meaning)) return [meaning, column] as const;
      throw new UserError(
        `--map has “${pair.trim()}”; it says what columns mean, such as --map "title=Name,year=Published". They can mean ${MEANINGS.join(", ")}.`,
      );
    }),
  );
}

/** What the columns of a table mean. */
export interface Columns {
  /** For each meaning its columns, best first. */
  readonly of: ReadonlyMap<Meaning, readonly number[]>;
  /** Those without a meaning, by their names. */
  readonly unknown: readonly (readonly [index: number, name: string])[];
}

/** Guesses what columns mean by their names, after those that are told. */
export function readColumns(header: readonly string[], told: ColumnMap = new Map()): Columns {
  const names = header.map(plain);
  const of = new Map<Meaning, readonly number[]>();
  for (const meaning of MEANINGS) {
    const wanted = told.has(meaning) ? [plain(told.get(meaning) ?? "")] : NAMES[meaning].split(" ");
    const found = wanted.flatMap((name) => names.flatMap((one, index) => (one === name ? [index] : [])));
    if (found.length > 0) of.set(meaning, found);
  }
  const used = new Set([...of.values()].flat());
  const unknown = header.flatMap((name, index) =>
    used.has(index) || BOOKKEEPING.has(names[index] ?? "") ? [] : [[index, name] as const],
  );
  return { of, unknown };
}

/** Zotero's and Scopus' types in CSL's terms. */
const TYPES: Readonly<Record<string, WorkType>> = {
  journalarticle: "article-journal",
  article: "article-journal",
  review: "article-journal",
  conferencepaper: "paper-conference",
  inproceedings: "paper-conference",
  book: "book",
  booksection: "chapter",
  bookchapter: "chapter",
  thesis: "thesis",
  report: "report",
  preprint: "article",
  dataset: "dataset",
  computerprogram: "software",
  webpage: "webpage",
  manuscript: "manuscript",
};

/** Scopus gives each name its number: `Vaswani, Ashish (57201)`. Without semicolons, commas part names where they are not turned round. */
function readNames(text: string): ReturnType<typeof readCitedName>[] {
  const bare = text.replace(/\s*\(\d+\)/g, "");
  const parts = splitCitedNames(bare);
  const [only = ""] = parts;
  const byComma = parts.length === 1 ? only.split(/\s*,\s*/) : [];
  // `Ann Alpha, Ben Beta` are two, `Alpha, Ann` is one.
  const isList = byComma.length > 1 && byComma.every((name) => /\S\s+\S/.test(name));
  return (isList ? byComma : parts).map(readCitedName);
}

/** The reference of a row. */
export function readCells(cells: readonly string[], { of }: Columns): Citation {
  const all = (meaning: Meaning): string[] =>
    (of.get(meaning) ?? []).flatMap((index) => {
      const text = cells[index]?.trim() ?? "";
      return text === "" ? [] : [text];
    });
  const get = (meaning: Meaning): string | undefined => all(meaning)[0];
  const names = (meaning: Meaning) => readNames(get(meaning) ?? "").flatMap((name) => name ?? []);
  const stated = get("type") ?? "";
  const type = isWorkType(stated) ? stated : TYPES[plain(stated)];
  const [first, last] = [get("first"), get("last")];
  const range = first === undefined || last === undefined || first === last ? first : `${first}–${last}`;
  return {
    ...(type === undefined ? {} : { type }),
    title: get("title"),
    abstract: get("abstract"),
    date: readLooseDate(get("date") ?? "") ?? readLooseDate(get("year") ?? ""),
    authors: names("authors"),
    editors: names("editors"),
    containerTitle: get("containerTitle"),
    collectionTitle: get("collectionTitle"),
    eventTitle: get("eventTitle"),
    volume: get("volume"),
    issue: get("issue"),
    page: pageRange(get("page")) ?? range,
    number: get("number"),
    edition: get("edition"),
    publisher: get("publisher"),
    publisherPlace: get("publisherPlace"),
    isbn: get("isbn"),
    issn: get("issn"),
    language: get("language"),
    keywords: all("keywords").flatMap((text) => text.split(/\s*[;,|]\s*/)),
    dois: all("doi"),
    urls: all("url").flatMap((text) => text.split(/[;\s]+(?=https?:)/)),
    arxiv: [...all("arxiv"), ...all("note"), ...all("containerTitle"), ...all("number")],
    note: get("note"),
  };
}
