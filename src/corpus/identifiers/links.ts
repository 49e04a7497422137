import { arxivIdOf } from "./paper-id.ts";
import type { Paper } from "../paper.ts";

export interface PaperLink {
  readonly label: string;
  readonly url: string;
}

/** Hugging Face's search for the exact title: where a paper can be found whose identifier is not known. */
function titleSearchUrl(title: string): string {
  return `https://huggingface.co/papers?${new URLSearchParams({ q: `"${title}"` }).toString()}`;
}

/**
 * Where to read a paper, best first; never empty. Abstract pages, not PDFs. Without an arXiv id: the addresses its
 * source gave, and the search for its title.
 */
export function paperLinks(paper: Pick<Paper, "id" | "title" | "urls">): readonly PaperLink[] {
  const given = (paper.urls ?? []).map((url) => ({ label: new URL(url).hostname, url }));
  const arxivId = arxivIdOf(paper.id);
  if (arxivId === undefined) {
    return [...given, { label: "Search on Hugging Face", url: titleSearchUrl(paper.title) }];
  }
  const arxivUrl = `https://arxiv.org/abs/${arxivId}`;
  return [
    { label: "arXiv", url: arxivUrl },
    { label: "Hugging Face", url: `https://huggingface.co/papers/${arxivId}` },
    ...given.filter(({ url }) => url !== arxivUrl),
  ];
}

/** The address under a paper's title. */
export function paperUrl(paper: Pick<Paper, "id" | "title" | "urls">): string {
  return paperLinks(paper)[0]?.url ?? titleSearchUrl(paper.title);
}

/** An address that is its own normal form: a host of letters, and a path without dots at the beginning of a part. */
const NORMAL =
  /^https?:\/\/(?!xn--)[a-z][a-z\d]*(?:[.-](?!xn--)[a-z][a-z\d]*)*\.[a-z]{2,24}\/(?!\.)(?:[\w-]|[.~](?!\.)|\/(?!\.))*$/;

/** A web address that may be shown as a link: http or https, without credentials; undefined for anything else. */
export function parseWebUrl(text: string): string | undefined {
  if (NORMAL.test(text)) return text;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const safe =
    (url.protocol === "http:" || url.protocol === "https:") && url.username === "" && url.password === "";
  return safe ? url.href : undefined;
}

/**
 * A DOI as it is compared and cited: `https://doi.org/10.1000/ABC` -> `10.1000/abc`; undefined for other text. Spaces about its
 * first slash, where lines were broken, are let go.
 */
export function parseDoi(text: string): string | undefined {
  return bareDoi(text)?.toLowerCase();
}

const DOI = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\s*\/\s*(?:[^\s"<>]|<[^\s"<>]*>)+)/i;

const bareDoi = (text: string): string | undefined => DOI.exec(text.trim())?.[1]?.replace(/\s/g, "");

/**
 * The address behind a publisher's DOI, `10.1109/5.771073` -> `https://doi.org/10.1109/5.771073`. Undefined for other
 * text and for arXiv's own DOIs, which say no more than the identifier. Of several (`a b`) the first.
 */
export function doiUrl(doi: string): string | undefined {
  const bare = bareDoi(doi);
  if (bare === undefined || /^10\.48550\/arxiv\./i.test(bare)) return undefined;
  return parseWebUrl(`https://doi.org/${bare}`);
}
