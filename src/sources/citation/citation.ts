import { textOf, withoutAbsent } from "../../corpus/merging/fields.ts";
import { doiUrl, parseDoi, parseWebUrl } from "../../corpus/identifiers/links.ts";
import { arxivIdOf, parseArxivId } from "../../corpus/identifiers/paper-id.ts";
import type { ArxivId, Listing } from "../../corpus/paper.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import type { NameParts } from "../../corpus/names/person-name.ts";
import { namedInParts } from "../../corpus/names/person-name.ts";
import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { Publication, WorkType } from "../../corpus/publication.ts";
import { PUBLICATION_TEXTS } from "../../corpus/publication.ts";
import { readLicence } from "./licence.ts";
import { withoutTags } from "./prose.ts";
import { findReferences, parseReference } from "../../corpus/identifiers/reference.ts";
import { statusInComment } from "../../corpus/status.ts";

type Texts = { readonly [Name in Exclude<keyof Publication, "doi">]?: Publication[Name] | undefined };

/** A reference as a format wrote it, with the meaning of its fields: texts as they stand, of which some may be empty. */
export interface Citation extends Texts {
  readonly title?: string | undefined;
  readonly abstract?: string | undefined;
  readonly date?: PartialDate | undefined;
  readonly authors?: readonly NameParts[];
  /** That there are more authors than these. */
  readonly others?: boolean;
  readonly editors?: readonly NameParts[];
  readonly keywords?: readonly string[];
  readonly dois?: readonly string[];
  readonly urls?: readonly string[];
  /** Texts that are or announce an arXiv identifier. */
  readonly arxiv?: readonly string[];
  /** That the form has no type for preprints, or a poor one: what is on arXiv and in no journal is one. */
  readonly looseType?: boolean;
  /** What is said of rights: a licence, or who owns them. */
  readonly rights?: string | undefined;
  /** What may say that the paper was withdrawn. */
  readonly note?: string | undefined;
}

/** The arXiv identifier that one of the texts is or leads to. */
function arxivIdAmong(texts: readonly string[]): ArxivId | undefined {
  for (const text of texts) {
    const bare = parseArxivId(text.trim());
    if (bare !== undefined) return bare;
    const reference = parseReference(text);
    if (reference?.kind === "paper") return arxivIdOf(reference.id);
  }
  return undefined;
}

/** The one that a text announces: `arXiv preprint arXiv:1706.03762`. */
function announcedArxivId(texts: readonly string[]): ArxivId | undefined {
  for (const text of texts) {
    const found = /\barxiv/i.test(text) ? findReferences(text) : [];
    for (const one of found) if (one.kind === "paper") return arxivIdOf(one.id);
  }
  return undefined;
}

/** arXiv's class where it is announced with the identifier: `arXiv:1706.03762 [cs.CL]`. */
function announcedClass(texts: readonly string[]): string | undefined {
  const found = texts.map((text) => /\barxiv:\s?\S+ \[([a-z-]+(?:\.[A-Za-z-]+)?)\]/i.exec(text)?.[1]);
  return found.find((one) => one !== undefined);
}

const proseOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : textOf(withoutTags(text));

const present = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
  list === undefined || list.length === 0 ? undefined : list;

/** What names arXiv where a journal should stand; it is no journal. */
const ARXIV = /^(?:arxiv\b|corr$|corr\b.*abs\/|computing research repository|e-?prints?$)/i;

/** Whether a journal or publisher is arXiv alone, under any of its names. */
export const namesArxiv = (text: string): boolean => ARXIV.test(text);

/** Whether a number of a volume, an issue or a page only repeats arXiv's identifier: `abs/1706.03762`. */
export const repeatsArxivId = (text: string): boolean => /^arxiv\b|^abs\//i.test(text);

/** What a preprint is called by a form or program that knows no better. */
const OF_PREPRINTS: ReadonlySet<WorkType> = new Set<WorkType>(["article-journal", "document"]);

const NUMBERS: ReadonlySet<keyof Publication> = new Set(["volume", "issue", "number", "page"]);

/** What a text of a reference says, unless it only says again that the paper is on arXiv. */
function textOfPart(citation: Citation, name: Exclude<keyof Publication, "doi">): string | undefined {
  const text = citation[name] === undefined ? undefined : textOf(citation[name]);
  if (text === undefined) return undefined;
  if (name === "containerTitle") return namesArxiv(text) ? undefined : text;
  if (name === "license") return readLicence(text, true);
  return NUMBERS.has(name) && repeatsArxivId(text) ? undefined : text;
}

function publicationOf(citation: Citation, isOnArxiv: boolean): Publication {
  const texts: { -readonly [Name in keyof Publication]?: string | undefined } = {};
  for (const name of PUBLICATION_TEXTS) {
    const text = name === "doi" ? undefined : textOfPart(citation, name);
    if (text !== undefined) texts[name] = text;
  }
  const { type } = citation;
  texts.license ??= readLicence(textOf(citation.rights), false);
  texts.arxivClass ??= isOnArxiv ? announcedClass(citation.arxiv ?? []) : undefined;
  const isPreprint =
    citation.looseType === true &&
    isOnArxiv &&
    texts.containerTitle === undefined &&
    type !== undefined &&
    OF_PREPRINTS.has(type);
  if (isPreprint) texts.type = "article";
  if (texts.type === "article" && namesArxiv(texts.publisher ?? "")) delete texts.publisher;
  const doi = (citation.dois ?? [])
    .map(parseDoi)
    .find((one) => one !== undefined && !one.startsWith("10.48550/arxiv"));
  return withoutAbsent<Publication>({ ...(texts as Publication), doi });
}

/** Where a reference stands. */
export interface CitationPlace {
  readonly file: string;
  readonly line?: number;
}

/** The paper of a reference, and what of it could not be read; a problem where it has no title. */
export function listingOf(
  citation: Citation,
  place: CitationPlace,
): { readonly listing: Listing; readonly problems: readonly Problem[] } | Problem {
  const title = proseOf(citation.title);
  if (title === undefined) {
    const [known = ""] = [
      ...(citation.dois ?? []),
      ...(citation.arxiv ?? []),
      ...(citation.urls ?? []),
      citation.containerTitle,
    ];
    return { ...place, expected: "an entry with a title", found: quoteLine(known) };
  }
  const { dois = [], urls = [], arxiv = [], authors = [], editors = [] } = citation;
  const addresses = [
    ...urls.flatMap((url) => parseWebUrl(url.trim()) ?? []),
    ...dois.flatMap((doi) => doiUrl(doi) ?? []),
  ];
  const unread = dois.filter((doi) => parseDoi(doi) === undefined && arxivIdAmong([doi]) === undefined);
  const arxivId = arxivIdAmong([...arxiv, ...dois, ...urls]) ?? announcedArxivId(arxiv);
  const listing = withoutAbsent<Listing>({
    ...publicationOf(citation, arxivId !== undefined),
    title,
    arxivId,
    abstract: proseOf(citation.abstract),
    date: citation.date,
    authors: namedInParts(authors, citation.others),
    editors: namedInParts(editors),
    keywords: present([...new Set((citation.keywords ?? []).flatMap((word) => textOf(word) ?? []))]),
    organisation: undefined,
    comments: undefined,
    upvotes: undefined,
    status: citation.note === undefined ? undefined : statusInComment(citation.note),
    urls: present([...new Set(addresses)]),
    listedOn: place.file,
  });
  const problems = unread.map((doi): Problem => ({
    ...place,
    expected: "a DOI",
    found: quoteLine(doi),
    kept: true,
  }));
  return { listing, problems };
}
