import { fold } from "../../../corpus/fold.ts";
import { titleKey } from "../../../corpus/identifiers/paper-id.ts";
import type { SearchQuery } from "../../query/search-query.ts";
import { stem } from "../../text/stem.ts";
import { askedNameWords, nameHasAll } from "../../text/holders.ts";
import { findWords, splitHyphens } from "../../text/words.ts";
import type { Belonging } from "../inverted/facts.ts";
import { dayNumber } from "../inverted/facts.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";
import type { Phrase, SetOfTerm } from "./phrase.ts";
import { createTermSets, mayHave, readPhrase } from "./phrase.ts";

/** What a filter says of a paper: `undated` when all holds but the date, which is not known. */
type Verdict = "keep" | "drop" | "undated";

/** The conditions of a query: first all that is known without reading texts, then the phrases. */
export interface Filter {
  /** How many phrases are asked for or excluded. */
  readonly phrases: number;
  /** What all conditions but those of the texts say of a paper. */
  readonly judge: (document: number) => Verdict;
  /** How many phrases must be looked for in the text of a paper that is not dropped. */
  readonly phrasesFor: (document: number) => number;
  /** Whether a folded text has the phrases that are asked for and none of those that are excluded. */
  readonly passes: (document: number, text: string) => boolean;
  /** What `passes` has said of documents so far. */
  readonly passed: Map<number, boolean>;
}

/** A condition that no text is read for. */
type Test = (document: number) => boolean;

/** The only word of an exclusion, which is excluded in all its forms; undefined for several words. */
function onlyWord(excluded: string): string | undefined {
  const [only, ...more] = findWords(excluded);
  if (only === undefined || more.length > 0) return undefined;
  return splitHyphens(only.raw).join("").toLowerCase();
}

function lacksWord(index: InvertedIndex, word: string, setOfTerm: SetOfTerm): Test {
  const having = setOfTerm(index.termOf(stem(word)));
  return (document) => having[document] !== 1;
}

/** All the words asked for stand in the name of one author. */
function hasAuthor(index: InvertedIndex, asked: string, setOfTerm: SetOfTerm, pace: Pace): Test {
  const words = askedNameWords(asked);
  const sets = words.map((word) => setOfTerm(index.nameTermOf(word)));
  return (document) => {
    if (words.length === 0 || !sets.every((set) => set[document] === 1)) return false;
    const { authors: kind, organisation } = index.facts.belonging(document);
    if (kind !== "named") return false;
    // One word that is in no organisation's name is in an author's.
    if (words.length === 1 && organisation === undefined) return true;
    pace.read();
    const authors = index.paper(document)?.authors;
    return authors?.kind === "named" && authors.names.some((name) => nameHasAll(name, words));
  };
}

/** Whether a name is the one that was asked for, however it is written, or has its words side by side. */
function nameTest(asked: string): (name: string) => boolean {
  const key = titleKey(asked);
  const words = ` ${fold(asked).trim()} `;
  return (name) => titleKey(name) === key || ` ${fold(name)} `.includes(words);
}

/** What is asked of what many papers have in common. */
type BelongingTest = (belonging: Pick<Belonging, "listedOn" | "organisation">) => boolean;

/** The organisation's handle or name, or whole words of its name. */
export function ofOrganisation(asked: string): BelongingTest {
  const [named, key] = [nameTest(asked), titleKey(asked)];
  return ({ organisation }) =>
    organisation !== undefined &&
    (named(organisation.name) ||
      (organisation.handle !== undefined && titleKey(organisation.handle) === key));
}

/** The name of a page, file or service, or whole words of it. */
export function ofSource(asked: string): BelongingTest {
  const named = nameTest(asked);
  return ({ listedOn }) => listedOn.some(named);
}

/** Asks the same of documents; what they have in common is looked at once. */
function belongs({ facts }: InvertedIndex, fits: BelongingTest): Test {
  const known = new Map<Belonging, boolean>();
  return (document) => {
    const belonging = facts.belonging(document);
    const before = known.get(belonging);
    if (before !== undefined) return before;
    const now = fits(belonging);
    known.set(belonging, now);
    return now;
  };
}

/** Whether a document's date passes. One of less than full precision passes when any day it may mean passes. */
function timeTest({ facts }: InvertedIndex, { from, before }: SearchQuery): (document: number) => boolean {
  const [first, end] = [
    from === undefined ? 0 : dayNumber(from),
    before === undefined ? Infinity : dayNumber(before),
  ];
  return (document) =>
    facts.firstDay(document) !== 0 && facts.lastDay(document) >= first && facts.firstDay(document) < end;
}

/** Whether a query asks for more than words. */
export function hasFilters(query: SearchQuery): boolean {
  const lists = [query.phrases, query.excluded, query.organisations, query.authors, query.sources];
  return lists.some((list) => list.length > 0) || query.from !== undefined || query.before !== undefined;
}

/**
 * The filter of a query's phrases, exclusions, organisations, authors, sources and dates. To make it costs the lists of the words
 * it names, each read once.
 */
export async function createFilter(index: InvertedIndex, query: SearchQuery, pace: Pace): Promise<Filter> {
  const setOfTerm = createTermSets(index, pace);
  const phrases = async (texts: readonly string[]): Promise<Phrase[]> => {
    const found: Phrase[] = [];
    for (const text of texts) {
      const phrase = readPhrase(index, text, setOfTerm);
      if (phrase !== undefined) found.push(phrase);
      await pace.pause();
    }
    return found;
  };
  const tests: Test[] = [
    ...query.organisations.map((asked) => belongs(index, ofOrganisation(asked))),
    ...query.sources.map((asked) => belongs(index, ofSource(asked))),
  ];
  const several: string[] = [];
  for (const name of query.authors) {
    tests.push(hasAuthor(index, name, setOfTerm, pace));
    await pace.pause();
  }
  for (const excluded of query.excluded) {
    const word = onlyWord(excluded);
    if (word === undefined) several.push(excluded);
    else tests.push(lacksWord(index, word, setOfTerm));
    await pace.pause();
  }
  const wanted = await phrases(query.phrases);
  const unwanted = await phrases(several);
  const inTime = timeTest(index, query);
  const dated = query.from !== undefined || query.before !== undefined;
  return {
    phrases: wanted.length + unwanted.length,
    judge(document) {
      if (!index.has(document) || !wanted.every((phrase) => mayHave(phrase, document))) return "drop";
      if (!tests.every((test) => test(document))) return "drop";
      if (!dated || inTime(document)) return "keep";
      return index.facts.firstDay(document) === 0 ? "undated" : "drop";
    },
    phrasesFor: (document) => wanted.length + unwanted.filter((phrase) => mayHave(phrase, document)).length,
    passes: (document, text) =>
      wanted.every(({ pattern }) => pattern.test(text)) &&
      !unwanted.some((phrase) => mayHave(phrase, document) && phrase.pattern.test(text)),
    passed: new Map(),
  };
}
