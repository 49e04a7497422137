import type { PaperId } from "../../../corpus/paper.ts";
import type { Match } from "../../paper-index.ts";
import type { SearchQuery } from "../../query/search-query.ts";
import { documentId } from "../stored/keys.ts";
import type { Clause } from "./filters.ts";
import { filtersOf } from "./filters.ts";
import type { Mind } from "./mind.ts";
import { having, weighed } from "./questions.ts";
import { readWords } from "./search.ts";

/** Matches of one page. */
const PAGE = 2000;

interface PageAnswer {
  readonly hits: {
    readonly hits: readonly {
      readonly _score: number | null;
      readonly fields: { readonly id: readonly [PaperId] };
      readonly sort: readonly unknown[];
    }[];
  };
}

/** All papers that have every word of a query and pass, page by page, with the engine's own scores. */
export async function* matching(
  mind: Mind,
  query: SearchQuery,
  among?: readonly PaperId[],
): AsyncGenerator<readonly Match[]> {
  const whole = await mind.whole();
  const { terms } = await readWords(whole, query.text);
  const { must, time } = filtersOf(query);
  const filters: Clause[] = [...must, ...time];
  if (among !== undefined) filters.push({ ids: { values: among.map(documentId) } });
  // Common words alone are words that find nothing, not the absence of words.
  const words = query.text !== "";
  if (words) filters.push(having(whole.terms, terms.words));
  const scored = words ? { must: [weighed(whole.terms, terms.weights)] } : {};
  let after: readonly unknown[] | undefined;
  do {
    const [answer] = await mind.searchAll<PageAnswer>([
      {
        size: PAGE,
        _source: false,
        docvalue_fields: ["id"],
        track_total_hits: false,
        track_scores: words,
        query: { bool: { ...scored, filter: filters } },
        sort: [...(words ? [{ _score: "desc" }] : []), { added: "asc" }, { id: "asc" }],
        ...(after === undefined ? {} : { search_after: after }),
      },
    ]);
    const hits = answer?.hits.hits ?? [];
    if (hits.length > 0)
      yield hits.map(({ _score, fields }) => ({ id: fields.id[0], score: words ? (_score ?? 0) : 0 }));
    after = hits.length < PAGE ? undefined : hits.at(-1)?.sort;
  } while (after !== undefined);
}
