import type { NameParts } from "../../corpus/names/person-name.ts";
import type { WorkType } from "../../corpus/publication.ts";
import type { Citation } from "../citation/citation.ts";
import { listingOf } from "../citation/citation.ts";
import { readCitedName } from "../citation/cited-name.ts";
import { readLooseDate } from "../citation/loose-date.ts";
import { readNumbers } from "../citation/numbers.ts";
import { readSerials } from "../citation/serials.ts";
import { workTypeOf } from "../citation/work-types.ts";
import type { FileItem } from "../files/file-item.ts";
import { pageRange } from "../record-fields.ts";
import type { XmlForm } from "../xml/xml-records.ts";
import { readXmlRecords } from "../xml/xml-records.ts";
import type { XmlNode } from "../xml/xml-tree.ts";
import { childrenOf, textOfNode } from "../xml/xml-tree.ts";

const FORM: XmlForm = {
  root: "xml",
  around: new Set(["xml", "records"]),
  records: new Set(["record"]),
  name: "EndNote's XML",
};

/** Kinds by their numbers, which EndNote's reference types have had since its version X; most files have their names besides. */
const TYPES: Readonly<Record<string, WorkType>> = {
  5: "chapter",
  6: "book",
  9: "software",
  10: "paper-conference",
  12: "webpage",
  13: "document",
  17: "article-journal",
  19: "article-magazine",
  23: "article-newspaper",
  25: "patent",
  27: "report",
  28: "book",
  32: "thesis",
  34: "manuscript",
  36: "manuscript",
  43: "article-journal",
  44: "book",
  47: "paper-conference",
  52: "entry-encyclopedia",
  58: "standard",
  59: "dataset",
  60: "chapter",
};
const EDITED_BOOK = "28";

/** Read, or bookkeeping of the programs that write them. */
const KNOWN = new Set(
  (
    "database source-app rec-number foreign-keys ref-type contributors auth-address auth-affiliaton titles periodical alt-periodical " +
    "pages volume number edition section keywords dates pub-location publisher isbn accession-num electronic-resource-num abstract " +
    "notes research-notes urls custom1 custom2 custom3 custom4 custom5 custom6 custom7 language label call-num work-type caption " +
    "num-vols reprint-edition reprint-status orig-pub remote-database-name remote-database-provider access-date modified-date " +
    "added-date size image electronic-resource-num translated-title reviewed-item misc1 misc2 misc3"
  ).split(" "),
);

/** The text of an element, in which EndNote marks how letters look; small numbers stay so. */
const marked = (node: XmlNode): string =>
  textOfNode(node, ({ name, attributes }, text) => {
    if (name !== "style") return text;
    const { face = "" } = attributes;
    if (face.includes("superscript")) return `<sup>${text}</sup>`;
    return face.includes("subscript") ? `<sub>${text}</sub>` : text;
  }).trim();

/** The texts at a path below a record that say something: `urls/related-urls/url`. */
function textsAt(record: XmlNode, path: string): string[] {
  let nodes = [record];
  for (const name of path.split("/")) nodes = nodes.flatMap((node) => childrenOf(node, name));
  return nodes.map(marked).filter((text) => text !== "");
}

/** Its kind: by its name, and of a program that gives none by its number. */
function typeOf(record: XmlNode): { readonly type?: WorkType; readonly isEdited: boolean } {
  const [node] = childrenOf(record, "ref-type");
  if (node === undefined) return { isEdited: false };
  const number = marked(node);
  const type = workTypeOf(node.attributes["name"] ?? "") ?? TYPES[number];
  return { ...(type === undefined ? {} : { type }), isEdited: number === EDITED_BOOK };
}

/** `2020` with `May 17`, or a whole date beside it. */
function dateOf(year: string | undefined, days: readonly string[]) {
  const day = days[0] ?? "";
  return readLooseDate(/\d{4}/.test(day) ? day : `${year ?? ""} ${day}`) ?? readLooseDate(year ?? "");
}

const people = (record: XmlNode, group: string): NameParts[] =>
  textsAt(record, `contributors/${group}/author`).flatMap((name) => readCitedName(name) ?? []);

/** What a work stands in: `secondary-title` is a journal or a book, and of a book its series. */
function titlesOf(record: XmlNode, type: WorkType | undefined) {
  const at = (path: string): string | undefined => textsAt(record, path)[0];
  const second = at("titles/secondary-title");
  if (type === "book") return { collectionTitle: second ?? at("titles/tertiary-title") };
  return {
    containerTitle: second ?? at("periodical/full-title") ?? at("titles/alt-title"),
    collectionTitle: at("titles/tertiary-title"),
  };
}

function citationOf(record: XmlNode): Citation {
  const all = (...paths: readonly string[]): string[] => paths.flatMap((path) => textsAt(record, path));
  const first = (...paths: readonly string[]): string | undefined => all(...paths)[0];
  const { type, isEdited } = typeOf(record);
  const [authors, second] = [people(record, "authors"), people(record, "secondary-authors")];
  return {
    ...(type === undefined ? {} : { type, looseType: true }),
    title: first("titles/title"),
    abstract: first("abstract"),
    date: dateOf(first("dates/year"), all("dates/pub-dates/date")),
    ...(isEdited ? { editors: authors } : { authors, editors: type === "thesis" ? [] : second }),
    ...titlesOf(record, type),
    volume: first("volume"),
    ...readNumbers(type, { issue: undefined, plain: first("number"), number: first("custom7") }),
    page: pageRange(first("pages")),
    edition: first("edition"),
    publisher: first("publisher"),
    publisherPlace: first("pub-location"),
    genre: type === "thesis" || type === "report" ? first("work-type") : undefined,
    ...readSerials(all("isbn")),
    language: first("language"),
    keywords: all("keywords/keyword").flatMap((text) => text.split(/\s*[;\r\n]\s*/)),
    dois: all("electronic-resource-num").map((text) => text.replace(/^artn\s.*?(?=10\.)/i, "")),
    urls: all("urls/related-urls/url", "urls/web-urls/url", "urls/text-urls/url").filter((text) =>
      /^https?:/i.test(text),
    ),
    arxiv: all(
      "accession-num",
      "titles/secondary-title",
      "publisher",
      "number",
      "volume",
      "custom7",
      "notes",
    ),
    note: first("notes"),
  };
}

/** The references of an EndNote library in its XML, of any length, as EndNote, Mendeley and Zotero export it. */
export async function* readEndnoteXml(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
): AsyncGenerator<FileItem> {
  for await (const item of readXmlRecords(chunks, FORM, file)) {
    if (item.kind === "problem") yield item;
    if (item.kind !== "record") continue;
    const { node, line } = item;
    const read = listingOf(citationOf(node), { file, line });
    if (!("listing" in read)) {
      yield { kind: "problem", problem: read };
      continue;
    }
    const names = node.children.flatMap((child) => (typeof child === "string" ? [] : [child.name]));
    const unknown = [...new Set(names)].filter((name) => !KNOWN.has(name));
    yield { kind: "paper", listing: read.listing, line, problems: read.problems, unknown };
  }
}
