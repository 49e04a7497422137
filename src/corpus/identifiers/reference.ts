import { catalogueAddress } from "./catalogue-id.ts";
import { numberKey } from "./identity.ts";
import {
  addressKeys,
  ARXIV_ID,
  ARXIV_LINK,
  arxivIdInAddress,
  beginningKey,
  doiBeginnings,
  doiInAddress,
  doiKeys,
  isPaperPage,
  tidyDoi,
  withoutLooseBrackets,
  wrappedAddress,
} from "./paper-address.ts";
import { arxivPaperId, parseArxivId, parsePaperId } from "./paper-id.ts";
import type { PaperId } from "../paper.ts";
import { SERVICE_HOSTS } from "./service-address.ts";

/** A paper named by a link or an identifier rather than by words. */
export type Reference =
  | { readonly kind: "paper"; readonly id: PaperId }
  /** A DOI of another publisher than arXiv: papers have it where a source gave it. */
  | { readonly kind: "doi"; readonly doi: string }
  /** A web address: papers have it where a source gave it. */
  | { readonly kind: "page"; readonly url: string }
  /** A number of arXiv's before April 2007 without the archive that belongs to it: `0305100` of `cs/0305100`. */
  | { readonly kind: "number"; readonly number: string };

/** `<391::aid-asi1>` is part of the DOIs that were made of a SICI. */
const DOI =
  /(?:(?:info:|urn:)?doi[:/\s]\s*)?(?:(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\/)?(10\.\d{4,9}\/(?:[^\s"<>]|<\d[^\s"<>]*>)+)/i;
const ARXIV_DOI = /^10\.48550\/arxiv\.(.+)$/i;
/** `1706.03762`, `arXiv:1706.03762v5 [cs.CL] 2 Aug 2023`, `abs/1706.03762`. */
const BARE = new RegExp(
  String.raw`(?:(?:oai:)?arxiv(?:\.org)?(?: preprint arxiv)?\s*[:：\s]\s*|abs/)?(${ARXIV_ID})(?:\s*\[[a-z.-]+\]?(?:\s+\d{1,2} [a-z]{3,9}\.? \d{4})?)?(?:,?\s*\(?(?:19|20)\d\d\)?)?`,
  "i",
);
/** 9107 to 0703, and the number in the month. */
const OLD_NUMBER = /^(?:arxiv:\s*)?((?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])\d{3})(?:v\d+)?$/i;

const whole = (pattern: RegExp): RegExp => new RegExp(`^(?:${pattern.source})$`, pattern.flags);
const WHOLE_LINK = whole(ARXIV_LINK);
const WHOLE_DOI = whole(DOI);
const WHOLE_BARE = whole(BARE);

function paperReference(arxivId: string | undefined): Reference | undefined {
  const id = arxivId === undefined ? undefined : parseArxivId(arxivId);
  return id === undefined ? undefined : { kind: "paper", id: arxivPaperId(id) };
}

function doiReference(doi: string): Reference | undefined {
  const tidy = tidyDoi(doi);
  const arxiv = ARXIV_DOI.exec(tidy);
  return arxiv === null ? { kind: "doi", doi: tidy } : paperReference(arxiv[1]?.replace(/\.pdf$/, ""));
}

/** What a whole web address names. One without a scheme is an address where it is of a place where papers are. */
function addressReference(text: string): Reference | undefined {
  const schemed = /^https?:\/\//i.test(text);
  const address = schemed ? text : `https://${text}`;
  if (/\s/.test(text) || !/^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+\//i.test(text) || !URL.canParse(address))
    return undefined;
  const url = new URL(address);
  const inner = wrappedAddress(url);
  if (inner !== undefined && inner.length < text.length) return parseReference(inner);
  const arxivId = arxivIdInAddress(url);
  if (arxivId !== undefined) return paperReference(arxivId);
  const doi = doiInAddress(url);
  if (doi !== undefined) return doiReference(doi);
  return schemed || isPaperPage(address) ? { kind: "page", url: url.href } : undefined;
}

/** A text without the brackets, quotes and full stop that it was copied with. */
const unwrapped = (text: string): string =>
  text
    .trim()
    .replace(/^<([^<>|]+)(?:\|[^<>]*)?>$/, "$1")
    .replace(/^\[[^\]]*\]\((\S+)\)$/, "$1")
    .replace(/^([^(]+)\)$/, "$1")
    .replace(/^["'“”‘’[({]+(?=\S)|(?<=\S)["'“”‘’,;.]+$/g, "");

/**
 * Reads a text that is nothing but a reference: a web address, a DOI, an arXiv identifier, an id of the
 * Anthology of the ACL, of OpenAlex or of Semantic Scholar, or an id of ours (`title:…`).
 * Versions and what is added for tracking are left out. Undefined for anything else, so that words stay words.
 */
export function parseReference(text: string): Reference | undefined {
  const own = parsePaperId(text.trim());
  if (own !== undefined) return { kind: "paper", id: own };
  const bare = unwrapped(text);
  const link = WHOLE_LINK.exec(bare) ?? WHOLE_BARE.exec(bare.replace(/[)\]}]+$/, ""));
  if (link !== null) return paperReference(link[1]);
  const number = OLD_NUMBER.exec(bare)?.[1];
  if (number !== undefined) return { kind: "number", number };
  const address = addressReference(bare);
  if (address !== undefined) return address;
  // Copied out of a broken line a DOI has spaces about its slash.
  const doi = WHOLE_DOI.exec(bare.replace(/^(\D{0,20}10\.\d{4,9}) ?\/ ?/, "$1/"))?.[1];
  if (doi !== undefined) return doiReference(doi);
  const url = catalogueAddress(bare);
  return url === undefined ? undefined : { kind: "page", url };
}

