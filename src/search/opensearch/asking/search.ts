import { createPace, noIndexWork } from "../../embedded/pace.ts";
import { queryStems } from "../../embedded/meaning/mix.ts";
import { encodeStems } from "../../embedded/meaning/meanings.ts";
import { searchIndex } from "../../embedded/ranking/answer.ts";
import { facetsOf } from "../../embedded/ranking/facets.ts";
import type { Belonging } from "../../embedded/inverted/facts.ts";
import type { TermQuery } from "../../embedded/query/term-query.ts";
import { readTermQuery } from "../../embedded/query/term-query.ts";
import { createLookup } from "../../embedded/query/unknown-word.ts";
import { wishOf } from "../../embedded/query/wished-year.ts";
import type { MeaningVector } from "../../meaning/encoder.ts";
import type { Facets, SearchResult, Window } from "../../paper-index.ts";
import type { SearchQuery } from "../../query/search-query.ts";
import type { Candidate, FoundDocument } from "../candidates/paper-cache.ts";
import type { Whole } from "../candidates/view.ts";
import { meaningsOf, namedAmong, viewOf } from "../candidates/view.ts";
import { filtersOf } from "./filters.ts";
import type { Mind } from "./mind.ts";
import type { Questions, Searching } from "./questions.ts";
import { questionsOf } from "./questions.ts";

/** Rounds in which what a question needs to know is fetched; each knows more than the one before. */
const ROUNDS = 12;

/** The answer to one of several searches. */
export interface Answer {
  readonly hits: { readonly total?: { readonly value: number }; readonly hits: readonly FoundDocument[] };
  readonly aggregations?: {
    readonly years: { readonly buckets: readonly { readonly key: number; readonly doc_count: number }[] };
    readonly belongings: {
      readonly buckets: readonly { readonly key: string; readonly doc_count: number }[];
    };
  };
}

/** Works something out, again and again until nothing it asked for was unknown. */
export async function knowing<T>({ knowledge }: Whole, exact: boolean, work: () => Promise<T>): Promise<T> {
  for (let round = 0; round < ROUNDS; round++) {
    const result = await work();
    if (!(await knowledge.fetch(exact))) return result;
  }
  return work();
}

/** Reads the words of a text in terms of all papers. */
export async function readWords(
  whole: Whole,
  text: string,
): Promise<{ terms: TermQuery; passedOver: number }> {
  const { knowledge } = whole;
  knowledge.expect(text);
  await knowledge.fetch(true);
  return knowing(whole, true, async () => {
    const pace = createPace(noIndexWork());
    const index = viewOf([], whole);
    const lookup = createLookup(index, pace);
    const terms = await readTermQuery(index, text, { lookup, pace });
    return { terms, passedOver: lookup.passedOver() };
  });
}

/** The direction of what a query means; undefined where only words count. */
async function vectorOf({ table }: Mind, query: SearchQuery): Promise<MeaningVector | undefined> {
  if (table === undefined || query.sort !== "relevance" || query.text === "") return undefined;
  const isThere = await table.ready().then(
    () => true,
    () => false,
  );
  const stems = queryStems(query);
  return !isThere || stems.length === 0 ? undefined : encodeStems(table, stems);
}

/** The answers to the questions of one search, by their names. */
async function askAll(mind: Mind, questions: Questions): Promise<Partial<Record<keyof Questions, Answer>>> {
  const names = (Object.keys(questions) as (keyof Questions)[]).filter(
    (name) => questions[name] !== undefined,
  );
  const answers = await mind.searchAll<Answer>(names.map((name) => questions[name] ?? {}));
  return Object.fromEntries(names.map((name, i) => [name, answers[i]]));
}

/** Counts what the papers of an answer have in common, from what the engine counted of each. */
function facetsIn(answer: Answer | undefined, most: number): Facets {
  const { years, belongings } = answer?.aggregations ?? {};
  const known = (belongings?.buckets ?? []).map(({ key, doc_count: count }) => {
    const [listedOn, organisation] = JSON.parse(key) as [
      Belonging["listedOn"],
      Belonging["organisation"] | null,
    ];
    return [{ listedOn, ...(organisation ? { organisation } : {}) }, count] as const;
  });
  return facetsOf(
    {
      years: new Map((years?.buckets ?? []).map(({ key, doc_count: count }) => [key, count])),
      belongings: new Map(known),
    },
    most,
  );
}

/** Candidates that have any of a query's terms. */
const withWords = (candidates: readonly Candidate[], { weights }: TermQuery): number =>
  candidates.filter(({ entries }) => entries.some((entry) => (weights.get(entry >>> 8) ?? 0) > 0)).length;

/** How many papers there are of an answer, from what the engine counted of all and the ranking found among the candidates. */
function countsOf(
  { query, words }: Searching,
  answers: Partial<Record<keyof Questions, Answer>>,
  { found, candidates }: { readonly found: SearchResult; readonly candidates: readonly Candidate[] },
): Pick<SearchResult, "total" | "complete" | "undated"> {
  const totalOf = (name: keyof Questions): number => answers[name]?.hits.total?.value ?? 0;
  const granted = found.year === undefined ? 0 : totalOf("ofYear");
  const complete = Math.max(totalOf("complete") + granted, found.complete);
  const undated = totalOf("undated");
  if (query.sort !== "relevance" && complete > 0) return { total: complete, complete, undated };
  const wordless = words.words.length === 0 ? 0 : Math.max(0, found.total - withWords(candidates, words));
  return { total: totalOf("any") + wordless, complete, undated };
}

/** Candidates are fetched for whole pages, so that one page is as it stands in the next answer. */
const STEP = 500;

const wantedOf = ({ offset, limit }: Window): number =>
  offset + limit <= 200 ? 0 : Math.min(5000, Math.ceil((offset + limit + 100) / STEP) * STEP);

/** Answers a search: the engine finds candidates and counts, the ranking of the embedded engine orders them. */
export async function search(mind: Mind, query: SearchQuery, window: Window): Promise<SearchResult> {
  const whole = await mind.whole();
  const { terms: words, passedOver } = await readWords(whole, query.text);
  const wish = wishOf(query, words.words);
  if (wish !== undefined) await readWords(whole, wish.rest);
  const vector = await vectorOf(mind, query);
  const filters = filtersOf(query);
  const searching = { query, words, wish, filters, terms: whole.terms, vector, count: wantedOf(window) };
  const answers = await askAll(mind, questionsOf(searching, window.facets !== undefined));
  const listed = Object.values(answers).flatMap(({ hits }) => hits.hits);
  const candidates = (await mind.cache.fetch(listed)).toSorted((a, b) => a.added - b.added);
  const found = await knowing(whole, false, async () => {
    const index = viewOf(candidates, whole);
    const meanings =
      vector === undefined || mind.table === undefined
        ? undefined
        : meaningsOf(candidates, index, mind.table);
    const { facets: _, ...asked } = window;
    const manner = {
      window: asked,
      meanings,
      named: namedAmong(candidates),
      pace: createPace(noIndexWork()),
    };
    return searchIndex(index, query, manner);
  });
  const counts = countsOf(searching, answers, { found, candidates });
  const facets = window.facets;
  const byKey = query.sort !== "relevance" && words.words.length > 0 && counts.complete > 0;
  const counted = byKey ? answers.complete : answers.any;
  return {
    ...found,
    ...counts,
    notCompared: passedOver,
    ...(facets === undefined ? {} : { facets: facetsIn(counted, facets) }),
  };
}
