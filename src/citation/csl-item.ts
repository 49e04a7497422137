import { paperUrl } from "../corpus/identifiers/links.ts";
import { withoutAbsent } from "../corpus/merging/fields.ts";
import { arxivIdOf } from "../corpus/identifiers/paper-id.ts";
import type { NamedAuthors, Paper } from "../corpus/paper.ts";
import type { NameParts } from "../corpus/names/person-name.ts";
import { guessNameParts } from "../corpus/names/person-name.ts";
import type { WorkType } from "../corpus/publication.ts";

/** A name of CSL-JSON: in parts, or `literal` for a group. */
export interface CslName {
  readonly family?: string;
  readonly given?: string;
  readonly "non-dropping-particle"?: string;
  readonly suffix?: string;
  readonly literal?: string;
}

/** Year, month and day, as far as they are known. */
type DateParts = readonly [number, number?, number?];

/** The names that this program gives to what CSL has none for; the schema of CSL-JSON leaves those in `custom` to each. */
interface CslCustom {
  readonly "primary-class"?: string;
  /** An address, or a short name of SPDX. */
  readonly license?: string;
  readonly code?: string;
}

/** An item of CSL-JSON (CSL 1.0.2, csl-data.json): the one form from which every citation is written. */
export interface CslItem {
  /** The key of the entry. */
  readonly id: string;
  readonly type: WorkType;
  readonly title: string;
  /** The last is `OTHERS` where there are more who are not named. */
  readonly author?: readonly CslName[];
  readonly editor?: readonly CslName[];
  readonly issued?: { readonly "date-parts": readonly [DateParts] };
  readonly "container-title"?: string;
  readonly "collection-title"?: string;
  readonly "event-title"?: string;
  readonly volume?: string;
  readonly issue?: string;
  readonly page?: string;
  /** The number of a report or article; of a preprint at arXiv `arXiv:1706.03762`. */
  readonly number?: string;
  readonly edition?: string;
  readonly publisher?: string;
  readonly "publisher-place"?: string;
  readonly genre?: string;
  readonly DOI?: string;
  readonly ISBN?: string;
  readonly ISSN?: string;
  readonly URL?: string;
  /** `arXiv`, where the paper is there, with its identifier below `archive_location`. */
  readonly archive?: string;
  readonly archive_location?: string;
  readonly version?: string;
  /** `withdrawn`, `retracted` or `superseded`; absent for a paper that stands. */
  readonly status?: string;
  readonly language?: string;
  /** With commas between. */
  readonly keyword?: string;
  readonly abstract?: string;
  readonly note?: string;
  /** What CSL has no variable for: arXiv's class, a licence, and where the code is. */
  readonly custom?: CslCustom;
}

/** The name that stands for all who are not named, as BibTeX writes it and pandoc reads it in CSL-JSON. */
export const OTHERS: CslName = { literal: "others" };

export const isOthers = ({ literal }: CslName): boolean => literal === OTHERS.literal;

function cslName({ particle, ...parts }: NameParts): CslName {
  return particle === undefined ? parts : { ...parts, "non-dropping-particle": particle };
}

function cslNames(named: NamedAuthors | undefined): readonly CslName[] | undefined {
  if (named === undefined) return undefined;
  const names = (named.parts ?? named.names.map(guessNameParts)).map(cslName);
  return named.others === true ? [...names, OTHERS] : names;
}

/** What kind of work a paper is where its source does not say: a preprint at arXiv, unless it stands in something. */
function workType(paper: Paper): WorkType {
  if (paper.type !== undefined) return paper.type;
  const place = paper.containerTitle ?? paper.eventTitle;
  if (place === undefined) return arxivIdOf(paper.id) === undefined ? "document" : "article";
  const isMeeting =
    paper.eventTitle !== undefined || /\b(?:proceedings|proc\.|conference|workshop|symposium)/i.test(place);
  return isMeeting ? "paper-conference" : "article-journal";
}

/** What an entry says of a paper that no longer stands: `Withdrawn: The proof of Lemma 3 is wrong`. */
function statusNote({ status }: Paper): string | undefined {
  if (status === undefined) return undefined;
  const { kind, words } = status;
  return words.toLowerCase().includes(kind)
    ? words
    : `${kind.charAt(0).toUpperCase()}${kind.slice(1)}: ${words}`;
}

function noteOf(paper: Paper): string | undefined {
  const reference = paper.containerTitle === undefined ? paper.journalRef : undefined;
  const notes = [statusNote(paper), reference].filter((note) => note !== undefined);
  return notes.length === 0 ? undefined : notes.join(". ");
}

/** When a paper appeared. */
function issued({ date }: Paper): DateParts | undefined {
  return date === undefined ? undefined : (date.split("-").map(Number) as unknown as DateParts);
}

/** The address of the paper: arXiv's, or the first that a source gave which says more than the DOI. */
function urlOf(paper: Paper): string | undefined {
  if (arxivIdOf(paper.id) !== undefined) return paperUrl(paper);
  return paper.urls?.find((url) => !/^https?:\/\/(?:dx\.)?doi\.org\//.test(url) && url !== paper.code);
}

/** What belongs to a paper's place at arXiv, as CSL 1.0.2 has it for preprints. */
function arxivFields({ id }: Paper, type: WorkType): Partial<CslItem> {
  const arxivId = arxivIdOf(id);
  if (arxivId === undefined) return {};
  return {
    ...(type === "article" ? { publisher: "arXiv", number: `arXiv:${arxivId}` } : {}),
    archive: "arXiv",
    archive_location: arxivId,
  };
}

function customFields(paper: Paper): { readonly custom?: CslCustom } {
  const arxivClass = arxivIdOf(paper.id) === undefined ? undefined : paper.arxivClass;
  const custom = withoutAbsent<CslCustom>({
    "primary-class": arxivClass,
    license: paper.license,
    code: paper.code,
  });
  return Object.keys(custom).length === 0 ? {} : { custom };
}

/** The parts of a publication under CSL's names. */
function publicationFields(paper: Paper): Readonly<Record<string, string | undefined>> {
  return {
    "container-title": paper.containerTitle,
    "collection-title": paper.collectionTitle,
    "event-title": paper.eventTitle,
    volume: paper.volume,
    issue: paper.issue,
    page: paper.page,
    number: paper.number,
    edition: paper.edition,
    publisher: paper.publisher,
    "publisher-place": paper.publisherPlace,
    genre: paper.genre,
    DOI: paper.doi,
    ISBN: paper.isbn,
    ISSN: paper.issn,
    URL: urlOf(paper),
    version: paper.version,
    status: paper.status?.kind,
    language: paper.language,
    keyword: paper.keywords?.join(", "),
    note: noteOf(paper),
  };
}

/** A paper as an item of CSL-JSON under a key. What is not known is absent. */
export function cslItem(paper: Paper, key: string, withAbstract = false): CslItem {
  const type = workType(paper);
  const date = issued(paper);
  const authors = cslNames(paper.authors?.kind === "named" ? paper.authors : undefined);
  const editors = cslNames(paper.editors);
  const texts = Object.entries(publicationFields(paper)).filter(([, text]) => text !== undefined);
  return {
    id: key,
    type,
    title: paper.title,
    ...(authors === undefined ? {} : { author: authors }),
    ...(editors === undefined ? {} : { editor: editors }),
    ...(date === undefined ? {} : { issued: { "date-parts": [date] } }),
    ...arxivFields(paper, type),
    ...customFields(paper),
    ...Object.fromEntries(texts),
    ...(withAbstract && paper.abstract !== undefined ? { abstract: paper.abstract } : {}),
  };
}