/**
 * What a reference says of the paper that it names, as keys that one of the paper's own is among (`lookupKeys`). Empty for an
 * id, which says all by itself.
 */
export function referenceKeys(reference: Reference): string[] {
  switch (reference.kind) {
    case "doi": {
      const { doi } = reference;
      return [...doiKeys(doi), beginningKey(doi), ...doiBeginnings(doi).map((one) => `doi:${one}`)];
    }
    case "page":
      return addressKeys(reference.url);
    case "number":
      return [numberKey(reference.number)];
    case "paper":
      return [];
  }
}

/** A bare identifier inside other text must stand by itself and have the modern form, or be announced by `arXiv:`. */
const LOOSE = new RegExp(
  String.raw`(?<![\w./-])(?:(?:arxiv:\s*)(${ARXIV_ID})|(\d{4}\.\d{4,5}(?:v\d+)?))(?![\w/-]|\.\d)`,
  "gi",
);

/** Archives of arXiv's before April 2007 (info.arxiv.org/help/arxiv_identifier), so that `and/1234567` is no identifier. */
const ARCHIVES =
  "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|stat|supr-con";
const OLD_LOOSE = new RegExp(
  String.raw`(?<![\w./-])((?:${ARCHIVES})(?:\.[a-z]{2})?/\d{7}(?:v\d+)?)(?![\w/-])`,
  "gi",
);

/** Ids of catalogues inside other text, which say by themselves what they are. */
const CATALOGUED =
  /(?<![\w./-])(?:\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+|acl:\s*[a-z]\d\d-\d{4}|corpus ?id:\s*\d+|openalex:\s*w\d+|openreview:\s*[\w-]{6,20}|s2:[0-9a-f]{40}|pmid:?\s*\d{1,9}|pmc\d{5,9})(?![\w/-])/gi;

/** Web addresses, and those of places where papers are without their beginning. */
const ADDRESS = new RegExp(
  String.raw`(?:https?://(?:[^\s<>|"]|<\d[^\s<>|"]*>)+|(?<![\w./-])${SERVICE_HOSTS.source}/[^\s<>|"]+)`,
  "gi",
);

/** An address without what ends the sentence that it stands in; a bracket that it opens itself stays. */
const closed = (address: string): string =>
  withoutLooseBrackets(address.replace(/[.,;:!?\]]+$/, "")).replace(/[.,;:!?\]]+$/, "");

/** All references in a text, in their order, each once: links to papers, DOIs, identifiers. Other addresses are passed over. */
export function findReferences(text: string): Reference[] {
  const found: { at: number; reference: Reference | undefined }[] = [];
  const linked = text.replace(new RegExp(ARXIV_LINK.source, "gi"), (link: string, id: string, at: number) => {
    found.push({ at, reference: paperReference(id) });
    return " ".repeat(link.length);
  });
  const addressed = linked.replace(ADDRESS, (address: string, at: number) => {
    const reference = parseReference(closed(address));
    const isPaper = reference !== undefined && (reference.kind !== "page" || isPaperPage(reference.url));
    if (isPaper) found.push({ at, reference });
    return " ".repeat(address.length);
  });
  const rest = addressed.replace(new RegExp(DOI.source, "gi"), (all: string, doi: string, at: number) => {
    found.push({ at, reference: doiReference(doi) });
    return " ".repeat(all.length);
  });
  for (const match of [...rest.matchAll(LOOSE), ...rest.matchAll(OLD_LOOSE)])
    found.push({ at: match.index, reference: paperReference(match[1] ?? match[2]) });
  for (const match of rest.matchAll(CATALOGUED))
    found.push({ at: match.index, reference: parseReference(match[0]) });
  const references = found.toSorted((a, b) => a.at - b.at).flatMap(({ reference }) => reference ?? []);
  return [...new Map(references.map((one) => [nameOf(one), one])).values()];
}

/** A reference in short, as a person knows it. */
export function nameOf(reference: Reference): string {
  switch (reference.kind) {
    case "paper":
      return reference.id;
    case "doi":
      return reference.doi;
    case "page":
      return reference.url;
    case "number":
      return reference.number;
  }
}
