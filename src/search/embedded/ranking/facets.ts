import type { Facet, Facets } from "../../paper-index.ts";
import type { Belonging } from "../inverted/facts.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";
import { ofOrganisation, ofSource } from "../query/filter.ts";

/** Documents between two looks at the clock. */
const STEP = 4096;

const byCount = ([, a]: readonly [string, number], [, b]: readonly [string, number]): number => b - a;

const add = (counts: Map<string, number>, value: string, count: number): void =>
  void counts.set(value, (counts.get(value) ?? 0) + count);

/**
 * The names that most documents have, each with how many a search for it would find: that also finds names that have its
 * words, such as those of a department.
 */
function countNames(
  belongings: Common["belongings"],
  namesOf: (belonging: Pick<Belonging, "listedOn" | "organisation">) => readonly string[],
  {
    test,
    most,
  }: {
    readonly test: (name: string) => (belonging: Pick<Belonging, "listedOn" | "organisation">) => boolean;
    readonly most: number;
  },
): Facet[] {
  const counts = new Map<string, number>();
  for (const [belonging, count] of belongings)
    for (const name of new Set(namesOf(belonging))) add(counts, name, count);
  const chosen = [...counts].toSorted(byCount).slice(0, most);
  return chosen.map(([value]) => {
    const fits = test(value);
    let count = 0;
    for (const [belonging, held] of belongings) if (fits(belonging)) count += held;
    return { value, count };
  });
}

/** What papers were counted to have in common. */
export interface Common {
  readonly years: ReadonlyMap<number, number>;
  readonly belongings: ReadonlyMap<Pick<Belonging, "listedOn" | "organisation">, number>;
}

/** The facets of what was counted. */
export function facetsOf({ years, belongings }: Common, most: number): Facets {
  const newest = [...years].toSorted(([a], [b]) => b - a).slice(0, most);
  return {
    years: newest.map(([year, count]) => ({ value: String(year), count })),
    organisations: countNames(belongings, ({ organisation }) => (organisation ? [organisation.name] : []), {
      test: ofOrganisation,
      most,
    }),
    sources: countNames(belongings, ({ listedOn }) => listedOn, { test: ofSource, most }),
  };
}

/** Counts what documents have in common: one look at each, and one at each thing that many of them have in common. */
export async function countFacets(
  { facts }: InvertedIndex,
  documents: ArrayLike<number>,
  most: number,
  pace: Pace,
): Promise<Facets> {
  const years = new Map<number, number>();
  const belongings = new Map<Belonging, number>();
  for (let from = 0; from < documents.length; from += STEP) {
    const end = Math.min(documents.length, from + STEP);
    pace.entries(end - from);
    for (let i = from; i < end; i++) {
      const document = documents[i] ?? 0;
      const year = Math.floor(facts.firstDay(document) / 10_000);
      if (year > 0) years.set(year, (years.get(year) ?? 0) + 1);
      const belonging = facts.belonging(document);
      belongings.set(belonging, (belongings.get(belonging) ?? 0) + 1);
    }
    await pace.pause();
  }
  pace.entries(2 * most * belongings.size);
  return facetsOf({ years, belongings }, most);
}
