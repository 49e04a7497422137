import { serviceKey } from "./service-address.ts";

/** An arXiv identifier, old or new, perhaps with a version. */
export const ARXIV_ID = String.raw`(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[a-z]{2})?/\d{7})(?:v\d+)?`;

/** Hosts and paths that an arXiv identifier follows: arXiv with its mirrors, and those who show its papers under it. */
const ARXIV_PAGES = [
  String.raw`(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print|tb|bibtex|cits|ftp/arxiv/papers/\d{4})/(?:arxiv:)?`,
  String.raw`xxx\.lanl\.gov/(?:abs|pdf)/`,
  String.raw`ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html|pdf)/`,
  String.raw`(?:www\.)?(?:huggingface\.co|hf\.co)/papers/`,
  String.raw`(?:www\.)?alphaxiv\.org/(?:[a-z]{2}(?:-[a-z]{2})?/)?(?:abs|overview|pdf|html)/`,
  String.raw`(?:www\.|api\.)?semanticscholar\.org/(?:arxiv/|(?:paper/)?arxiv:)`,
  String.raw`(?:www\.)?arxiv-vanity\.com/papers/`,
  String.raw`(?:www\.)?scirate\.com/arxiv/`,
  String.raw`(?:www\.)?papers\.cool/arxiv/`,
  String.raw`(?:www\.)?emergentmind\.com/papers/`,
  String.raw`ui\.adsabs\.harvard\.edu/abs/arxiv:`,
];

/** An address whose path holds an arXiv identifier, which is its one group. */
export const ARXIV_LINK = new RegExp(
  String.raw`(?:https?://)?(?:${ARXIV_PAGES.join("|")})(${ARXIV_ID})(?:\.pdf|\.md)?(?:[/?#][^\s]*)?`,
  "i",
);

/** DBLP's record of a paper on arXiv: `dblp.org/rec/journals/corr/abs-1706-03762`. */
const DBLP = /\/corr\/abs-(\d{4})-(\d{4,5})(?:\.|$)/i;

/** The identifier in an address of whoever names its papers after arXiv: `/arxiv/1706.03762`, `/arxiv:1706.03762`. */
const NAMED_ARXIV = new RegExp(String.raw`/arxiv[:/](${ARXIV_ID})(?:\.pdf)?(?:/|$)`, "i");

/** A bibcode of the Astrophysics Data System: `2017arXiv170603762V`, `2008arXiv0801.1234A`. */
const BIBCODE = /\/\d{4}arXiv(\d{4})\.?(\d{4,5})[A-Z.](?:\/|$)/;

/** Services that show or forward to another address, which stands whole in theirs. */
const WRAPPERS =
  /^(?:web\.archive\.org|scholar\.archive\.org|(?:www\.)?google\.[a-z.]+|slack-redir\.net|l\.facebook\.com|[a-z0-9]+\.safelinks\.protection\.outlook\.com|scholar\.google\.[a-z.]+)$/i;

/** What stands behind a DOI in addresses: `/full`, `.pdf`, a version of bioRxiv. */
const BEHIND_DOI =
  /(?:v\d+)?(?:[/.](?:full(?:[-.]?text)?|abstract|abs|e?pdf|meta|html?|xml|summary|references|figures|bib)(?:\+html)?)+$/i;
/** A DOI in a path or query; those of before 2000 may hold `<391::aid-asi1>` (SICI, ANSI/NISO Z39.56). */
const DOI = /10\.\d{4,9}\/(?:[^\s"<>?#&]|<[^\s"<>]*>)+/;

const host = ({ hostname }: URL): string => hostname.toLowerCase().replace(/^www\./, "");

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A text without the brackets at its end that close none in it. */
export function withoutLooseBrackets(text: string): string {
  let loose = text.split(")").length - text.split("(").length;
  let end = text.length;
  for (; loose > 0 && text[end - 1] === ")"; loose--) end--;
  return text.slice(0, end);
}

/** No DOI is longer; what is has lost its end, and is left as it is. */
const MAX_DOI = 500;

