import { createHash } from "node:crypto";
import { fold } from "../corpus/fold.ts";
import { arxivIdOf } from "../corpus/identifiers/paper-id.ts";
import type { Paper } from "../corpus/paper.ts";
import type { CslItem, CslName } from "./csl-item.ts";
import { isOthers } from "./csl-item.ts";

/** Words that say nothing of a paper, and of a group. */
const EMPTY = new Set(
  "the and for with from are was not how what why when where which who can does did its via into onto your our you all that this these those over under between about towards toward using is it be to of on in an as by at or we do".split(
    " ",
  ),
);

/** The words of a text in lower case ASCII; what has no such form is left out. */
const wordsOf = (text: string): string[] => fold(text).match(/[a-z0-9]+/g) ?? [];

/** The word that a title is known by: the first with letters that says something. */
function titleWord(title: string): string {
  const words = wordsOf(title).filter((word) => /[a-z]/.test(word));
  return words.find((word) => word.length > 2 && !EMPTY.has(word)) ?? words[0] ?? "";
}

/** `García López` -> `garcialopez`; of a group its first word that says something. */
function nameWord(name: CslName | undefined): string {
  if (name === undefined || isOthers(name)) return "";
  if (name.family !== undefined) return wordsOf(name.family).join("");
  const words = wordsOf(name.literal ?? "");
  return words.find((word) => !EMPTY.has(word)) ?? words[0] ?? "";
}

/** What stands for a paper of which a key says nothing: its arXiv identifier, or a hash of its id. */
function lastResort({ id }: Pick<Paper, "id">): string {
  const arxivId = arxivIdOf(id);
  if (arxivId !== undefined) return `arxiv${arxivId.replace(/[^a-z0-9]/g, "")}`;
  return `paper${createHash("sha256").update(id).digest("hex").slice(0, 8)}`;
}

function keyOf(paper: Pick<Paper, "id">, item: CslItem): string {
  const name = nameWord(item.author?.[0] ?? item.editor?.[0]);
  const word = titleWord(item.title);
  const year = item.issued === undefined ? "" : String(item.issued["date-parts"][0][0]);
  return name + word === "" ? lastResort(paper) : `${name}${year}${word}`.slice(0, 60);
}

/** `a` … `z`, `aa`: what a number is in letters. */
function letters(number: number): string {
  const last = String.fromCharCode(97 + (number % 26));
  return number < 26 ? last : letters(Math.floor(number / 26) - 1) + last;
}

/**
 * The keys of papers that are cited together, in their order: `vaswani2017attention`, of letters and digits alone. Papers
 * with the same get `a`, `b` … behind it but for the first by its id, so that the keys do not depend on the order.
 */
export function citationKeys(papers: readonly (readonly [Pick<Paper, "id">, CslItem])[]): readonly string[] {
  const natural = papers.map(([paper, item]) => ({ id: paper.id, key: keyOf(paper, item) }));
  const byId = natural.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const taken = new Set<string>(natural.map(({ key }) => key));
  const given = new Map<string, string>();
  const first = new Set<string>();
  for (const { id, key } of byId) {
    let unique = key;
    for (let i = 0; first.has(key) && taken.has(unique); i++) unique = key + letters(i);
    first.add(key);
    taken.add(unique);
    given.set(id, unique);
  }
  return natural.map(({ id, key }) => given.get(id) ?? key);
}
