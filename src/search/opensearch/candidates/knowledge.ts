import { stem } from "../../text/stem.ts";
import type { Vocabulary } from "../../embedded/terms/vocabulary.ts";
import { createVocabulary } from "../../embedded/terms/vocabulary.ts";
import type { TermNumbers } from "../../embedded/terms/term-numbers.ts";
import { NAME_MARK } from "../../embedded/terms/term-numbers.ts";
import type { AbbreviationTable } from "../../embedded/terms/abbreviation-table.ts";
import { createAbbreviationTable } from "../../embedded/terms/abbreviation-table.ts";
import { expansionKey, MAX_EXPANSION } from "../../text/abbreviations.ts";
import { indexWords } from "../../text/index-words.ts";
import { findWords, namePieces, spellOutTo, splitHyphens } from "../../text/words.ts";
import type { Engine } from "../client/client.ts";
import type { Place } from "../stored/generations.ts";
import { wholeKey } from "../stored/keys.ts";
import type { Statistics } from "./statistics.ts";

/** Words near one that are looked at, and words that begin with some letters. */
const MOST = { near: 100, beginning: 60, definitions: 500, kept: 300_000 } as const;

/** What questions ask of all papers' words. Asked for something that is not known yet, it notes that and answers as if there were none. */
export interface Knowledge {
  readonly frequency: (term: number) => number;
  readonly vocabulary: Pick<Vocabulary, "has" | "completions" | "nearest">;
  readonly abbreviations: Pick<AbbreviationTable, "expansionOf" | "abbreviationsOf">;
  /** Notes that the words of a text will be asked for, in all the ways in which queries are read. */
  readonly expect: (text: string) => void;
  /** Fetches what was asked for and not known; false where there was nothing. */
  readonly fetch: (exact: boolean) => Promise<boolean>;
}

/** What was learnt of all papers' words, for one question after the other. */
export interface Learnt {
  /** What one question asks. */
  readonly knowledge: () => Knowledge;
  /** Forgets all, since papers came or went. */
  readonly forget: () => void;
}

interface WordAnswer {
  readonly responses: readonly {
    readonly hits?: { readonly hits: readonly { readonly _id: string }[] };
    readonly aggregations?: {
      readonly pairs: { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] };
    };
  }[];
}

/** What is known so far, and what is to be asked. */
interface Memory {
  readonly frequencies: Map<number, number>;
  readonly words: Map<string, boolean>;
  readonly near: Map<string, Vocabulary>;
  readonly beginning: Map<string, Vocabulary>;
  readonly shorts: Map<string, AbbreviationTable>;
  readonly longs: Map<string, AbbreviationTable>;
}

const emptyMemory = (): Memory => ({
  frequencies: new Map(),
  words: new Map(),
  near: new Map(),
  beginning: new Map(),
  shorts: new Map(),
  longs: new Map(),
});

type Wanted = {
  readonly [Kind in keyof Memory]: Set<Memory[Kind] extends Map<infer Key, unknown> ? Key : never>;
};

const nothingWanted = (): Wanted => ({
  frequencies: new Set(),
  words: new Set(),
  near: new Set(),
  beginning: new Set(),
  shorts: new Set(),
  longs: new Set(),
});

/** Where the words are kept and counted. */
export interface KnowledgeParts {
  readonly engine: Engine;
  readonly statistics: Statistics;
  readonly terms: TermNumbers;
  readonly place: Pick<Place, "papers" | "words">;
}

/** The questions to the index of words, with what takes their answers. */
function wordQuestions({ terms }: KnowledgeParts, memory: Memory, wanted: Wanted) {
  const vocabularyOf = (ids: readonly string[]): Vocabulary => {
    const vocabulary = createVocabulary();
    for (const word of ids) vocabulary.add(word, terms.add(stem(word)));
    return vocabulary;
  };
  const questions: { readonly query: object; readonly take: (ids: readonly string[]) => void }[] = [];
  if (wanted.words.size > 0) {
    const asked = [...wanted.words];
    questions.push({
      query: { size: asked.length, _source: false, query: { ids: { values: asked } } },
      take: (ids) => {
        const found = new Set(ids);
        for (const word of asked) memory.words.set(word, found.has(word));
      },
    });
  }
  for (const word of wanted.near) {
    const fuzziness = word.length <= 3 ? 0 : word.length <= 5 ? 1 : 2;
    const query = {
      fuzzy: {
        word: { value: word, fuzziness, prefix_length: 0, max_expansions: MOST.near, transpositions: true },
      },
    };
    questions.push({
      query: { size: MOST.near, _source: false, query },
      take: (ids) => memory.near.set(word, vocabularyOf(ids)),
    });
  }
  for (const letters of wanted.beginning) {
    questions.push({
      query: {
        size: MOST.beginning,
        _source: false,
        query: { prefix: { word: letters } },
        sort: [{ length: "asc" }, { word: "asc" }],
      },
      take: (ids) => memory.beginning.set(letters, vocabularyOf(ids)),
    });
  }
  return questions;
}

