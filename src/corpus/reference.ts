import { arxivPaperId, parseArxivId, parsePaperId } from "./paper-id.ts";
import type { PaperId } from "./paper.ts";

/** A paper named by a link or an identifier rather than by words. */
export type Reference =
  | { readonly kind: "paper"; readonly id: PaperId }
  /** A DOI of another publisher than arXiv: understood, though papers are not filed under it. */
  | { readonly kind: "doi"; readonly doi: string };

const ID = String.raw`(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[a-z]{2})?/\d{7})(?:v\d+)?`;

/** Addresses whose path holds an arXiv identifier: arXiv itself, Hugging Face Papers and alphaXiv. */
const LINK = new RegExp(
  String.raw`(?:https?://)?(?:(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|format)|(?:www\.)?(?:huggingface\.co|hf\.co)/papers|(?:www\.)?alphaxiv\.org/(?:abs|overview|pdf))/(${ID})(?:\.pdf|\.md)?(?:[/?#][^\s]*)?`,
  "i",
);
const DOI = /(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/[^\s"<>]+)/i;
const ARXIV_DOI = /^10\.48550\/arxiv\.(.+)$/i;
const BARE = new RegExp(String.raw`(?:arxiv:\s*)?(${ID})`, "i");

const whole = (pattern: RegExp): RegExp => new RegExp(`^(?:${pattern.source})$`, pattern.flags);
const WHOLE_LINK = whole(LINK);
const WHOLE_DOI = whole(DOI);
const WHOLE_BARE = whole(BARE);

function paperReference(arxivId: string | undefined): Reference | undefined {
  const id = arxivId === undefined ? undefined : parseArxivId(arxivId);
  return id === undefined ? undefined : { kind: "paper", id: arxivPaperId(id) };
}

function doiReference(doi: string): Reference | undefined {
  const arxiv = ARXIV_DOI.exec(doi);
  return arxiv === null ? { kind: "doi", doi: doi.toLowerCase() } : paperReference(arxiv[1]);
}

/**
 * Reads a text that is nothing but a reference: an arXiv, Hugging Face or alphaXiv link, a DOI, a bare arXiv
 * identifier or an id of ours (`title:…`). Undefined for anything else, so that words stay words.
 */
export function parseReference(text: string): Reference | undefined {
  const trimmed = text.trim().replace(/^<([^<>|]+)(?:\|[^<>]*)?>$/, "$1");
  const own = parsePaperId(trimmed);
  if (own !== undefined) return { kind: "paper", id: own };
  const link = WHOLE_LINK.exec(trimmed) ?? WHOLE_BARE.exec(trimmed);
  if (link !== null) return paperReference(link[1]);
  const doi = WHOLE_DOI.exec(trimmed)?.[1];
  return doi === undefined ? undefined : doiReference(doi);
}

/** A bare identifier inside other text must stand by itself and have the modern form, or be announced by `arXiv:`. */
const LOOSE = new RegExp(
  String.raw`(?<![\w./-])(?:(?:arxiv:\s*)(${ID})|(\d{4}\.\d{4,5}(?:v\d+)?))(?![\w/-]|\.\d)`,
  "gi",
);

/** All references in a text, in their order, each once: links, DOIs, identifiers. */
export function findReferences(text: string): Reference[] {
  const found: { at: number; reference: Reference | undefined }[] = [];
  const linked = text.replace(new RegExp(LINK.source, "gi"), (link: string, id: string, at: number) => {
    found.push({ at, reference: paperReference(id) });
    return " ".repeat(link.length);
  });
  const rest = linked.replace(new RegExp(DOI.source, "gi"), (all: string, doi: string, at: number) => {
    found.push({ at, reference: doiReference(doi.replace(/[).,;:!?\]]+$/, "")) });
    return " ".repeat(all.length);
  });
  for (const match of rest.matchAll(LOOSE))
    found.push({ at: match.index, reference: paperReference(match[1] ?? match[2]) });
  const references = found.toSorted((a, b) => a.at - b.at).flatMap(({ reference }) => reference ?? []);
  const key = (one: Reference): string => (one.kind === "paper" ? one.id : one.doi);
  return [...new Map(references.map((one) => [key(one), one])).values()];
}
