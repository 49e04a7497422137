import { fold } from "../../corpus/fold.ts";
import { isByIdentifier } from "../../corpus/origin.ts";
import { arxivIdOf, titleKey } from "../../corpus/identifiers/paper-id.ts";
import { FACTS } from "../../corpus/merging/merge.ts";
import type { FactName, Listing, Paper, PaperFacts } from "../../corpus/paper.ts";
import { parseReference } from "../../corpus/identifiers/reference.ts";
import type { LookupService } from "../../sources/lookup.ts";

/** The services that may complete papers. */
export type CompletingService = LookupService | "arxiv";

/** What a citation and a search need of every paper, and each service may know. */
const SOUGHT: Readonly<Record<CompletingService, readonly (keyof PaperFacts)[]>> = {
  arxiv: ["abstract", "date", "authors", "arxivClass"],
  crossref: ["date", "authors", "type", "publisher", "abstract"],
  datacite: ["date", "authors", "type", "publisher", "abstract"],
  openalex: ["abstract", "date", "authors", "type"],
  "semantic-scholar": ["abstract", "date", "authors", "type"],
};

/** Whether a fact is not known: of authors their number alone is too little. */
function lacks(paper: Paper, fact: keyof PaperFacts): boolean {
  if (fact === "authors") return paper.authors?.kind !== "named";
  if (isByIdentifier(paper, fact)) return true;
  return paper[fact] === undefined;
}

/** The publisher's DOI of a paper, in lower case; undefined for arXiv's own, which says no more than the identifier. */
function doiOf({ doi, urls = [] }: Paper): string | undefined {
  for (const text of [...(doi === undefined ? [] : [doi]), ...urls]) {
    const reference = parseReference(text);
    if (reference?.kind === "doi") return reference.doi;
  }
  return undefined;
}

/** The id under which a service has a paper; undefined where it cannot be asked for it. */
function idAt(service: CompletingService, paper: Paper): string | undefined {
  const [arxivId, doi] = [arxivIdOf(paper.id), doiOf(paper)];
  switch (service) {
    case "arxiv":
      return arxivId;
    case "crossref":
      return doi;
    case "datacite":
    case "openalex":
      return doi ?? (arxivId === undefined ? undefined : `10.48550/arxiv.${arxivId}`);
    case "semantic-scholar":
      return arxivId === undefined ? doi && `DOI:${doi}` : `ARXIV:${arxivId}`;
  }
}

/** The id to ask a service for, where a paper lacks something that it may know. */
export function lackingAt(service: CompletingService, paper: Paper): string | undefined {
  return SOUGHT[service].some((fact) => lacks(paper, fact)) ? idAt(service, paper) : undefined;
}

const wordsOf = (title: string): Set<string> => new Set(fold(title).match(/[\p{L}\p{N}]+/gu) ?? []);

/** Whether two titles can be of one paper: one holds the other, or half of all their words are common to both. */
function alike(a: string, b: string): boolean {
  const [one, other] = [titleKey(a), titleKey(b)];
  if (one.includes(other) || other.includes(one)) return true;
  const [words, others] = [wordsOf(a), wordsOf(b)];
  const common = [...words].filter((word) => others.has(word)).length;
  return common * 2 >= words.size + others.size - common;
}

/** Whether a record says more of a fact than is known. Addresses are added to those of other facts, and are none of their own. */
function fills(paper: Paper, record: Listing, fact: keyof PaperFacts): boolean {
  if (fact === "urls" || record[fact] === undefined) return false;
  // A retraction is news whatever was known of the standing.
  if (fact === "status" && record.status?.kind === "retracted") return paper.status?.kind !== "retracted";
  if (fact === "authors" && paper.authors !== undefined)
    return paper.authors.kind === "counted" && record.authors?.kind === "named";
  return paper[fact] === undefined || isByIdentifier(paper, fact);
}

/** What a record adds to a paper: a listing with nothing that is known, or that it is of another paper. */
export type Addition =
  | { readonly kind: "adds"; readonly listing: Listing; readonly facts: readonly FactName[] }
  | { readonly kind: "nothing" }
  | { readonly kind: "another" };

/** What a service's record has of what a paper lacks. */
export function additionOf(paper: Paper, record: Listing): Addition {
  const titles = [paper.title, ...(paper.otherTitles ?? [])];
  if (!titles.some((title) => alike(title, record.title))) return { kind: "another" };
  const news = FACTS.filter((fact) => fills(paper, record, fact));
  const own = arxivIdOf(paper.id);
  const arxivId = own ?? record.arxivId;
  const facts: FactName[] = arxivId === own ? news : [...news, "arxivId"];
  if (facts.length === 0) return { kind: "nothing" };
  const added = Object.fromEntries(news.map((fact) => [fact, record[fact]])) as PaperFacts;
  const { listedOn, sourceKind, readAt, urls } = record;
  const listing = {
    title: paper.title,
    ...added,
    ...(arxivId === undefined ? {} : { arxivId }),
    ...(urls === undefined ? {} : { urls }),
    listedOn,
    ...(sourceKind === undefined ? {} : { sourceKind }),
    ...(readAt === undefined ? {} : { readAt }),
  };
  return { kind: "adds", listing, facts };
}
