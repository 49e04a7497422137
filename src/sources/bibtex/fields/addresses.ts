import { parseWebUrl } from "../../../corpus/identifiers/links.ts";
import { doiInAddress, tidyDoi } from "../../../corpus/identifiers/paper-address.ts";
import { quoteLine } from "../../../corpus/problem.ts";
import type { EntryFields, FieldGroup } from "./entry-fields.ts";
import { fieldGroup } from "./entry-fields.ts";

/** An address or identifier without the LaTeX that it was written with. */
export function withoutEscapes(text: string): string {
  if (!/[\\{$&]/.test(text)) return text;
  return text
    .replace(/\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}/g, " $1 ")
    .replace(/\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, " $1 $2")
    .replace(/\$\\sim\$|\{?\\textasciitilde\s?(?:\{\})?\}?|\{?\\(?:~|string~)(?:\{\s?\})?\}?/g, "~")
    .replace(/\{?\\textunderscore\s?(?:\{\})?\}?/g, "_")
    .replace(
      /\$([<>])\$|\{?\\text(less|greater)\s?(?:\{\})?\}?/g,
      (_all, sign?: string, name?: string) => sign ?? (name === "less" ? "<" : ">"),
    )
    .replace(/\\([_%#&$])/g, "$1")
    .replace(/&(amp|lt|gt);/g, (_all, name: string) => (name === "amp" ? "&" : name === "lt" ? "<" : ">"))
    .replace(/[{}]/g, "");
}

const NONE: readonly string[] = [];

/** The web addresses in a text. */
function addressesIn(text: string): readonly string[] {
  if (/^https?:\/\/[\w./?=-]*[\w/=-]$/.test(text)) {
    const address = parseWebUrl(text);
    return address === undefined ? NONE : [address];
  }
  if (!/https?:/i.test(text)) return NONE;
  return (withoutEscapes(text).match(/https?:\/\/[^\s<>"|]+/gi) ?? []).flatMap(
    (address) => parseWebUrl(address.replace(/[.,;:!?]+$/, "").replace(/^([^()]*)\)+$/, "$1")) ?? [],
  );
}

/** Fields that are an address, and those that may hold one among words. */
const ADDRESSES = fieldGroup(
  "url",
  "urls",
  "link",
  "ee",
  "pdf",
  "website",
  "webpage",
  "homepage",
  "project",
  "bdsk-url-1",
  "bdsk-url-2",
);
const CODE = fieldGroup("code", "github", "repository", "codeurl", "repo");
const NOTES = fieldGroup("howpublished", "note", "annote", "annotation", "addendum", "eprint");

/** Where programs are kept: an owner and a name. */
const REPOSITORY =
  /^https?:\/\/(?:www\.)?(?:(?:github\.com|bitbucket\.org|codeberg\.org|git\.sr\.ht|gitlab\.[\w.-]+|git\.[\w.-]+)\/[\w.~-]+\/[\w.-]+|sourceforge\.net\/projects\/)/i;

/** The addresses of an entry, that of its DOI aside, and among them where its code is. */
export interface Addresses {
  readonly urls: readonly string[];
  readonly code: string | undefined;
}

export function readAddresses({ raw, hasAny, tell }: EntryFields): Addresses {
  const of = (group: FieldGroup): readonly string[] => {
    if (!hasAny(group)) return NONE;
    const found: string[] = [];
    for (const name of group.names) {
      const value = raw(name);
      for (const address of value === undefined ? NONE : addressesIn(value)) found.push(address);
    }
    return found;
  };
  const [given, codes, noted] = [of(ADDRESSES), of(CODE), of(NOTES)];
  const url = raw("url");
  if (url !== undefined && given.length === 0 && addressesIn(url).length === 0)
    tell("url", "a web address", quoteLine(withoutEscapes(url).trim()));
  const all = codes.length + noted.length === 0 ? given : [...given, ...codes, ...noted];
  const urls = all.length < 2 ? all : [...new Set(all)];
  return { urls, code: codes[0] ?? urls.find((one) => REPOSITORY.test(one)) };
}

/** A publisher's DOI as it is compared, which most are written as. */
const PLAIN_DOI = /^10\.(?!48550)\d{4,9}\/[a-z\d./_-]{0,100}[a-z\d]$/;
/** A DOI, with spaces about its first slash where somebody broke the line there. */
const SPACED_DOI = /10\.\d{4,9}\s*\/\s*(?:[^\s"<>]|<[^\s"<>]*>)+/;
const ARXIV_DOI = /^10\.48550\/arxiv\./i;

/** The DOI of the publisher, of `doi` or of the address; arXiv's own says no more than the identifier does. */
export function readDoi({ raw, tell }: EntryFields, urls: readonly string[]): string | undefined {
  const written = raw("doi");
  if (written !== undefined && PLAIN_DOI.test(written)) return written;
  if (written !== undefined) {
    const found = SPACED_DOI.exec(withoutEscapes(written))?.[0].replace(/\s/g, "");
    if (found === undefined) tell("doi", "a DOI", quoteLine(written));
    else return ARXIV_DOI.test(found) ? undefined : tidyDoi(found);
  }
  const found = urls
    .filter((url) => /10\.\d{4}|nature\.com/i.test(url))
    .map((url) => doiInAddress(new URL(url)))
    .find((doi) => doi !== undefined);
  return found === undefined || ARXIV_DOI.test(found) ? undefined : found;
}
