import { UserError } from "../../user-error.ts";
import type { Citation } from "../citation/citation.ts";
import { readCitedName, splitCitedNames } from "../citation/cited-name.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import type { FieldMeaning } from "../citation/field-names.ts";
import { FIELD_MEANINGS, FIELD_NAMES, plainName } from "../citation/field-names.ts";
import { readNumbers } from "../citation/numbers.ts";
import { workTypeOf } from "../citation/work-types.ts";
import { pageRange } from "../record-fields.ts";

/** What only tables call the parts of a reference; `source` is that of Google Scholar's exports. */
const ONLY_IN_TABLES: Readonly<Partial<Record<FieldMeaning, string>>> = {
  title: "name ti",
  containerTitle: "publication source so",
  // Web of Science's tags, in its exports with tabs.
  authors: "af au",
  editors: "be ed",
  abstract: "ab",
  date: "pd",
  year: "py",
  doi: "di",
  volume: "vl",
  issue: "is",
  first: "bp",
  last: "ep",
  number: "ar",
  publisher: "pu",
  publisherPlace: "pi",
  eventTitle: "ct",
  collectionTitle: "se",
  isbn: "bn",
  issn: "sn",
  language: "la",
  keywords: "de",
  type: "dt",
};

const isMeaning = (text: string): text is FieldMeaning => FIELD_MEANINGS.some((meaning) => meaning === text);

const namesOf = (meaning: FieldMeaning): readonly string[] =>
  `${FIELD_NAMES[meaning]} ${ONLY_IN_TABLES[meaning] ?? ""}`.trim().split(" ");

/** Columns that say nothing of the paper: keys, files, days and addresses of the program that wrote them. */
const BOOKKEEPING = new Set(
  (
    "key dateadded datemodified accessdate numpages fileattachments linkattachments shorttitle librarycatalog callnumber archive " +
    "archivelocation journalabbreviation abbreviatedsourcetitle authorsid authorids pagecount citedby eid affiliations " +
    "authorswithaffiliations correspondenceaddress coden pubmedid publicationstage openaccess references id bibtexkey"
  ).split(" "),
);

/** Which column means what: `--map title=Name`, by the names of the columns. */
export type ColumnMap = ReadonlyMap<FieldMeaning, string>;

/** Reads `title=Name`, several with commas. Throws a UserError that names what is allowed. */
export function readColumnMap(text: string): ColumnMap {
  return new Map(
    text.split(",").map((pair) => {
      const [, meaning = "", column = ""] = /^\s*(\w+)\s*=\s*(.+?)\s*$/.exec(pair) ?? [];
      if (isMeaning(meaning)) return [meaning, column] as const;
      throw new UserError(
        `--map has “${pair.trim()}”; it says what columns mean, such as --map "title=Name,year=Published". They can mean ${FIELD_MEANINGS.join(", ")}.`,
      );
    }),
  );
}

/** What the columns of a table mean. */
export interface Columns {
  /** For each meaning its columns, best first. */
  readonly of: ReadonlyMap<FieldMeaning, readonly number[]>;
  /** Those without a meaning, by their names. */
  readonly unknown: readonly (readonly [index: number, name: string])[];
}

/** Guesses what columns mean by their names, after those that are told. */
export function readColumns(header: readonly string[], told: ColumnMap = new Map()): Columns {
  const names = header.map(plainName);
  const of = new Map<FieldMeaning, readonly number[]>();
  for (const meaning of FIELD_MEANINGS) {
    const wanted = told.has(meaning) ? [plainName(told.get(meaning) ?? "")] : namesOf(meaning);
    const found = wanted.flatMap((name) => names.flatMap((one, index) => (one === name ? [index] : [])));
    if (found.length > 0) of.set(meaning, found);
  }
  const used = new Set([...of.values()].flat());
  const unknown = header.flatMap((name, index) =>
    used.has(index) || BOOKKEEPING.has(names[index] ?? "") ? [] : [[index, name] as const],
  );
  return { of, unknown };
}

/** `Alpha AB`, a family name and initials as PubMed has them, with the comma that it lacks. */
const turned = (name: string): string =>
  name.replace(/^(\p{Lu}\p{Ll}[\p{L}'’ -]*) (\p{Lu}{1,3})\.?$/u, "$1, $2");

/** Scopus gives each name its number: `Vaswani, Ashish (57201)`. Without semicolons, commas part names where they are not turned round. */
function readNames(text: string): ReturnType<typeof readCitedName>[] {
  const bare = text.replace(/\s*\(\d+\)/g, "");
  const parts = splitCitedNames(bare);
  const [only = ""] = parts;
  const byComma = parts.length === 1 ? only.split(/\s*,\s*/) : [];
  // `Ann Alpha, Ben Beta` are two, `Alpha, Ann` is one.
  const isList = byComma.length > 1 && byComma.every((name) => /\S\s+\S/.test(name));
  return (isList ? byComma.map(turned) : parts).map(readCitedName);
}

/** The reference of a row. */
export function readCells(cells: readonly string[], { of }: Columns): Citation {
  const all = (meaning: FieldMeaning): string[] =>
    (of.get(meaning) ?? []).flatMap((index) => {
      const text = cells[index]?.trim() ?? "";
      return text === "" ? [] : [text];
    });
  const get = (meaning: FieldMeaning): string | undefined => all(meaning)[0];
  const names = (meaning: FieldMeaning) => readNames(get(meaning) ?? "").flatMap((name) => name ?? []);
  const stated = get("type") ?? "";
  const type = workTypeOf(stated);
  const [first, last] = [get("first"), get("last")];
  const range = first === undefined || last === undefined || first === last ? first : `${first}–${last}`;
  return {
    ...(type === undefined ? {} : { type }),
    title: get("title"),
    abstract: get("abstract"),
    // `MAR 12` of Web of Science has its year beside it.
    date:
      readLooseDate(get("date") ?? "") ??
      readLooseDate(`${get("date") ?? ""} ${get("year") ?? ""}`) ??
      readLooseDate(get("year") ?? ""),
    authors: names("authors"),
    editors: names("editors"),
    containerTitle: get("containerTitle"),
    collectionTitle: get("collectionTitle"),
    eventTitle: get("eventTitle"),
    volume: get("volume"),
    page: pageRange(get("page")) ?? range,
    ...readNumbers(type, { issue: get("issue"), plain: get("plainNumber"), number: get("number") }),
    edition: get("edition"),
    publisher: get("publisher"),
    publisherPlace: get("publisherPlace"),
    genre: get("genre") ?? (type === "thesis" || type === "report" ? all("type")[1] : undefined),
    rights: get("rights"),
    version: get("version"),
    isbn: get("isbn"),
    issn: get("issn"),
    language: get("language"),
    keywords: all("keywords").flatMap((text) => text.split(/\s*[;,|]\s*/)),
    dois: all("doi"),
    urls: all("url").flatMap((text) => text.split(/[;\s]+(?=https?:)/)),
    arxiv: [
      ...all("arxiv"),
      ...all("note"),
      ...all("containerTitle"),
      ...all("number"),
      ...all("plainNumber"),
    ],
    note: get("note"),
  };
}
