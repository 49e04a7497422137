import { titleKey } from "../../../corpus/identifiers/paper-id.ts";
import type { Paper } from "../../../corpus/paper.ts";
import { typedWords } from "../../embedded/titles/title-index.ts";
import type { Suggestion } from "../../paper-index.ts";
import { STOP_WORDS } from "../../text/stop-words.ts";
import type { Clause } from "../asking/filters.ts";
import { any } from "../asking/filters.ts";
import type { Mind } from "../asking/mind.ts";

/** Beginnings of words shorter than this would be in nearly all titles. */
const MIN_WORD_PREFIX = 3;

interface TitleHits {
  readonly hits: {
    readonly total?: { readonly value: number };
    readonly hits: readonly {
      readonly _score: number | null;
      readonly _source: { readonly paper: string };
    }[];
  };
}

const fuzziness = (word: string): number => (word.length <= 3 ? 0 : word.length <= 5 ? 1 : 2);

/** The titles that have a typed word as it is or, where it is the last, as a beginning. */
const exactly = (word: string, isLast: boolean): Clause =>
  any([
    { term: { titleWords: word } },
    ...(isLast && word.length >= MIN_WORD_PREFIX ? [{ prefix: { titleWords: word } }] : []),
  ]);

const nearly = (word: string): Clause => ({
  fuzzy: { titleWords: { value: word, fuzziness: fuzziness(word), prefix_length: 0, transpositions: true } },
});

const suggestionsOf = (answer: TitleHits | undefined): (Suggestion & { readonly score: number })[] =>
  (answer?.hits.hits ?? []).map(({ _source, _score }) => {
    const { id, title } = JSON.parse(_source.paper) as Paper;
    return { id, title, score: _score ?? 0 };
  });

/** Titles from a beginning, from some of their words, or from words with a typing error. */
export async function suggest(
  { searchAll }: Mind,
  text: string,
  limit: number,
): Promise<readonly Suggestion[]> {
  const typed = typedWords(text);
  if (typed.length === 0 || limit <= 0) return [];
  const topical = typed.filter((word, i) => i === typed.length - 1 || !STOP_WORDS.has(word));
  const last = topical.length - 1;
  const key = titleKey(text).slice(0, 300);
  const source = { _source: ["paper"], track_total_hits: false };
  const [beginning, ...counted] = await searchAll<TitleHits>([
    {
      ...source,
      size: key === "" ? 0 : limit,
      query: { prefix: { titleKeys: key } },
      sort: [{ titleKeys: "asc" }],
    },
    ...topical.map((word, i) => ({ size: 0, track_total_hits: 1, query: exactly(word, i === last) })),
  ]);
  const starting = suggestionsOf(beginning);
  if (starting.length >= limit) return starting.map(({ id, title }) => ({ id, title }));
  const clauses = topical.map((word, i) =>
    (counted[i]?.hits.total?.value ?? 0) > 0 ? exactly(word, i === last) : nearly(word),
  );
  const [having] = await searchAll<TitleHits>([
    {
      ...source,
      size: limit + starting.length,
      query: any(clauses.map((filter) => ({ constant_score: { filter } }))),
      sort: ["_score", { added: "asc" }],
      track_scores: true,
    },
  ]);
  const known = new Set(starting.map(({ id }) => id));
  const others = suggestionsOf(having).filter(({ id }) => !known.has(id));
  const most = others[0]?.score ?? 0;
  // With words missing a title is a guess: only those that have the most of what was typed are offered.
  const offered = others.filter(({ score }) => score === most && score * 2 > typed.length - 1);
  return [...starting, ...offered].slice(0, limit).map(({ id, title }) => ({ id, title }));
}