async function fetchWords(parts: KnowledgeParts, memory: Memory, wanted: Wanted): Promise<void> {
  const questions = wordQuestions(parts, memory, wanted);
  if (questions.length === 0) return;
  const answer = await parts.engine.ask<WordAnswer>({
    method: "POST",
    path: `/${parts.place.words}/_msearch`,
    lines: questions.flatMap(({ query }) => [{}, query]),
  });
  questions.forEach(({ take }, i) => take(answer.responses[i]?.hits?.hits.map(({ _id }) => _id) ?? []));
}

async function fetchDefinitions(
  { engine, place }: KnowledgeParts,
  memory: Memory,
  wanted: Wanted,
): Promise<void> {
  const [shorts, longs] = [[...wanted.shorts], [...wanted.longs]];
  if (shorts.length + longs.length === 0) return;
  const answer = await engine.ask<WordAnswer["responses"][number]>({
    method: "POST",
    path: `/${place.papers}/_search`,
    body: {
      size: 0,
      query: { bool: { should: [{ terms: { shorts } }, { terms: { longs: longs.map(wholeKey) } }] } },
      aggs: { pairs: { terms: { field: "definitions", size: MOST.definitions } } },
    },
  });
  const pairs = (answer.aggregations?.pairs.buckets ?? []).flatMap(({ key, doc_count: count }) => {
    const at = key.indexOf("|");
    return [[key.slice(0, at), key.slice(at + 1), count] as const];
  });
  for (const short of shorts)
    memory.shorts.set(short, createAbbreviationTable(pairs.filter(([one]) => one === short)));
  for (const long of longs)
    memory.longs.set(long, createAbbreviationTable(pairs.filter(([, one]) => one === long)));
}

async function fetchFrequencies(
  { statistics, terms }: KnowledgeParts,
  memory: Memory,
  wanted: Wanted,
  exact: boolean,
): Promise<void> {
  if (wanted.frequencies.size === 0) return;
  const asked = Array.from(wanted.frequencies, (term) => [term, terms.textOf(term)] as const);
  const counts = await statistics.frequencies(
    asked.map(([, text]) => text),
    exact,
  );
  for (const [term, text] of asked) memory.frequencies.set(term, counts.get(text) ?? 0);
}

/** What is known of a key, which is wanted where nothing is. */
function look<Key, Value>(known: Map<Key, Value>, wanted: Set<Key>, key: Key): Value | undefined {
  const value = known.get(key);
  if (value === undefined) wanted.add(key);
  return value;
}

/** What is asked of a memory for one question; what it lacks is noted. */
function ask(parts: KnowledgeParts, memory: Memory): Knowledge {
  const { terms } = parts;
  let wanted = nothingWanted();
  const frequency = (term: number): number => look(memory.frequencies, wanted.frequencies, term) ?? 0;
  const has = (word: string): boolean => look(memory.words, wanted.words, word) ?? false;
  const expansionOf = (short: string): string | undefined =>
    look(memory.shorts, wanted.shorts, short)?.expansionOf(short);
  const abbreviationsOf = (long: string): readonly string[] =>
    look(memory.longs, wanted.longs, long)?.abbreviationsOf(long) ?? [];
  const expectRuns = (words: readonly string[], at: number): void => {
    for (let length = 2; length <= MAX_EXPANSION && at + length <= words.length; length++) {
      const run = words.slice(at, at + length);
      abbreviationsOf(expansionKey(run));
      if (length <= 3 && has(run.join(""))) frequency(terms.add(stem(run.join(""))));
    }
  };
  return {
    frequency,
    vocabulary: {
      has,
      nearest: (word) => look(memory.near, wanted.near, word)?.nearest(word) ?? [],
      completions: (prefix) => look(memory.beginning, wanted.beginning, prefix)?.completions(prefix) ?? [],
    },
    abbreviations: { expansionOf, abbreviationsOf },
    expect(text) {
      const typed = Array.from(findWords(text)).flatMap(({ raw }) => {
        for (const word of [...indexWords(raw), ...(spellOutTo(raw)?.parts ?? [])])
          frequency(terms.add(stem(word)));
        return splitHyphens(raw);
      });
      const words = typed.map((part) => part.toLowerCase());
      for (const [at, part] of typed.entries()) {
        const word = words[at] ?? "";
        for (const one of [word, ...namePieces(part)]) frequency(terms.add(stem(one)));
        frequency(terms.add(NAME_MARK + word));
        expansionOf(stem(word));
        expectRuns(words, at);
      }
    },
    async fetch(exact) {
      const asked = wanted;
      if (Object.values(asked).every((set) => set.size === 0)) return false;
      wanted = nothingWanted();
      await Promise.all([
        fetchWords(parts, memory, asked),
        fetchDefinitions(parts, memory, asked),
        fetchFrequencies(parts, memory, asked, exact),
      ]);
      return true;
    },
  };
}

/** Learns of all papers' words what is asked. */
export function createLearnt(parts: KnowledgeParts): Learnt {
  let memory = emptyMemory();
  return {
    knowledge() {
      if (memory.frequencies.size > MOST.kept || memory.words.size > MOST.kept) memory = emptyMemory();
      return ask(parts, memory);
    },
    forget() {
      memory = emptyMemory();
    },
  };
}
