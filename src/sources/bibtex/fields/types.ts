import type { WorkType } from "../../../corpus/publication.ts";
import type { EntryFields } from "./entry-fields.ts";

/**
 * What types of entries are in CSL's terms, as pandoc's and Zotero's tables have it: those of BibTeX and biblatex with their
 * aliases, and of styles that add some.
 */
const TYPES: Readonly<Record<string, WorkType>> = {
  article: "article-journal",
  suppperiodical: "article-journal",
  magazine: "article-magazine",
  newspaper: "article-newspaper",
  book: "book",
  mvbook: "book",
  manual: "book",
  booklet: "book",
  inbook: "chapter",
  bookinbook: "chapter",
  suppbook: "chapter",
  incollection: "chapter",
  suppcollection: "chapter",
  inreference: "entry-encyclopedia",
  inproceedings: "paper-conference",
  conference: "paper-conference",
  thesis: "thesis",
  phdthesis: "thesis",
  mastersthesis: "thesis",
  bachelorthesis: "thesis",
  report: "report",
  techreport: "report",
  unpublished: "manuscript",
  preprint: "article",
  eprint: "article",
  online: "webpage",
  electronic: "webpage",
  www: "webpage",
  webpage: "webpage",
  software: "software",
  softwareversion: "software",
  softwaremodule: "software",
  program: "software",
  computer_program: "software",
  dataset: "dataset",
  data: "dataset",
  patent: "patent",
  standard: "standard",
  review: "review",
  lecture: "speech",
  talk: "speech",
  presentation: "speech",
  misc: "document",
};

/** Types that hold papers and are none: what stands in them may name them by `crossref` or `xdata`. */
const HOLDERS = new Set(
  "proceedings mvproceedings collection mvcollection reference mvreference periodical xdata set bibnote".split(
    " ",
  ),
);

export const isHolder = (type: string): boolean => HOLDERS.has(type);

/** Whether a type of entries is known. */
export const isKnownType = (type: string): boolean => Object.hasOwn(TYPES, type) || isHolder(type);

/** Types that a preprint is entered under where a file has no better one. */
const OF_PREPRINTS = new Set(["article", "misc", "online", "electronic", "www", "webpage", "unpublished"]);

/** What kind of work an entry is; `isPreprint` where it is on arXiv and in no journal. Undefined for a type nobody knows. */
export function workType({ type, text }: EntryFields, isPreprint: boolean): WorkType | undefined {
  if (isPreprint && OF_PREPRINTS.has(type)) return "article";
  const subtype = text("entrysubtype")?.toLowerCase();
  if (subtype === "magazine" || subtype === "newspaper") return `article-${subtype}`;
  if (type === "unpublished" && text("eventtitle") !== undefined) return "speech";
  return Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
}

/** biblatex's short names of what a thesis or report calls itself, and what BibTeX's own types are called. */
const GENRES: Readonly<Record<string, string>> = {
  phdthesis: "PhD thesis",
  mathesis: "Master’s thesis",
  mastersthesis: "Master’s thesis",
  bathesis: "Bachelor’s thesis",
  bachelorthesis: "Bachelor’s thesis",
  candthesis: "Candidate thesis",
  techreport: "Technical report",
  resreport: "Research report",
};

/** What a thesis or report calls itself; undefined for other works. */
export function genreOf({ type, text }: EntryFields, work: WorkType | undefined): string | undefined {
  if (work !== "thesis" && work !== "report" && work !== "patent") return undefined;
  const said = text("type");
  const key = (said ?? type).toLowerCase();
  return Object.hasOwn(GENRES, key) ? GENRES[key] : said;
}
