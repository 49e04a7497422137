import type { BibEntry } from "../bib-entry.ts";
import { isHolder } from "../../fields/types.ts";

type Fields = BibEntry["fields"];

/** What is of the parent alone: what names it, what it says of itself, and what keeps files in order. */
const OWN = new Set(
  `abstract addendum annotation annote archiveprefix crossref date-added date-modified doi ee eid eprint eprintclass eprinttype
  entryset entrysubtype file howpublished ids key keywords label mainsubtitle maintitleaddon note options owner pages pagetotal pdf
  presort primaryclass related relatedtype shorthand shorttitle sortkey sortname sorttitle sortyear subtitle timestamp title
  titleaddon type url urldate xdata xref`.split(/\s+/),
);

/** What names an entry of data. */
const NAMES = new Set(["ids", "xdata"]);

/** Types whose entries may be parents although they have authors. */
const PARENTS = new Set(["book", "mvbook", "inbook", "booklet", "manual"]);

/** What the title of a parent is to its child: that of its journal, of all its volumes, or of its book. */
function titlesFor(parent: BibEntry, child: BibEntry): readonly [string, string] {
  if (parent.type === "periodical") return ["journaltitle", "journalsubtitle"];
  if (parent.type.startsWith("mv")) return ["maintitle", "mainsubtitle"];
  return child.type === "article" ? ["journaltitle", "journalsubtitle"] : ["booktitle", "booksubtitle"];
}

const keysIn = (entry: BibEntry, name: string): string[] =>
  (entry.fields.get(name)?.value ?? "").split(",").flatMap((key) => key.trim().toLowerCase() || []);

/** The entries that an entry takes fields from: `xdata`, then `crossref`. */
const parentKeys = (entry: BibEntry): string[] =>
  entry.fields.has("xdata") || entry.fields.has("crossref")
    ? [...keysIn(entry, "xdata"), ...keysIn(entry, "crossref").slice(0, 1)]
    : [];

/** Whether others may take fields from it. */
export const isPossibleParent = (entry: BibEntry): boolean =>
  entry.key !== "" && (isHolder(entry.type) || PARENTS.has(entry.type) || !entry.fields.has("author"));

/** So many entries may one take fields from, those of its parents' parents counted. */
const MAX_PARENTS = 20;

/** Finds a parent by its key in lower case. */
export type FindParent = (key: string) => BibEntry | undefined;

/** Gives each parent of one entry once, and no more than so many. */
function eachOnce(find: FindParent): FindParent {
  const seen = new Set<string>();
  return (key) => {
    if (seen.has(key) || seen.size >= MAX_PARENTS) return undefined;
    seen.add(key);
    return find(key);
  };
}

/** The first of the entries that an entry takes fields from, and of those that these do, which is not known. */
export function missingParent(entry: BibEntry, find: FindParent): string | undefined {
  const waiting = parentKeys(entry);
  if (waiting.length === 0) return undefined;
  const seen = new Set<string>();
  for (let key = waiting.shift(); key !== undefined && seen.size < MAX_PARENTS; key = waiting.shift()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const parent = find(key);
    if (parent === undefined) return key;
    waiting.push(...parentKeys(parent));
  }
  return undefined;
}

function addTo(
  fields: Map<string, { value: string; line: number }>,
  from: Fields,
  but?: ReadonlySet<string>,
): void {
  for (const [name, field] of from) if (!fields.has(name) && but?.has(name) !== true) fields.set(name, field);
}

/**
 * An entry with the fields that it lacks: of `xdata` all, of `crossref` those that both are about, a title under its other
 * name. As BibTeX and biblatex do (biblatex 3.20, appendix B), but for what identifies the parent, which is not the child's.
 */
export function withInherited(entry: BibEntry, find: FindParent): BibEntry {
  return parentKeys(entry).length === 0 ? entry : inherit(entry, eachOnce(find));
}

function inherit(entry: BibEntry, find: FindParent): BibEntry {
  const fields = new Map(entry.fields);
  const found = (name: string): BibEntry[] =>
    keysIn(entry, name).flatMap((key) => {
      const parent = find(key);
      return parent === undefined ? [] : [inherit(parent, find)];
    });
  for (const parent of found("xdata")) addTo(fields, parent.fields, NAMES);
  for (const parent of found("crossref").slice(0, 1)) {
    addTo(fields, parent.fields, OWN);
    const [title, subtitle] = titlesFor(parent, entry);
    const named = parent.fields.get("title");
    if (named === undefined || fields.has(title) || (title === "journaltitle" && fields.has("journal")))
      continue;
    fields.set(title, named);
    const more = parent.fields.get("subtitle");
    if (more !== undefined) fields.set(subtitle, more);
  }
  return { ...entry, fields };
}
