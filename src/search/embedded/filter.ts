import { fold } from "../../corpus/fold.ts";
import type { Paper } from "../../corpus/paper.ts";
import { titleKey } from "../../corpus/paper-id.ts";
import { firstDay, lastDay } from "../../corpus/partial-date.ts";
import type { SearchQuery } from "../query/search-query.ts";
import { stem } from "../text/stem.ts";
import { findWords, splitHyphens } from "../text/words.ts";
import type { InvertedIndex } from "./inverted-index.ts";
import { numberOf } from "./packed-lists.ts";

/** What a filter says of a paper: `undated` when all holds but the date, which is not known. */
type Verdict = "keep" | "drop" | "undated";

export type Filter = (document: number) => Verdict;

type Test = (paper: Paper, document: number) => boolean;

/**
 * A pattern for words that stand together in a text without apostrophes; hyphens inside a word may be missing.
 * Undefined without a word.
 */
function phrasePattern(phrase: string): RegExp | undefined {
  const words = Array.from(findWords(phrase), ({ raw }) =>
    splitHyphens(raw.replace(/['’]/g, ""))
      .map((part) => part.toLowerCase())
      .join(String.raw`[^\p{L}\p{N}]?`),
  ).filter((word) => word !== "");
  if (words.length === 0) return undefined;
  return new RegExp(
    String.raw`(?<![\p{L}\p{N}])${words.join(String.raw`[^\p{L}\p{N}]+`)}(?![\p{L}\p{N}])`,
    "u",
  );
}

/** The title and abstract as a phrase is looked for in them; a phrase never runs from one into the other. */
function foldedText(paper: Paper): string {
  return fold(`${paper.title} \u0001 ${paper.abstract ?? ""}`).replace(/['’]/g, "");
}

const hasPhrase =
  (pattern: RegExp): Test =>
  (paper) =>
    pattern.test(foldedText(paper));

function documentSet(index: InvertedIndex, term: number | undefined): ReadonlySet<number> {
  return new Set(term === undefined ? [] : Array.from(index.documentsOf(term), numberOf));
}

/** A single word is excluded in all its forms; several words as the phrase they are. */
function lacks(index: InvertedIndex, excluded: string): Test {
  const words = [...findWords(excluded)];
  const [only] = words;
  if (only !== undefined && words.length === 1) {
    const joined = splitHyphens(only.raw).join("").toLowerCase();
    const having = documentSet(index, index.termOf(stem(joined)));
    return (_paper, document) => !having.has(document);
  }
  const pattern = phrasePattern(excluded);
  return (paper) => pattern === undefined || !pattern.test(foldedText(paper));
}

/** All the words asked for stand in the name of one author. */
function hasAuthor(index: InvertedIndex, asked: string): Test {
  const words = Array.from(findWords(asked), ({ raw }) => fold(raw));
  const sets = words.map((word) => documentSet(index, index.authorTermOf(word)));
  const nameHasAll = (name: string): boolean => {
    const parts = new Set(Array.from(findWords(name), ({ raw }) => fold(raw)));
    return words.every((word) => parts.has(word));
  };
  return (paper, document) =>
    words.length > 0 &&
    sets.every((set) => set.has(document)) &&
    paper.authors?.kind === "named" &&
    paper.authors.names.some(nameHasAll);
}

/** The organisation's handle or name, or whole words of its name. */
function isOf(asked: string): Test {
  const key = titleKey(asked);
  const words = ` ${fold(asked).trim()} `;
  return ({ organisation }) =>
    organisation !== undefined &&
    (titleKey(organisation.name) === key ||
      (organisation.handle !== undefined && titleKey(organisation.handle) === key) ||
      ` ${fold(organisation.name)} `.includes(words));
}

/** A date of less than full precision passes when any day it may mean passes. */
function inTime({ date }: Paper, { from, before }: SearchQuery): boolean {
  if (date === undefined) return false;
  return (from === undefined || lastDay(date) >= from) && (before === undefined || firstDay(date) < before);
}

/** Whether a query asks for more than words. */
export function hasFilters(query: SearchQuery): boolean {
  const lists = [query.phrases, query.excluded, query.organisations, query.authors];
  return lists.some((list) => list.length > 0) || query.from !== undefined || query.before !== undefined;
}

/** The filter of a query's phrases, exclusions, organisations, authors and dates. */
export function createFilter(index: InvertedIndex, query: SearchQuery): Filter {
  const phrases = query.phrases.map(phrasePattern).filter((pattern) => pattern !== undefined);
  const tests: Test[] = [
    ...query.excluded.map((word) => lacks(index, word)),
    ...query.authors.map((name) => hasAuthor(index, name)),
    ...query.organisations.map(isOf),
    ...phrases.map(hasPhrase),
  ];
  const dated = query.from !== undefined || query.before !== undefined;
  return (document) => {
    const paper = index.paper(document);
    if (paper === undefined || !tests.every((test) => test(paper, document))) return "drop";
    if (!dated || inTime(paper, query)) return "keep";
    return paper.date === undefined ? "undated" : "drop";
  };
}
