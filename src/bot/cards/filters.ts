import type { Facets } from "../../search/paper-index.ts";
import type { Narrowing } from "../../search/query/edit-query.ts";
import { narrowed, widened } from "../../search/query/edit-query.ts";
import type { SearchQuery } from "../../search/query/search-query.ts";
import type { DataRecord, Filter, Invocation } from "../reply.ts";

/** Values that are counted for each filter: one line, or two on a phone. */
export const FACETS = 6;

/** The time that a query asks for, in words: its year, where it is one. */
function timeText({ from, before }: SearchQuery): string | undefined {
  if (from === undefined && before === undefined) return undefined;
  const year = /^(\d{4})-01-01$/.exec(from ?? "")?.[1];
  if (year !== undefined && before === `${Number(year) + 1}-01-01`) return year;
  return [
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(before === undefined ? [] : [`before ${before}`]),
  ].join(" ");
}

const search = (query: string): Invocation => ({ command: "search", args: { query } });

/** One value that all papers have narrows nothing down. */
const several = (of: Facets["years"]): Facets["years"] => (of.length > 1 ? of : []);

/** What narrows a query down, each with the search without it; and what could, with how many papers that would leave. */
export function filtersOf(typed: string, query: SearchQuery, facets: Facets | undefined): Filter[] {
  const time = timeText(query);
  const active = (by: Narrowing, value: string): Filter[] => {
    const rest = widened(typed, by, value);
    return [{ by, value, active: true, ...(rest === "" ? {} : { run: search(rest) }) }];
  };
  const offered = (by: Narrowing, of: Facets["years"]): Filter[] =>
    of.map(({ value, count }) => ({
      by,
      value,
      count,
      active: false,
      run: search(narrowed(typed, by, value)),
    }));
  const { years = [], organisations = [], sources = [] } = facets ?? {};
  return [
    ...(time === undefined ? offered("year", several(years)) : active("year", time)),
    ...query.organisations.flatMap((name) => active("organisation", name)),
    ...(query.organisations.length > 0 ? [] : offered("organisation", several(organisations))),
    ...query.sources.flatMap((name) => active("source", name)),
    ...(query.sources.length > 0 ? [] : offered("source", several(sources))),
  ];
}

/** A filter as data: with the query that it leads to. */
export const filterRecord = ({ run, ...filter }: Filter): DataRecord => ({
  ...filter,
  ...(run === undefined ? {} : { query: run.args["query"] }),
});
