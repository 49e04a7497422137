import type { Paper, PaperId } from "../../../corpus/paper.ts";
import type { PartialDate } from "../../../corpus/partial-date.ts";
import type { IndexCounts, OrganisationCount, PaperIndex } from "../../paper-index.ts";
import type { Mind } from "../asking/mind.ts";
import type { Question } from "../asking/questions.ts";

/** Things that are counted in one page. */
const PAGE = 5000;

/** As many as are gone to by their place among all; of more papers one is drawn by the engine. */
const BY_PLACE = 10_000;

interface Buckets {
  readonly buckets: readonly { readonly key: { readonly value: string }; readonly doc_count: number }[];
  readonly after_key?: object;
}

/** The values of a field with the number of papers of each. */
async function* valuesOf({ searchAll }: Mind, field: string): AsyncGenerator<readonly [string, number]> {
  let after: object | undefined;
  do {
    const [answer] = await searchAll<{ readonly aggregations: { readonly all: Buckets } }>([
      {
        size: 0,
        aggs: {
          all: {
            composite: {
              size: PAGE,
              sources: [{ value: { terms: { field } } }],
              ...(after === undefined ? {} : { after }),
            },
          },
        },
      },
    ]);
    const { buckets = [], after_key: next } = answer?.aggregations.all ?? {};
    for (const { key, doc_count: count } of buckets) yield [key.value, count];
    after = buckets.length < PAGE ? undefined : next;
  } while (after !== undefined);
}

interface Total {
  readonly hits: {
    readonly total: { readonly value: number };
    readonly hits: readonly { readonly fields?: { readonly date?: readonly [PartialDate] } }[];
  };
}

const count = (query: object): Question => ({ size: 0, track_total_hits: true, query });

const having = (field: string): Question => count({ exists: { field } });

/** The oldest or the newest date. */
const end = (order: "asc" | "desc"): Question => ({
  size: 1,
  _source: false,
  docvalue_fields: ["date"],
  query: { exists: { field: "date" } },
  sort: [{ date: order }],
});

async function counts(mind: Mind): Promise<IndexCounts> {
  const answers = await mind.searchAll<Total>([
    count({ match_all: {} }),
    having("date"),
    having("authorsKind"),
    count({ term: { authorsKind: "named" } }),
    having("organisation"),
    having("comments"),
    end("asc"),
    end("desc"),
  ]);
  const [papers = 0, dated = 0, withAuthors = 0, withNames = 0, withOrganisation = 0, withComments = 0] =
    answers.map(({ hits }) => hits.total.value);
  const [oldest, newest] = answers.slice(6).map(({ hits }) => hits.hits[0]?.fields?.date?.[0]);
  const sources: string[] = [];
  for await (const [name] of valuesOf(mind, "sources")) sources.push(name);
  return {
    papers,
    dated,
    withAuthors,
    withNames,
    withOrganisation,
    withComments,
    ...(oldest === undefined || newest === undefined ? {} : { oldest, newest }),
    sources: sources.toSorted(),
  };
}

async function organisations(mind: Mind): Promise<readonly OrganisationCount[]> {
  const found = new Map<string, { papers: number; readonly handles: string[] }>();
  for await (const [text, papers] of valuesOf(mind, "organisation")) {
    const [name, handle] = JSON.parse(text) as [string, string | null];
    const known = found.get(name) ?? { papers: 0, handles: [] };
    known.papers += papers;
    if (handle !== null) known.handles.push(handle);
    found.set(name, known);
  }
  return Array.from(found, ([name, { papers, handles }]) => ({ name, handles, papers }));
}

interface Drawn {
  readonly hits: {
    readonly total: { readonly value: number };
    readonly hits: readonly { readonly _source: { readonly paper: string } }[];
  };
}

async function draw({ searchAll }: Mind, chance: number): Promise<Paper | undefined> {
  for (const query of [{ term: { stands: true } }, { match_all: {} }]) {
    const [counted] = await searchAll<Drawn>([count(query)]);
    const papers = counted?.hits.total.value ?? 0;
    if (papers === 0) continue;
    const filtered = { bool: { filter: [query] } };
    const seed = Math.floor(chance * 2 ** 31);
    const [drawn] = await searchAll<Drawn>([
      papers <= BY_PLACE
        ? {
            from: Math.floor(chance * papers),
            size: 1,
            _source: ["paper"],
            query: filtered,
            sort: [{ added: "asc" }, { id: "asc" }],
          }
        : {
            size: 1,
            _source: ["paper"],
            query: {
              function_score: {
                query: filtered,
                random_score: { seed, field: "lot" },
                boost_mode: "replace",
              },
            },
          },
    ]);
    const { _source: source } = drawn?.hits.hits[0] ?? {};
    return source === undefined ? undefined : (JSON.parse(source.paper) as Paper);
  }
  return undefined;
}

interface IdHits {
  readonly hits: { readonly hits: readonly { readonly fields: { readonly id: readonly [PaperId] } }[] };
}

/** Ids that are looked at for one beginning. */
const MOST_IDS = 10_000;

/** What is known of how many papers, and what names one of them. */
export const counting = (mind: Mind): Pick<PaperIndex, "counts" | "organisations" | "draw" | "idsFrom"> => ({
  counts: () => counts(mind),
  organisations: () => organisations(mind),
  draw: (chance) => draw(mind, chance),
  async idsFrom(start) {
    const [answer] = await mind.searchAll<IdHits>([
      {
        size: MOST_IDS,
        _source: false,
        docvalue_fields: ["id"],
        query: { prefix: { id: start } },
        sort: [{ id: "asc" }],
      },
    ]);
    return (answer?.hits.hits ?? []).map(({ fields }) => fields.id[0]);
  },
});
