import { fold } from "../../corpus/fold.ts";
import type { Paper } from "../../corpus/paper.ts";
import { titleKey } from "../../corpus/paper-id.ts";
import { firstDay, lastDay } from "../../corpus/partial-date.ts";
import type { SearchQuery } from "../query/search-query.ts";
import { stem } from "../text/stem.ts";
import { STOP_WORDS } from "../text/stop-words.ts";
import { findWords, nameWords, splitHyphens } from "../text/words.ts";
import type { InvertedIndex } from "./inverted-index.ts";
import { numberOf } from "./packed-lists.ts";

/** What a filter says of a paper: `undated` when all holds but the date, which is not known. */
type Verdict = "keep" | "drop" | "undated";

export type Filter = (document: number) => Verdict;

/** A paper as tests see it: its text is folded when the first phrase is looked for, and once for all of them. */
interface Candidate {
  readonly paper: Paper;
  readonly document: number;
  readonly text: () => string;
}

type Test = (candidate: Candidate) => boolean;

/** What a filter has done so far: the work that a query costs, whatever the machine. */
export interface Work {
  /** Entries of the lists of papers that were read. */
  postings: number;
  /** Texts that were folded to look for phrases in them. */
  texts: number;
}

interface Phrase {
  readonly pattern: RegExp;
  /** Papers that may have the phrase: those that have all of its words; undefined where the lists cannot tell. */
  readonly possible: ReadonlySet<number> | undefined;
}

/** The papers of a term that are also among `others`, where there are any. */
function documentSet(
  index: InvertedIndex,
  term: number | undefined,
  work: Work,
  others?: ReadonlySet<number>,
): ReadonlySet<number> {
  const entries = term === undefined ? new Uint32Array() : index.documentsOf(term);
  work.postings += entries.length;
  const found = new Set<number>();
  for (const entry of entries) {
    const document = numberOf(entry);
    if (others === undefined || others.has(document)) found.add(document);
  }
  return found;
}

/**
 * Papers that have all words of a phrase. Only plain words are asked for: one with a hyphen or an apostrophe may stand in
 * a text in another form than it is indexed under. Undefined where no word is left.
 */
function papersWithWords(
  index: InvertedIndex,
  words: readonly string[],
  work: Work,
): ReadonlySet<number> | undefined {
  const plain = words.filter((word) => /^[\p{L}\p{N}]+$/u.test(word) && !STOP_WORDS.has(word));
  const terms = [...new Set(plain)].map((word) => index.termOf(stem(word)));
  if (terms.includes(undefined)) return new Set();
  const rarestFirst = terms
    .filter((term) => term !== undefined)
    .toSorted((one, other) => index.frequency(one) - index.frequency(other));
  let found: ReadonlySet<number> | undefined;
  for (const term of rarestFirst) {
    found = documentSet(index, term, work, found);
    if (found.size === 0) return found;
  }
  return found;
}

/**
 * Words that stand together in a text without apostrophes; hyphens inside a word may be missing. Undefined without a
 * word.
 */
function readPhrase(index: InvertedIndex, phrase: string, work: Work): Phrase | undefined {
  const words = Array.from(findWords(phrase), ({ raw }) => raw.replace(/['’]/g, ""))
    .map((raw) => ({ raw: fold(raw), parts: splitHyphens(raw).map((part) => part.toLowerCase()) }))
    .filter(({ parts }) => parts.length > 0);
  if (words.length === 0) return undefined;
  const spelled = words.map(({ parts }) => parts.join(String.raw`[^\p{L}\p{N}]?`));
  const pattern = new RegExp(
    String.raw`(?<![\p{L}\p{N}])${spelled.join(String.raw`[^\p{L}\p{N}]+`)}(?![\p{L}\p{N}])`,
    "u",
  );
  const possible = papersWithWords(
    index,
    words.map(({ raw }) => raw),
    work,
  );
  return { pattern, possible };
}

/** The title and abstract as a phrase is looked for in them; a phrase never runs from one into the other. */
function foldedText(paper: Paper): string {
  return fold(`${paper.title} \u0001 ${paper.abstract ?? ""}`).replace(/['’]/g, "");
}

const hasPhrase =
  ({ pattern, possible }: Phrase): Test =>
  ({ document, text }) =>
    (possible === undefined || possible.has(document)) && pattern.test(text());

/** A single word is excluded in all its forms; several words as the phrase they are. */
function lacks(index: InvertedIndex, excluded: string, work: Work): Test {
  const words = [...findWords(excluded)];
  const [only] = words;
  if (only !== undefined && words.length === 1) {
    const joined = splitHyphens(only.raw).join("").toLowerCase();
    const having = documentSet(index, index.termOf(stem(joined)), work);
    return ({ document }) => !having.has(document);
  }
  const phrase = readPhrase(index, excluded, work);
  if (phrase === undefined) return () => true;
  const has = hasPhrase(phrase);
  return (candidate) => !has(candidate);
}

/** All the words asked for stand in the name of one author. */
function hasAuthor(index: InvertedIndex, asked: string, work: Work): Test {
  const words = Array.from(findWords(asked)).flatMap(({ raw }) =>
    splitHyphens(raw).map((part) => part.toLowerCase()),
  );
  const sets = words.map((word) => documentSet(index, index.nameTermOf(word), work));
  const nameHasAll = (name: string): boolean => {
    const parts = new Set(Array.from(findWords(name)).flatMap(({ raw }) => nameWords(raw)));
    return words.every((word) => parts.has(word));
  };
  return ({ paper, document }) =>
    words.length > 0 &&
    sets.every((set) => set.has(document)) &&
    paper.authors?.kind === "named" &&
    paper.authors.names.some(nameHasAll);
}

/** The organisation's handle or name, or whole words of its name. */
function isOf(asked: string): Test {
  const key = titleKey(asked);
  const words = ` ${fold(asked).trim()} `;
  return ({ paper: { organisation } }) =>
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

/**
 * The filter of a query's phrases, exclusions, organisations, authors and dates. Its cost: the lists of the words it names,
 * read once, and the text of each paper that has all words of a phrase, folded once.
 */
export function createFilter(index: InvertedIndex, query: SearchQuery, work: Work): Filter {
  const phrases = query.phrases
    .map((phrase) => readPhrase(index, phrase, work))
    .filter((phrase) => phrase !== undefined)
    .toSorted((one, other) => (one.possible?.size ?? Infinity) - (other.possible?.size ?? Infinity));
  const tests: Test[] = [
    ...query.authors.map((name) => hasAuthor(index, name, work)),
    ...query.organisations.map(isOf),
    ...phrases.map(hasPhrase),
    ...query.excluded.map((word) => lacks(index, word, work)),
  ];
  const dated = query.from !== undefined || query.before !== undefined;
  return (document) => {
    const paper = index.paper(document);
    if (paper === undefined) return "drop";
    let folded: string | undefined;
    const text = (): string => {
      if (folded === undefined) work.texts++;
      return (folded ??= foldedText(paper));
    };
    const candidate = { paper, document, text };
    if (!tests.every((test) => test(candidate))) return "drop";
    if (!dated || inTime(paper, query)) return "keep";
    return paper.date === undefined ? "undated" : "drop";
  };
}
