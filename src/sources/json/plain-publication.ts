import { isObject, textOf, textsOf } from "../../corpus/merging/fields.ts";
import { parseWebUrl } from "../../corpus/identifiers/links.ts";
import type { WorkType } from "../../corpus/publication.ts";
import type { Citation } from "../citation/citation.ts";
import { namesArxiv } from "../citation/citation.ts";
import { readNumbers } from "../citation/numbers.ts";
import { workTypeOf } from "../citation/work-types.ts";
import { pageRange } from "../record-fields.ts";
import type { NamedFields } from "./named-fields.ts";

/** A text, a number, the first of a list, or what an object is called. */
const textIn = (value: unknown): string | undefined => {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return textIn(value[0]);
  return textOf(isObject(value) ? (value["name"] ?? value["display_name"]) : value);
};

/** Of several types, as Semantic Scholar has them, that which says more than that the paper stood in a journal. */
function readType({ all }: NamedFields): WorkType | undefined {
  const types = all("type")
    .flatMap(({ value }) => (Array.isArray(value) ? textsOf(value) : [textOf(value) ?? []].flat()))
    .flatMap((type) => workTypeOf(type) ?? []);
  return types.find((type) => type !== "article-journal") ?? types[0];
}

/** arXiv's primary class: of the snapshot's line of classes the first. */
function readClass(value: unknown): string | undefined {
  const [first = ""] = (Array.isArray(value) ? textOf(value[0]) : textOf(value))?.split(/[ ,;]/) ?? [];
  return /^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z-]+)?$/.test(first) ? first : undefined;
}

/** The number of the snapshot's versions, or what is said to be the version. */
function readVersion({ first }: NamedFields): string | undefined {
  const versions = first("versions");
  return Array.isArray(versions) ? String(versions.length) : textIn(first("version"));
}

function readKeywords({ all }: NamedFields): string[] {
  return all("keywords").flatMap(({ value }) =>
    Array.isArray(value) ? textsOf(value) : (textOf(value)?.split(/\s*[;,]\s*/) ?? []),
  );
}

/** Where and how a paper was published, under the names that lists of papers have for it. */
export function readPublication(fields: NamedFields): Citation {
  const { all, first } = fields;
  const text = (...[meaning]: Parameters<typeof first>): string | undefined => textIn(first(meaning));
  const journal = all("containerTitle").find(({ value }) => isObject(value) && "volume" in value)?.value;
  const inJournal = (name: string): string | undefined =>
    isObject(journal) ? textIn(journal[name]) : undefined;
  const containers = all("containerTitle").flatMap(({ value }) => textIn(value) ?? []);
  const type = readType(fields);
  const [start, end] = [text("first"), text("last")];
  return {
    ...(type === undefined
      ? {}
      : { type, looseType: !fields.all("type").some(({ value }) => value === type) }),
    ...readNumbers(type, { issue: text("issue"), plain: text("plainNumber"), number: text("number") }),
    containerTitle: containers.find((one) => !namesArxiv(one)) ?? containers[0],
    collectionTitle: text("collectionTitle"),
    eventTitle: text("eventTitle"),
    volume: text("volume") ?? inJournal("volume"),
    page: pageRange(text("page") ?? inJournal("pages") ?? (end === undefined ? start : `${start}-${end}`)),
    edition: text("edition"),
    publisher: text("publisher"),
    publisherPlace: text("publisherPlace"),
    genre: text("genre"),
    isbn: text("isbn"),
    issn: text("issn"),
    arxivClass: readClass(first("arxivClass")),
    version: readVersion(fields),
    language: text("language"),
    license: text("license"),
    rights: text("rights"),
    code: parseWebUrl(text("code") ?? ""),
    journalRef: text("journalRef"),
    keywords: readKeywords(fields),
  };
}
