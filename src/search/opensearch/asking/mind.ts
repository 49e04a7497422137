import type { Boards } from "../../embedded/ranking/board.ts";
import { createBoards } from "../../embedded/ranking/board.ts";
import type { TermNumbers } from "../../embedded/terms/term-numbers.ts";
import { createTermNumbers } from "../../embedded/terms/term-numbers.ts";
import type { TermValues } from "../../embedded/terms/term-values.ts";
import { createTermValues } from "../../embedded/terms/term-values.ts";
import type { WordTable } from "../../meaning/word-table.ts";
import type { PaperCache } from "../candidates/paper-cache.ts";
import { createPaperCache } from "../candidates/paper-cache.ts";
import type { Learnt } from "../candidates/knowledge.ts";
import { createLearnt } from "../candidates/knowledge.ts";
import { createStatistics } from "../candidates/statistics.ts";
import type { Whole } from "../candidates/view.ts";
import type { Engine } from "../client/client.ts";
import type { Place } from "../stored/generations.ts";
import { searchRests } from "../../resting.ts";
import type { Question } from "./questions.ts";

/** What is kept between questions: numbers of terms, what is known of words, papers that were asked for lately. */
export interface Mind {
  readonly engine: Engine;
  readonly place: Place;
  readonly table: WordTable | undefined;
  readonly terms: TermNumbers;
  readonly cache: PaperCache;
  /** What is known of all papers, for one question. */
  readonly whole: () => Promise<Whole>;
  /** Sends searches over the papers together; their answers are in their order. */
  readonly searchAll: <Answer>(questions: readonly Question[]) => Promise<readonly Answer[]>;
  /** Forgets what was known of all papers, since some came or went. */
  readonly forget: () => void;
  /** Words of papers that were seen and are in no index of words yet; each is given once. */
  readonly newWords: () => readonly string[];
}

/** What is known of all papers holds so long, in milliseconds, where other programs may change them. */
const FRESH = 5000;

/** The terms that are numbered before all are forgotten: whoever types nonsense makes new ones. */
const MOST_TERMS = 4_000_000;

interface Counted {
  readonly hits: { readonly total: { readonly value: number } };
  readonly aggregations: { readonly length: { readonly value: number | null } };
}

/** A search of several failed. */
interface Failed {
  readonly status: number;
  readonly error: { readonly reason?: string; readonly root_cause?: readonly { readonly reason?: string }[] };
}

const isFailed = (answer: object): answer is Failed => "error" in answer;

/** The terms, and what follows from their numbers. */
interface Numbered {
  readonly terms: TermNumbers;
  readonly learnt: Learnt;
  readonly cache: PaperCache;
  readonly boards: Boards;
  readonly worths: TermValues;
}

function numberTerms(engine: Engine, place: Place, note: (word: string) => void): Numbered {
  const terms = createTermNumbers({ add: note });
  return {
    terms,
    learnt: createLearnt({ engine, terms, statistics: createStatistics(engine, place), place }),
    cache: createPaperCache(engine, place, terms),
    boards: createBoards(),
    worths: createTermValues(terms.size),
  };
}

/** How many papers there are and how long they are, asked once in a while; `changed` is told that they are others. */
function createCount(engine: Engine, place: Place, changed: () => void) {
  let counted: { readonly at: number; readonly answer: Promise<Counted> } | undefined;
  const ask = (): Promise<Counted> =>
    engine.ask<Counted>({
      method: "POST",
      path: `/${place.papers}/_search`,
      body: { size: 0, track_total_hits: true, aggs: { length: { avg: { field: "length" } } } },
    });
  let before = -1;
  return {
    count: (): Promise<Counted> => {
      if (counted !== undefined && performance.now() - counted.at < FRESH) return counted.answer;
      const answer = ask().then((now) => {
        if (before !== now.hits.total.value) changed();
        before = now.hits.total.value;
        return now;
      });
      counted = { at: performance.now(), answer };
      answer.catch(() => (counted = undefined));
      return answer;
    },
    forget: (): void => void (counted = undefined),
  };
}

/** Sends searches over the papers together. */
async function searchAll<Answer>(
  engine: Engine,
  place: Place,
  questions: readonly Question[],
): Promise<readonly Answer[]> {
  const { responses } = await engine.ask<{ readonly responses: readonly object[] }>({
    method: "POST",
    path: `/${place.papers}/_msearch`,
    lines: questions.flatMap((question) => [{}, question]),
  });
  const failed = responses.find(isFailed);
  if (failed === undefined) return responses as readonly Answer[];
  const why = new Error(`OpenSearch refused a search: ${JSON.stringify(failed.error).slice(0, 500)}`);
  throw failed.status === 429 || failed.status === 503 ? searchRests(why) : why;
}

/** What questions to the papers at a place begin with. */
export function createMind(engine: Engine, place: Place, table: WordTable | undefined): Mind {
  let seen = new Set<string>();
  const note = (word: string): void => void seen.add(word);
  let numbered = numberTerms(engine, place, note);
  const counting = createCount(engine, place, () => numbered.learnt.forget());
  return {
    engine,
    place,
    table,
    get terms() {
      return numbered.terms;
    },
    get cache() {
      return numbered.cache;
    },
    async whole() {
      const { hits, aggregations } = await counting.count();
      if (numbered.terms.size() > MOST_TERMS) numbered = numberTerms(engine, place, note);
      const { terms, learnt, boards, worths } = numbered;
      const averageLength = aggregations.length.value ?? 0;
      return {
        papers: hits.total.value,
        averageLength,
        knowledge: learnt.knowledge(),
        terms,
        boards,
        worths,
      };
    },
    searchAll: (questions) => searchAll(engine, place, questions),
    forget() {
      counting.forget();
      numbered.learnt.forget();
    },
    newWords() {
      const words = [...seen];
      seen = new Set();
      return words;
    },
  };
}
