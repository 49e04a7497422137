/**
 * What lists of papers call the parts of a reference, best first, without case and marks: Zotero, Scopus, Web of Science, PubMed,
 * Google Scholar's exports, Semantic Scholar, OpenAlex, arXiv's libraries and feeds, and lists made by hand. Those in JSON and those
 * in tables add a few of their own (json/named-fields.ts, csv/columns.ts).
 */
export const FIELD_NAMES = {
  title: "title papertitle articletitle documenttitle",
  authors: "authorfullnames authors author authorname authornames authorstring creators creator firstauthor",
  editors: "editors editor",
  abstract: "abstract abstractnote abstracttext summary description",
  date: "date publicationdate published publishedon datepublished publishedat publisheddate submitted submitteddate",
  year: "year publicationyear pubyear yearpublished",
  doi: "doi digitalobjectidentifier doilink paperdoi doiurl",
  arxiv: "arxiv arxivid eprint arxivnumber arxividentifier eprintid",
  url: "url urls link links pdf pdfurl pdflink paperurl website absurl htmlurl arxivurl entryid landingpage homepage openaccesspdf",
  containerTitle:
    "publicationtitle sourcetitle journal journalname journaltitle journalbook booktitle containertitle proceedingstitle venue publicationvenue conference journalconference conferencejournal venuename",
  collectionTitle: "series seriestitle collectiontitle",
  eventTitle: "conferencename eventtitle",
  volume: "volume vol",
  issue: "issue no",
  /** Of a volume's part, or of a report: the type tells. */
  plainNumber: "number",
  page: "pages page",
  first: "pagestart startpage firstpage beginningpage",
  last: "pageend endpage lastpage endingpage",
  number: "artno articlenumber reportnumber",
  edition: "edition",
  publisher: "publisher",
  publisherPlace: "place publisherlocation publisherplace",
  genre: "genre",
  rights: "rights copyright",
  isbn: "isbn",
  issn: "issn",
  version: "version",
  language: "language languageoforiginaldocument",
  keywords: "keywords authorkeywords manualtags automatictags tags",
  type: "itemtype documenttype type publicationtypes publicationtype entrytype",
  note: "extra note notes comment comments",
} as const;

/** A part of a reference that lists name. */
export type FieldMeaning = keyof typeof FIELD_NAMES;

export const FIELD_MEANINGS = Object.keys(FIELD_NAMES) as readonly FieldMeaning[];

/** A name without case and marks: `arXiv_ID`, `arxiv-id` and `arxivId` are one. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
