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

/** Of what a paper's key is made, for whoever looks for others with the same: the name of who comes first, the year, and the word. */
export interface KeyParts {
  /** As it is printed: a family name, or a group. Absent where no author is named. */
  readonly author?: string;
  readonly year?: string;
  readonly word: string;
}

export function keyParts(item: CslItem): KeyParts {
  const [author] = item.author ?? [];
  const name = author === undefined || isOthers(author) ? undefined : (author.family ?? author.literal);
  const year = item.issued?.["date-parts"][0][0];
  return {
    ...(name === undefined ? {} : { author: name }),
    ...(year === undefined ? {} : { year: String(year) }),
    word: titleWord(item.title),
  };
}

type Keyed = Pick<Paper, "id">;

function keyOf(paper: Keyed, item: CslItem): string {
  const name = nameWord(item.author?.[0] ?? item.editor?.[0]);
  const { year = "", word } = keyParts(item);
  return name + word === "" ? lastResort(paper) : `${name}${year}${word}`.slice(0, 60);
}

/** Letters that stand for a paper beside others: of its id alone, so that they stay whatever else comes in. */
function lettersOf(id: string): string {
  const bytes = createHash("sha256").update(id).digest();
  return [...bytes].map((byte) => String.fromCharCode(97 + (byte % 26))).join("");
}

/** The papers by their keys, each group in the order of its ids. */
function byKey(all: readonly (readonly [Keyed, CslItem])[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, Set<string>>();
  for (const [paper, item] of all) {
    const key = keyOf(paper, item);
    groups.set(key, (groups.get(key) ?? new Set()).add(paper.id));
  }
  return new Map([...groups].map(([key, ids]) => [key, [...ids].toSorted()]));
}

/**
 * The keys of papers that are cited together, in their order: `vaswani2017attention`, of letters and digits alone. Of papers with the
 * same the first by its id has it alone, and every other one two letters of its own behind it, of its id (three and more where two
 * have the same). `namesakes` are further papers that may have the same, such as those of the whole library: with them a paper has
 * the same key alone and in any list.
 */
export function citationKeys(
  papers: readonly (readonly [Keyed, CslItem])[],
  namesakes: readonly (readonly [Keyed, CslItem])[] = [],
): readonly string[] {
  const given = new Map<string, string>();
  const groups = byKey([...papers, ...namesakes]);
  const taken = new Set(groups.keys());
  for (const [key, [first = "", ...others]] of groups) {
    given.set(first, key);
    for (const id of others) {
      const letters = lettersOf(id);
      let length = 2;
      while (taken.has(key + letters.slice(0, length)) && length < letters.length) length++;
      taken.add(key + letters.slice(0, length));
      given.set(id, key + letters.slice(0, length));
    }
  }
  return papers.map(([paper, item]) => given.get(paper.id) ?? keyOf(paper, item));
}
