import { addressKeys, doiKeys } from "./paper-address.ts";
import { arxivIdOf } from "./paper-id.ts";
import type { Paper, PaperFacts } from "../paper.ts";
import { MAY_BE_OF_SERVICE, SERVICE_KEY } from "./service-address.ts";

type Identified = Pick<PaperFacts, "doi" | "otherDois" | "urls">;

const ownDois = ({ doi, otherDois = [] }: Identified): string[] =>
  [...(doi === undefined ? [] : [doi]), ...otherDois].flatMap(doiKeys);

/**
 * What makes two mentions one paper besides the arXiv identifier and the title: DOIs as they are stated, and ids of
 * services in addresses, as keys (service-address.ts). A DOI in an
 * address alone is none: it may be that of a data set or of the book.
 */
export function identityKeys(paper: Identified): string[] {
  const services = (paper.urls ?? []).filter((url) => MAY_BE_OF_SERVICE.test(url)).flatMap(addressKeys);
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