/** A DOI as it is compared: lower case, without what closes a sentence. */
export function tidyDoi(doi: string): string {
  let tidy = doi.toLowerCase();
  if (tidy.length > MAX_DOI) return tidy;
  for (let before = ""; before !== tidy;) {
    before = tidy;
    // The last bracket is part of `10.1016/s0140-6736(20)30183-5`, and none of `(see 10.1000/182)`.
    tidy = withoutLooseBrackets(tidy.replace(/(?:&(?:quot|gt|lt|amp);|[.,;:!?\]}'"”])+$/, ""));
  }
  return tidy;
}

/** Publishers whose addresses hold the end of a DOI, and its beginning. */
const DOI_ENDS: readonly { readonly hosts: RegExp; readonly end: RegExp; readonly begin: string }[] = [
  { hosts: /(?:^|\.)nature\.com$/, end: /^\/articles\/([^/?]+?)(?:\.pdf)?(?:\/|$)/, begin: "10.1038/" },
  { hosts: /^zenodo\.org$/, end: /^\/records?\/(\d+)/, begin: "10.5281/zenodo." },
  {
    hosts: /^dl\.acm\.org$/,
    end: /^\/(?:citation|ft_gateway)\.cfm.*[?&](?:doid|id)=([\d.]+)/,
    begin: "10.1145/",
  },
  {
    hosts: /(?:bio|med)rxiv\.org$/,
    end: /\/early\/\d{4}\/\d\d\/\d\d\/([\d.]+\d)(?:v\d+)?(?:\.full|\.pdf|\/|$)/,
    begin: "10.1101/",
  },
];

/** The DOI of which an address holds the end alone. */
function doiByEnd(url: URL): string | undefined {
  const text = decoded(url.pathname) + url.search;
  const publisher = DOI_ENDS.find(({ hosts, end }) => hosts.test(host(url)) && end.test(text));
  const end = publisher?.end.exec(text)?.[1];
  return publisher === undefined || end === undefined ? undefined : tidyDoi(publisher.begin + end);
}

/** The DOI that stands in an address of doi.org or of a publisher; undefined where none does. */
export function doiInAddress(url: URL): string | undefined {
  const found = DOI.exec(decoded(url.pathname))?.[0] ?? DOI.exec(decoded(url.search))?.[0];
  if (found === undefined) return doiByEnd(url);
  const doi = /(?:^|\.)doi\.org$/.test(host(url)) ? found : found.replace(BEHIND_DOI, "");
  const preprint = /(?:bio|med)rxiv\.org$/.test(host(url)) ? doi.replace(/v\d+$/, "") : doi;
  return tidyDoi(preprint.replace(/\/+$/, ""));
}

/** The address that a service forwards to or shows; undefined for others. */
export function wrappedAddress(url: URL): string | undefined {
  if (!WRAPPERS.test(url.hostname)) return undefined;
  const query = [...url.searchParams.values()].find((value) => /^https?:\/\//i.test(value));
  return (
    query ??
    /(?<=.)https?:\/\/?[^\s]+$/i
      .exec(decoded(url.pathname) + url.search)?.[0]
      ?.replace(/^(https?:)\/(?!\/)/i, "$1//")
  );
}

/** The arXiv identifier in an address that writes it in its own way. */
export function arxivIdInAddress(url: URL): string | undefined {
  const path = decoded(url.pathname);
  const named = NAMED_ARXIV.exec(path)?.[1];
  if (named !== undefined) return named;
  const isDblp = /(?:^|\.)dblp\.(?:org|uni-trier\.de)$/.test(host(url));
  const isAds = /(?:^|\.)adsabs\.harvard\.edu$/.test(host(url));
  const [, month, number] = (isDblp && DBLP.exec(path)) || (isAds && BIBCODE.exec(path)) || [];
  return month === undefined || number === undefined ? undefined : `${month}.${number}`;
}

/** What is added to an address to know where its readers come from. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|ref_src|source|via|share|s|si)$/i;

/** An address without scheme, `www.`, tracking, place in the page, and a slash at its end. */
function bareAddress(url: URL): string {
  const kept = [...url.searchParams]
    .filter(([name]) => !TRACKING.test(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const query = new URLSearchParams(kept).toString();
  return `${host(url)}${url.pathname.replace(/\/+$/, "")}${query === "" ? "" : `?${query}`}`;
}

/** The keys of a DOI as it stands, and of the id in the Anthology of the ACL that its DOIs hold. */
export function doiKeys(doi: string): string[] {
  const anthology = /^10\.(?:18653\/v1|3115\/v1)\/(.+)$/.exec(doi)?.[1];
  return [`doi:${doi}`, ...(anthology === undefined ? [] : [`acl:${anthology}`])];
}

/**
 * The beginnings of a DOI that was read out of an address, where more may follow it: `10.1162/tacl_a_1/9648/title`. A beginning
 * alone says nothing, since many papers share it (`10.18653/v1`): it is compared with whole DOIs only.
 */
export function doiBeginnings(doi: string): string[] {
  const parts = doi.split("/");
  return parts.slice(2).map((_, i) => parts.slice(0, i + 2).join("/"));
}

/** The key that a whole DOI and an address with more behind it share. */
export const beginningKey = (doi: string): string => `begins:${doi}`;

/** What an address with a DOI says of the paper: at doi.org nothing follows the DOI. */
function keysOfDoi(doi: string, url: URL): string[] {
  const more = /(?:^|\.)doi\.org$/.test(host(url)) ? [] : doiBeginnings(doi);
  return [...doiKeys(doi), ...more.map(beginningKey)];
}

/**
 * What an address says of the paper it belongs to, as keys; `referenceKeys` has those by which it is looked for. Empty for
 * text that is no web address.
 */
export function addressKeys(address: string): string[] {
  if (!URL.canParse(address)) return [];
  const url = new URL(address);
  const doi = doiInAddress(url);
  const service = serviceKey(url);
  return [
    ...(doi === undefined ? [] : keysOfDoi(doi, url)),
    ...(service === undefined ? [] : [service]),
    `at:${bareAddress(url)}`,
  ];
}

/** Whether an address is of a place where papers are, as opposed to any page of the web. */
export function isPaperPage(address: string): boolean {
  return addressKeys(address).some((key) => !key.startsWith("at:"));
}
