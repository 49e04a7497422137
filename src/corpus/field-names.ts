import type { Fields } from "./fields.ts";
import { isObject } from "./fields.ts";

/** A name without case and marks: `arXiv_ID`, `arxiv-id` and `arxivId` are one. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Names that other programs give to fields of a paper: those of Semantic Scholar, OpenAlex, arXiv's libraries and feeds. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  title: "title",
  papertitle: "title",
  abstract: "abstract",
  summary: "abstract",
  abstracttext: "abstract",
  date: "date",
  published: "date",
  publishedat: "date",
  publishedon: "date",
  publisheddate: "date",
  publicationdate: "date",
  submitted: "date",
  submitteddate: "date",
  year: "date",
  authors: "authors",
  author: "authors",
  organisation: "organisation",
  organization: "organisation",
};

/** Names of what can only be an arXiv identifier. */
const ARXIV_NAMES = new Set(["arxivid", "arxiv", "arxividentifier", "arxivnumber", "eprint", "eprintid"]);
const DOI_NAMES = new Set(["doi", "paperdoi", "doiurl"]);
const URL_NAMES = new Set(
  "url urls link links pdf pdfurl absurl htmlurl paperurl arxivurl entryid landingpage homepage openaccesspdf".split(
    " ",
  ),
);
/** Objects of identifiers by their kinds, as Semantic Scholar and OpenAlex have them. */
const ID_GROUPS = new Set(["externalids", "ids"]);

/** The fields under the names that this program reads, where they are there under others alone. A field's own name wins. */
export function withKnownNames(fields: Fields): Fields {
  const known: Record<string, unknown> = { ...fields };
  for (const [name, value] of Object.entries(fields)) {
    const own = OTHER_NAMES[plain(name)];
    if (own !== undefined && (known[own] === undefined || known[own] === null)) known[own] = value;
  }
  return known;
}

/** Fields that are read under their own names, and those of arXiv's snapshot that say nothing of a paper that is kept. */
const OWN_NAMES = new Set(
  (
    "id comments upvotes status withdrawn retracted superseded listedon readat sourcekind versions authorsparsed " +
    "categories journalref license submitter updatedate reportno paperid corpusid s2fieldsofstudy fieldsofstudy tldr " +
    "citationcount referencecount influentialcitationcount isopenaccess citationstyles primarycategory category"
  ).split(" "),
);

/** Names of what a citation needs, as they are read in json-publication.ts. */
const PUBLICATION_NAMES = new Set(
  (
    "venue journal journalname booktitle conference containertitle publicationvenue publicationtypes type volume issue number " +
    "page pages publisher isbn issn language keywords version code coderepository github githubrepo"
  ).split(" "),
);

/** The value of the first of these names that a field has, in whatever spelling; undefined where none is there. */
export function valueNamed(fields: Fields, ...names: readonly string[]): unknown {
  for (const name of names)
    for (const [own, value] of Object.entries(fields))
      if (plain(own) === name && value !== null && value !== undefined && value !== "") return value;
  return undefined;
}

/** The values of all fields whose name means the same as this one of ours, its own first. */
export function valuesMeaning(fields: Fields, meaning: string): readonly unknown[] {
  const others = Object.entries(fields).filter(
    ([name]) => name !== meaning && OTHER_NAMES[plain(name)] === meaning,
  );
  return [fields[meaning], ...others.map(([, value]) => value)].filter(
    (value) => value !== undefined && value !== null,
  );
}

/** Whether a field is read, or passed over because it is known to say nothing of use here. */
export function isKnownField(name: string): boolean {
  const bare = plain(name);
  return (
    [OWN_NAMES, ARXIV_NAMES, DOI_NAMES, URL_NAMES, ID_GROUPS, PUBLICATION_NAMES].some((names) =>
      names.has(bare),
    ) || Object.hasOwn(OTHER_NAMES, bare)
  );
}

/** A text that names a paper, with the name of its field. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What the fields say by which a paper is known. */
export interface Identifiers {
  readonly arxiv: readonly NamedText[];
  readonly dois: readonly NamedText[];
  readonly urls: readonly NamedText[];
}

const textIn = (name: string, value: unknown): NamedText[] =>
  typeof value === "string" && value.trim() !== "" ? [{ name, text: value.trim() }] : [];

/**
 * Identifiers under whatever names, in the order of the fields; lists give each of theirs. A number is none: it has lost
 * the zeros at its end.
 */
export function identifiersOf(fields: Fields): Identifiers {
  const groups = Object.entries(fields).flatMap(([name, value]) =>
    ID_GROUPS.has(plain(name)) && isObject(value) ? Object.entries(value) : [],
  );
  const texts = [...Object.entries(fields), ...groups].flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [isObject(value) ? value["url"] : value]).flatMap((one: unknown) =>
      typeof one === "number" ? [{ name, text: `${one} (a number)` }] : textIn(name, one),
    ),
  );
  const named = (names: ReadonlySet<string>): NamedText[] =>
    texts.filter(({ name }) => names.has(plain(name)));
  return { arxiv: named(ARXIV_NAMES), dois: named(DOI_NAMES), urls: named(URL_NAMES) };
}
