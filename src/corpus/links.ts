import { arxivIdOf } from "./paper-id.ts";
import type { Paper } from "./paper.ts";

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

/** A web address that may be shown as a link: http or https, without credentials; undefined for anything else. */
export function parseWebUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const safe =
    (url.protocol === "http:" || url.protocol === "https:") && url.username === "" && url.password === "";
  return safe ? url.href : undefined;
}
