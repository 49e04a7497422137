import { withoutAbsent } from "../../corpus/fields.ts";
import { doiUrl, parseWebUrl } from "../../corpus/links.ts";
import { arxivIdOf, parseArxivId } from "../../corpus/paper-id.ts";
import type { ArxivId, Listing, NamedAuthors } from "../../corpus/paper.ts";
import { parseReference } from "../../corpus/reference.ts";
import { readDate } from "./dates.ts";
import type { EntryFields } from "./entry-fields.ts";
import { readNames } from "./names.ts";

function readPeople(fields: EntryFields, name: "author" | "editor"): NamedAuthors | undefined {
  const value = fields.raw(name);
  if (value === undefined) return undefined;
  let told = false;
  return readNames(value, (found) => {
    if (!told) fields.tell(name, "names with “and” between them", found);
    told = true;
  });
}

function readUrls(fields: EntryFields): string[] {
  const url = parseWebUrl(fields.text("url") ?? "");
  const doi = doiUrl((fields.raw("doi") ?? "").replace(/[{}\\]/g, ""));
  return [...new Set([url, doi].filter((one) => one !== undefined))];
}

/** `eprint` (with `archivePrefix = arXiv` or none), the DOI, the address, or `arXiv preprint arXiv:1706.03762`. */
function readArxivId(fields: EntryFields): ArxivId | undefined {
  const archive = (fields.raw("archiveprefix") ?? fields.raw("eprinttype") ?? "arxiv").toLowerCase();
  const eprint = archive.includes("arxiv") ? (fields.raw("eprint") ?? "").replace(/[{}\s]/g, "") : "";
  const given = parseArxivId(eprint.replace(/^arxiv:/i, ""));
  if (given !== undefined) return given;
  // DBLP: journal = {CoRR}, volume = {abs/1706.03762}.
  const volume = /^abs\/(.+)$/.exec(fields.text("volume") ?? "")?.[1];
  const announced = /\barXiv:\s*([\w./-]+)/i.exec(
    `${fields.raw("journal") ?? ""} ${fields.raw("note") ?? ""}`,
  )?.[1];
  for (const one of [eprint, fields.raw("doi"), fields.raw("url"), volume, announced]) {
    const reference = parseReference((one ?? "").replace(/[{}]/g, ""));
    if (reference?.kind === "paper") return arxivIdOf(reference.id);
  }
  return undefined;
}

/** What an entry says of a paper; undefined where it has no title. */
export function readListing(fields: EntryFields, file: string): Listing | undefined {
  const title = fields.text("title");
  if (title === undefined) return undefined;
  const urls = readUrls(fields);
  return withoutAbsent<Listing>({
    title,
    arxivId: readArxivId(fields),
    abstract: fields.text("abstract"),
    date: readDate(fields),
    authors: readPeople(fields, "author"),
    editors: readPeople(fields, "editor"),
    organisation: undefined,
    comments: undefined,
    upvotes: undefined,
    urls: urls.length === 0 ? undefined : urls,
    listedOn: file,
  });
}
