import { createHash } from "node:crypto";
import { fold } from "../fold.ts";
import type { ArxivId, PaperId } from "../paper.ts";
import type { PartialDate } from "../partial-date.ts";
import { parsePartialDate } from "../partial-date.ts";

/** `YYMM.NNNN` (0704-1412), `YYMM.NNNNN` (from 1501) or `archive(.SC)/YYMMNNN`; an optional version is cut off. */
const ARXIV =
  /^(?:((?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5})|([a-z]+(?:-[a-z]+)*)(?:\.[a-z]{2})?\/(\d{7}))(?:v\d+)?$/i;

/** A title slug longer than this is cut and ends in a hash, so that an id fits into a button's 100 characters. */
const SLUG_LENGTH = 60;

/** Reads an arXiv identifier, old or new, with or without version; undefined when it is not one. */
export function parseArxivId(text: string): ArxivId | undefined {
  const match = ARXIV.exec(text);
  if (match === null) return undefined;
  const [, modern, archive, number] = match;
  return (modern ?? `${archive?.toLowerCase()}/${number}`) as ArxivId;
}

/** The id of a paper with a known arXiv identifier. */
export function arxivPaperId(id: ArxivId): PaperId {
  return `arxiv:${id}` as PaperId;
}

/** A slug that was cut, or happens to look like one. Cutting leaves at least this much. */
const CUT_SLUG = /^(.{40,})-[0-9a-f]{8}$/;

const shortHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);

/**
 * What two spellings of one title share: its letters and digits, without case, accents, punctuation and spaces. A title
 * that has none gives a hash.
 */
export function titleKey(title: string): string {
  const key = fold(title).replace(/[^\p{L}\p{N}]+/gu, "");
  return key === "" ? shortHash(title) : key;
}

/** The id of a paper known by its title alone. Titles with the same key get the same id unless the slug is cut. */
export function titlePaperId(title: string): PaperId {
  const slug = fold(title)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  if (slug === "") return `title:${titleKey(title)}` as PaperId;
  if (slug.length <= SLUG_LENGTH) return `title:${slug}` as PaperId;
  // Never cut a surrogate pair in two.
  const head = slug.slice(0, SLUG_LENGTH - 9).replace(/[-\p{Cs}]+$/u, "");
  return `title:${head}-${shortHash(titleKey(title))}` as PaperId;
}

/**
 * What is known of the key of every title that gives an id: the whole key or, where the id may be a cut one, its
 * beginning. Undefined for ids that no title gives.
 */
export function titleKeyOf(id: PaperId): { readonly key: string; readonly whole: boolean } | undefined {
  if (!id.startsWith("title:")) return undefined;
  const slug = id.slice("title:".length);
  const head = CUT_SLUG.exec(slug)?.[1] ?? slug;
  return { key: head.replaceAll("-", ""), whole: head === slug };
}

/** Reads a paper id as this program writes it; undefined for other text. */
export function parsePaperId(text: string): PaperId | undefined {
  if (text.startsWith("arxiv:")) {
    const id = parseArxivId(text.slice("arxiv:".length));
    return id === undefined ? undefined : arxivPaperId(id);
  }
  return /^title:[\p{L}\p{N}-]+$/u.test(text) ? (text as PaperId) : undefined;
}

/** The month in which an arXiv identifier was given: `2110.12345` -> `2021-10`, `math/0305100` -> `2003-05`. arXiv began in 1991. */
export function arxivMonth(id: ArxivId): PartialDate | undefined {
  const [, year = "", month = ""] = /^(?:.*\/)?(\d\d)(\d\d)/.exec(id) ?? [];
  const century = id.includes("/") && Number(year) > 90 ? 19 : 20;
  return parsePartialDate(`${century}${year}-${month}`);
}

/** The arXiv identifier inside a paper id; undefined for a paper known by its title alone. */
export function arxivIdOf(id: PaperId): ArxivId | undefined {
  return id.startsWith("arxiv:") ? (id.slice("arxiv:".length) as ArxivId) : undefined;
}
