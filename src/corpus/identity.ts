import { addressKeys, doiKeys } from "./paper-address.ts";
import { arxivIdOf } from "./paper-id.ts";
import type { Paper, PaperFacts } from "./paper.ts";

type Identified = Pick<PaperFacts, "doi" | "otherDois" | "urls">;

/** Services whose addresses hold an id that belongs to one paper, as far as their hosts tell without reading the address. */
const SERVICES = /aclanthology|aclweb|openreview|openalex|semanticscholar/i;
const SERVICE_KEY = /^(?:acl|openreview|openalex|s2):/;

const ownDois = ({ doi, otherDois = [] }: Identified): string[] =>
  [...(doi === undefined ? [] : [doi]), ...otherDois].flatMap(doiKeys);

/**
 * What makes two mentions one paper besides the arXiv identifier and the title: DOIs as they are stated, and ids of the
 * Anthology of the ACL, OpenReview, OpenAlex and Semantic Scholar in addresses, as keys (paper-address.ts). A DOI in an
 * address alone is none: it may be that of a data set or of the book.
 */
export function identityKeys(paper: Identified): string[] {
  const services = (paper.urls ?? []).filter((url) => SERVICES.test(url)).flatMap(addressKeys);
  return [...new Set([...ownDois(paper), ...services.filter((key) => SERVICE_KEY.test(key))])];
}

/** An identifier of arXiv's before April 2007, as its number alone: `math/0305100` -> `number:0305100`. */
export const numberKey = (number: string): string => `number:${number}`;

/** All that a paper is known by besides its id and its title, in the terms of `referenceKeys`. */
export function lookupKeys(paper: Identified & Pick<Paper, "id">): string[] {
  const number = arxivIdOf(paper.id)?.split("/")[1];
  const addresses = (paper.urls ?? []).flatMap(addressKeys);
  return [
    ...new Set([...ownDois(paper), ...addresses, ...(number === undefined ? [] : [numberKey(number)])]),
  ];
}
