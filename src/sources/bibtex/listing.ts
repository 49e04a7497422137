import { withoutAbsent } from "../../corpus/merging/fields.ts";
import { doiUrl } from "../../corpus/identifiers/links.ts";
import type { Listing, NamedAuthors, PaperStatus } from "../../corpus/paper.ts";
import { STATUS_KINDS } from "../../corpus/paper.ts";
import { statusInComment } from "../../corpus/status.ts";
import { withoutTags } from "../citation/prose.ts";
import { readAddresses, readDoi } from "./fields/addresses.ts";
import { readArxiv } from "./fields/arxiv.ts";
import { readDate } from "./fields/dates.ts";
import type { EntryFields } from "./fields/entry-fields.ts";
import { fieldGroup, plain } from "./fields/entry-fields.ts";
import { readNames } from "./names/names.ts";
import { readPublication, withSubtitle } from "./fields/publication.ts";

function readPeople(fields: EntryFields, name: "author" | "editor"): NamedAuthors | undefined {
  const value = fields.raw(name);
  if (value === undefined) return undefined;
  let told = false;
  return readNames(value, (found) => {
    if (!told) fields.tell(name, "names with “and” between them", found);
    told = true;
  });
}

/** A text as people read it, without tags. */
function prose({ raw }: EntryFields, name: string): string | undefined {
  const value = raw(name);
  return value === undefined ? undefined : plain(withoutTags(value));
}

function readKeywords({ raw }: EntryFields): readonly string[] | undefined {
  const written = raw("keywords", "keyword", "author-keywords", "author_keywords");
  if (written === undefined) return undefined;
  const words = written.split(/;/.test(written) ? /\s*;\s*/ : /\s*,\s*/).flatMap((word) => plain(word) ?? []);
  return words.length === 0 ? undefined : [...new Set(words)];
}

const REMARKS = fieldGroup("note", "howpublished", "annote", "annotation", "addendum", "comment");

/** That a paper no longer stands: biblatex's `pubstate`, or a note that says so. */
function readStatus({ text, hasAny }: EntryFields): PaperStatus | undefined {
  const state = text("pubstate")?.toLowerCase();
  const kind = STATUS_KINDS.find((one) => one === state);
  if (kind !== undefined) return { kind, words: kind };
  for (const name of hasAny(REMARKS) ? REMARKS.names : []) {
    const note = text(name);
    const status = note === undefined ? undefined : statusInComment(note);
    if (status !== undefined) return status;
  }
  return undefined;
}

/** The address of a DOI, in the letters of the text that has it: `10.1000/ABC`. */
function doiAddress(doi: string, written: string | undefined, urls: readonly string[]): string | undefined {
  for (const text of written === undefined ? urls : [written, ...urls]) {
    const at = text.toLowerCase().indexOf(doi);
    if (at >= 0) return doiUrl(text.slice(at, at + doi.length));
  }
  return doiUrl(doi);
}

/** The addresses of an entry, with that of its DOI. */
function allAddresses(urls: readonly string[], ofDoi: string | undefined): readonly string[] | undefined {
  if (ofDoi !== undefined && !urls.includes(ofDoi)) return [...urls, ofDoi];
  return urls.length === 0 ? undefined : urls;
}

/** What an entry says of a paper; undefined where it has no title. */
export function readListing(fields: EntryFields, file: string): Listing | undefined {
  const title = withSubtitle(prose(fields, "title"), prose(fields, "subtitle"));
  if (title === undefined) return undefined;
  const { urls, code } = readAddresses(fields);
  const doi = readDoi(fields, urls);
  const arxiv = readArxiv(fields, urls);
  const ofDoi = doi === undefined ? undefined : doiAddress(doi, fields.raw("doi"), urls);
  return withoutAbsent<Listing>({
    title,
    arxivId: arxiv.id,
    abstract: prose(fields, "abstract"),
    date: readDate(fields),
    authors: readPeople(fields, "author"),
    status: readStatus(fields),
    editors: readPeople(fields, "editor"),
    keywords: readKeywords(fields),
    ...readPublication(fields, arxiv),
    doi,
    code,
    urls: allAddresses(urls, ofDoi),
    listedOn: file,
  });
}
