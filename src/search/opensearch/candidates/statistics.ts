import type { Engine } from "../client/client.ts";
import type { Place } from "../stored/generations.ts";

/** The answer to a request for the statistics of words. */
interface TermVectors {
  readonly docs: readonly {
    readonly term_vectors?: Readonly<
      Record<string, { readonly terms: Readonly<Record<string, { readonly doc_freq?: number }>> }>
    >;
  }[];
}

interface Counted {
  readonly responses: readonly { readonly hits?: { readonly total: { readonly value: number } } }[];
}

/** Words of one request, and words that are counted exactly in one. */
const MOST = { words: 3000, exact: 200 } as const;

/** In fewer papers than this a word is counted anew: those that were replaced count in the lists until they are merged. */
const FEW = 10;

/** Which shards an index has, each by a routing that leads to it. */
async function routingsOf(engine: Engine, index: string): Promise<readonly string[]> {
  const routings = new Map<string, string>();
  const wanted = await engine.ask<{ readonly shards: readonly unknown[] }>({
    method: "GET",
    path: `/${index}/_search_shards`,
  });
  for (let i = 0; i < 1000 && routings.size < wanted.shards.length; i++) {
    const { shards } = await engine.ask<{
      readonly shards: readonly (readonly { readonly index: string; readonly shard: number }[])[];
    }>({ method: "GET", path: `/${index}/_search_shards`, query: { routing: String(i) } });
    for (const [one] of shards)
      if (one !== undefined)
        routings.set(`${one.index} ${one.shard}`, routings.get(`${one.index} ${one.shard}`) ?? String(i));
  }
  return [...routings.values()];
}

/** Counts in how many papers words stand. */
export interface Statistics {
  /** By word; those of `exact` without papers that were replaced or removed. */
  readonly frequencies: (words: readonly string[], exact: boolean) => Promise<ReadonlyMap<string, number>>;
}

const fieldOf = (word: string): "names" | "terms" => (word.startsWith("@") ? "names" : "terms");

/** Another program may make the index anew, with other shards; they are looked up after this, in milliseconds. */
const SHARDS_HOLD = 30_000;

/** What is told of the words of a text: in how many papers of a shard each stands. */
const STATISTICS = {
  fields: ["terms", "names"],
  term_statistics: true,
  field_statistics: false,
  positions: false,
  offsets: false,
  payloads: false,
} as const;

/** Counts words in the index of the papers, each shard for itself. */
export function createStatistics(engine: Engine, place: Pick<Place, "papers">): Statistics {
  let routing: Promise<readonly string[]> | undefined;
  let askedAt = 0;
  const routings = (): Promise<readonly string[]> => {
    if (performance.now() - askedAt > SHARDS_HOLD) routing = undefined;
    if (routing === undefined) askedAt = performance.now();
    routing ??= routingsOf(engine, place.papers);
    routing.catch(() => (routing = undefined));
    return routing;
  };
  const listed = async (words: readonly string[], counts: Map<string, number>): Promise<void> => {
    const doc = {
      terms: words.filter((word) => fieldOf(word) === "terms").join(" "),
      names: words.filter((word) => fieldOf(word) === "names").join(" "),
    };
    const answer = await engine.ask<TermVectors>({
      method: "POST",
      path: `/${place.papers}/_mtermvectors`,
      body: {
        docs: (await routings()).map((one) => ({ ...STATISTICS, _index: place.papers, routing: one, doc })),
      },
    });
    for (const { term_vectors: fields = {} } of answer.docs)
      for (const { terms } of Object.values(fields))
        for (const [word, { doc_freq: count = 0 }] of Object.entries(terms))
          counts.set(word, (counts.get(word) ?? 0) + count);
  };
  const counted = async (words: readonly string[], counts: Map<string, number>): Promise<void> => {
    const answer = await engine.ask<Counted>({
      method: "POST",
      path: `/${place.papers}/_msearch`,
      lines: words.flatMap((word) => [
        {},
        { size: 0, track_total_hits: true, query: { term: { [fieldOf(word)]: word } } },
      ]),
    });
    words.forEach((word, i) => counts.set(word, answer.responses[i]?.hits?.total.value ?? 0));
  };
  return {
    async frequencies(words, exact) {
      const counts = new Map<string, number>();
      for (let from = 0; from < words.length; from += MOST.words)
        await listed(words.slice(from, from + MOST.words), counts);
      if (!exact) return counts;
      const few = words.filter((word) => {
        const count = counts.get(word) ?? 0;
        return count > 0 && count < FEW;
      });
      for (let from = 0; from < few.length; from += MOST.exact)
        await counted(few.slice(from, from + MOST.exact), counts);
      return counts;
    },
  };
}
