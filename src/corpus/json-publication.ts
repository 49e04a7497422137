import { valueNamed } from "./field-names.ts";
import type { Fields } from "./fields.ts";
import { isObject, textOf, textsOf, withoutAbsent } from "./fields.ts";
import { parseWebUrl } from "./links.ts";
import type { Listing } from "./paper.ts";
import type { Publication, WorkType } from "./publication.ts";
import { isWorkType } from "./publication.ts";

/** Semantic Scholar's `publicationTypes` in CSL's terms. */
const TYPES: Readonly<Record<string, WorkType>> = {
  journalarticle: "article-journal",
  conference: "paper-conference",
  book: "book",
  booksection: "chapter",
  dataset: "dataset",
  review: "article-journal",
};

const textIn = (value: unknown): string | undefined => {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return textOf(value[0]);
  return textOf(isObject(value) ? (value["name"] ?? value["display_name"]) : value);
};

function readType(fields: Fields): WorkType | undefined {
  const stated = textOf(fields["type"]);
  if (isWorkType(stated)) return stated;
  const types = textsOf(valueNamed(fields, "publicationtypes")).map((type) => TYPES[type.toLowerCase()]);
  return types.find((type) => type !== undefined);
}

/** arXiv's primary class: of the snapshot's line of classes the first. */
function readClass(fields: Fields): string | undefined {
  const given = valueNamed(fields, "primarycategory", "categories", "category");
  const [first = ""] = (Array.isArray(given) ? textOf(given[0]) : textOf(given))?.split(/[ ,;]/) ?? [];
  return /^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z-]+)?$/.test(first) ? first : undefined;
}

/** Where and how a paper was published, under the names that lists of papers in JSON have for it. */
export function readJsonPublication(fields: Fields): Pick<Listing, keyof Publication | "keywords"> {
  const { versions } = fields;
  const journal = valueNamed(fields, "journal");
  const inJournal = (name: string): unknown => (isObject(journal) ? journal[name] : undefined);
  const named = (...names: readonly string[]): string | undefined => textIn(valueNamed(fields, ...names));
  const keywords = valueNamed(fields, "keywords");
  const words = Array.isArray(keywords) ? textsOf(keywords) : (textOf(keywords)?.split(/\s*[;,]\s*/) ?? []);
  return withoutAbsent<Pick<Listing, keyof Publication | "keywords">>({
    type: readType(fields),
    containerTitle:
      textIn(journal) ??
      named("journalname", "booktitle", "containertitle", "venue", "publicationvenue", "conference"),
    collectionTitle: undefined,
    eventTitle: undefined,
    volume: named("volume") ?? textIn(inJournal("volume")),
    issue: named("issue", "number"),
    page: named("pages", "page") ?? textIn(inJournal("pages")),
    number: undefined,
    edition: undefined,
    publisher: named("publisher"),
    publisherPlace: undefined,
    genre: undefined,
    doi: undefined,
    isbn: named("isbn"),
    issn: named("issn"),
    arxivClass: readClass(fields),
    version: Array.isArray(versions) && versions.length > 0 ? String(versions.length) : named("version"),
    language: named("language"),
    license: parseWebUrl(textOf(fields["license"]) ?? ""),
    code: parseWebUrl(named("code", "coderepository", "githubrepo", "github") ?? ""),
    journalRef: textOf(fields["journal-ref"]) ?? named("journalref"),
    keywords: words.length === 0 ? undefined : words,
  });
}
