import type { WorkType } from "../../corpus/publication.ts";
import { isWorkType } from "../../corpus/publication.ts";
import { plainName } from "./field-names.ts";

/** What Zotero, Scopus, Semantic Scholar, Crossref and BibTeX call kinds of works, in CSL's terms. */
const TYPES: Readonly<Record<string, WorkType>> = {
  journalarticle: "article-journal",
  article: "article-journal",
  review: "article-journal",
  magazinearticle: "article-magazine",
  newspaperarticle: "article-newspaper",
  conferencepaper: "paper-conference",
  conference: "paper-conference",
  conferenceproceedings: "paper-conference",
  inproceedings: "paper-conference",
  proceedingsarticle: "paper-conference",
  book: "book",
  monograph: "book",
  booksection: "chapter",
  bookchapter: "chapter",
  inbook: "chapter",
  incollection: "chapter",
  encyclopediaarticle: "entry-encyclopedia",
  thesis: "thesis",
  dissertation: "thesis",
  phdthesis: "thesis",
  mastersthesis: "thesis",
  electronicarticle: "article-journal",
  unpublishedwork: "manuscript",
  generic: "document",
  editedbook: "book",
  report: "report",
  techreport: "report",
  preprint: "article",
  postedcontent: "article",
  dataset: "dataset",
  computerprogram: "software",
  software: "software",
  webpage: "webpage",
  blogpost: "post-weblog",
  presentation: "speech",
  patent: "patent",
  standard: "standard",
  document: "document",
  misc: "document",
  manuscript: "manuscript",
};

/** What kind of work a list says a paper is: in CSL's own terms, or as other programs call it; undefined for what nobody does. */
export function workTypeOf(stated: string): WorkType | undefined {
  if (isWorkType(stated)) return stated;
  const name = plainName(stated);
  return Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
}
