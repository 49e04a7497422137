import { textOf, withoutAbsent } from "../../corpus/fields.ts";
import { doiUrl, parseDoi, parseWebUrl } from "../../corpus/links.ts";
import { arxivIdOf, parseArxivId } from "../../corpus/paper-id.ts";
import type { ArxivId, Listing } from "../../corpus/paper.ts";
import type { PartialDate } from "../../corpus/partial-date.ts";
import type { NameParts } from "../../corpus/person-name.ts";
import { namedInParts } from "../../corpus/person-name.ts";
import type { Problem } from "../../corpus/problem.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { Publication } from "../../corpus/publication.ts";
import { PUBLICATION_TEXTS } from "../../corpus/publication.ts";
import { findReferences, parseReference } from "../../corpus/reference.ts";
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
  /** What may say that the paper was withdrawn. */
  readonly note?: string | undefined;
}

/** The arXiv identifier that one of the texts is, leads to or announces (`arXiv preprint arXiv:1706.03762`); undefined where none does. */
function arxivIdAmong(texts: readonly string[]): ArxivId | undefined {
  for (const text of texts) {
    const bare = parseArxivId(text.trim());
    if (bare !== undefined) return bare;
    const reference = parseReference(text);
    if (reference?.kind === "paper") return arxivIdOf(reference.id);
    const announced = /\barxiv/i.test(text) ? findReferences(text) : [];
    for (const one of announced) if (one.kind === "paper") return arxivIdOf(one.id);
  }
  return undefined;
}

const present = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
  list === undefined || list.length === 0 ? undefined : list;

/** What a preprint's publisher and number say that its identifier says too. */
const isArxivs = ({ type }: Citation, name: keyof Publication, text: string | undefined): boolean =>
  type === "article" && (name === "publisher" ? /^arxiv(?:\.org)?$/i : /^arxiv:/i).test(text ?? "");

function publicationOf(citation: Citation): Publication {
  const texts = PUBLICATION_TEXTS.flatMap((name) => {
    const said = name === "doi" ? undefined : textOf(citation[name]);
    const text =
      (name === "publisher" || name === "number") && isArxivs(citation, name, said) ? undefined : said;
    return text === undefined ? [] : [[name, text] as const];
  });
  const doi = (citation.dois ?? [])
    .map(parseDoi)
    .find((one) => one !== undefined && !one.startsWith("10.48550/arxiv"));
  return { ...(Object.fromEntries(texts) as Publication), ...(doi === undefined ? {} : { doi }) };
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
  const title = textOf(citation.title);
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
  const listing = withoutAbsent<Listing>({
    ...publicationOf(citation),
    title,
    arxivId: arxivIdAmong([...arxiv, ...dois, ...urls]),
    abstract: textOf(citation.abstract),
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
