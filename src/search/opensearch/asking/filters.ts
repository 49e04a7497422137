import { fold } from "../../../corpus/fold.ts";
import { titleKey } from "../../../corpus/identifiers/paper-id.ts";
import { dayNumber } from "../../embedded/inverted/facts.ts";
import type { SearchQuery } from "../../query/search-query.ts";
import { askedNameWords } from "../../text/holders.ts";
import { phrasePattern } from "../../text/phrase-pattern.ts";
import { stem } from "../../text/stem.ts";
import { findWords, splitHyphens } from "../../text/words.ts";
import { wholeKey } from "../stored/keys.ts";

/** A condition in OpenSearch's query language. */
export type Clause = Readonly<Record<string, unknown>>;

export const NOTHING: Clause = { match_none: {} };

/** All of some conditions. */
export const all = (clauses: readonly Clause[]): Clause => ({ bool: { filter: clauses } });

/** Any of some conditions. */
export const any = (clauses: readonly Clause[]): Clause =>
  clauses.length === 0 ? NOTHING : { bool: { should: clauses, minimum_should_match: 1 } };

/** A condition on the field of a term's text: names of people stand apart. */
export const termClause = (text: string): Clause => ({
  term: { [text.startsWith("@") ? "names" : "terms"]: text },
});

/** Words that stand side by side in a field. */
function sideBySide(field: string, words: readonly string[]): Clause {
  const [only, ...more] = words;
  if (only === undefined) return NOTHING;
  if (more.length === 0) return { term: { [field]: only } };
  return {
    span_near: { clauses: words.map((word) => ({ span_term: { [field]: word } })), slop: 0, in_order: true },
  };
}

/** Letters of a compound's parts that may be written together are tried in so many parts at most. */
const MOST_PARTS = 4;

/** The ways to write the parts of a compound: each two apart or as one. */
function spellingsOf(parts: readonly string[]): string[][] {
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return [[first]];
  if (parts.length > MOST_PARTS) return [[...parts], [parts.join("")]];
  return spellingsOf(rest).flatMap(([next = "", ...more]) => [
    [first, next, ...more],
    [first + next, ...more],
  ]);
}

/** Words of a text side by side, as a span. */
function span(words: readonly string[]): Clause {
  const clauses = words.map((word) => ({ span_term: { phrases: word } }));
  const [only] = clauses;
  return only !== undefined && clauses.length === 1
    ? only
    : { span_near: { clauses, slop: 0, in_order: true } };
}

/** A phrase as spans: its words side by side, those with hyphens in all ways. Undefined without a word. */
function phraseClause(text: string): Clause | undefined {
  const phrase = phrasePattern(text);
  if (phrase === undefined) return undefined;
  const clauses = phrase.words.map((raw) => {
    const parts = splitHyphens(raw).flatMap((part) => part.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
    const spans = spellingsOf(parts).map(span);
    return spans.length === 1 ? (spans[0] ?? NOTHING) : { span_or: { clauses: spans } };
  });
  const [only] = clauses;
  return clauses.length === 1 && only !== undefined
    ? only
    : { span_near: { clauses, slop: 0, in_order: true } };
}

/** The only word of an exclusion, which is excluded in all its forms. */
function excludedClause(text: string): Clause | undefined {
  const [only, ...more] = findWords(text);
  if (only !== undefined && more.length === 0)
    return termClause(stem(splitHyphens(only.raw).join("").toLowerCase()));
  return phraseClause(text);
}

/** All words in the name of one author. */
function authorClause(asked: string): Clause {
  const words = askedNameWords(asked);
  const [only] = words;
  if (only === undefined) return NOTHING;
  if (words.length === 1) return { term: { authors: only } };
  const clauses = [...new Set(words)].map((word) => ({ span_term: { authors: word } }));
  // Names of one paper are a thousand words apart.
  return clauses.length === 1
    ? { term: { authors: only } }
    : { span_near: { clauses, slop: 500, in_order: false } };
}

/** A name however it is written, or whole words of it. */
const nameClause = (keys: string, words: string, asked: string): Clause =>
  any([
    { term: { [keys]: wholeKey(titleKey(asked)) } },
    sideBySide(words, fold(asked).trim().split(/\s+/u).filter(Boolean)),
  ]);

/** The conditions of a query: all but its time, its time, and what leaves out papers of no known date. */
export interface Filters {
  readonly must: readonly Clause[];
  readonly time: readonly Clause[];
  readonly dated: boolean;
}

/** The conditions of a query in OpenSearch's language. */
export function filtersOf(query: SearchQuery): Filters {
  const excluded = query.excluded.map(excludedClause).filter((clause) => clause !== undefined);
  const must: Clause[] = [
    ...query.phrases.map(phraseClause).filter((clause) => clause !== undefined),
    ...query.organisations.map((asked) => nameClause("organisationKeys", "organisationWords", asked)),
    ...query.sources.map((asked) => nameClause("sourceKeys", "sourceWords", asked)),
    ...query.authors.map(authorClause),
    ...(excluded.length === 0 ? [] : [{ bool: { must_not: excluded } }]),
  ];
  const time: Clause[] = [
    ...(query.from === undefined ? [] : [{ range: { last: { gte: dayNumber(query.from) } } }]),
    ...(query.before === undefined ? [] : [{ range: { first: { lt: dayNumber(query.before) } } }]),
  ];
  return { must, time, dated: time.length > 0 };
}
