import { fold } from "../../corpus/fold.ts";
import { titleKey } from "../../corpus/identifiers/paper-id.ts";
import { firstDay, lastDay } from "../../corpus/partial-date.ts";
import type { SearchQuery } from "../query/search-query.ts";
import { ofOrganisation, ofSource } from "../embedded/query/filter.ts";
import { askedNameWords, nameHasAll } from "../text/holders.ts";
import { phrasePattern } from "../text/phrase-pattern.ts";
import { stem } from "../text/stem.ts";
import { findTopic, STOP_WORDS } from "../text/stop-words.ts";
import { findWords, splitHyphens } from "../text/words.ts";
import type { PaperView } from "./paper-view.ts";

/**
 * A query that stands while papers come. A paper matches when each of its words stands there, in any form of that word,
 * and all its conditions hold. No word is corrected and no abbreviation spelt out, as a search does: what matches would
 * then hang on the other papers, and be another tomorrow.
 */
export interface StandingQuery {
  /** Of each of these lists a matching paper has one term at least. */
  readonly needs: readonly (readonly string[])[];
  /** Whether a paper that has what is needed matches. */
  readonly holds: (view: PaperView) => boolean;
}

/** Each word as it is typed, or run together with one beside it: `pre training` meets `pretraining`. */
function wordNeeds(text: string): string[][] {
  const typed = Array.from(findWords(text), ({ raw }) => raw);
  const [start, end] = findTopic(typed.map((raw) => raw.toLowerCase()));
  const parts = typed.slice(start, end).flatMap((raw) => splitHyphens(raw).map((part) => part.toLowerCase()));
  return parts.flatMap((part, i) => {
    if (STOP_WORDS.has(part)) return [];
    const [before, after] = [parts[i - 1], parts[i + 1]];
    const joined = [before && `${before}${part}`, after && `${part}${after}`];
    return [
      [part, ...joined.filter((one) => one !== undefined && one !== "")].map((word) => stem(word ?? "")),
    ];
  });
}

function authorNeeds(asked: string): string[][] {
  return askedNameWords(asked).map((word) => [`a:${word}`]);
}

function organisationNeed(asked: string): string[] {
  const [first] = fold(asked).trim().split(/\s+/);
  return [`o:${titleKey(asked)}`, ...(first === undefined || first === "" ? [] : [`o:${first}`])];
}

type Condition = (view: PaperView) => boolean;

function authorCondition(asked: string): Condition {
  const words = askedNameWords(asked);
  return ({ paper: { authors } }) =>
    words.length > 0 && authors?.kind === "named" && authors.names.some((name) => nameHasAll(name, words));
}

/** What is asked of where it belongs, as a search asks it. */
const belongs =
  (fits: ReturnType<typeof ofOrganisation>): Condition =>
  ({ paper: { organisation, listedOn } }) =>
    fits({ listedOn, ...(organisation === undefined ? {} : { organisation }) });

function hasPhrase(phrase: string): Condition {
  const read = phrasePattern(phrase);
  return (view) => read === undefined || read.pattern.test(view.text());
}

/** Without the word in any of its forms, or without the phrase. */
function lacks(excluded: string): Condition {
  const [only, ...more] = findWords(excluded);
  if (only === undefined) return () => true;
  const word = splitHyphens(only.raw).join("").toLowerCase();
  if (more.length === 0) return ({ terms }) => !terms.has(stem(word)) && !terms.has(`a:${word}`);
  const has = hasPhrase(excluded);
  return (view) => !has(view);
}

/** A date of less than full precision passes when any day it may mean passes. */
function dateCondition({ from, before }: SearchQuery): Condition {
  return ({ paper: { date } }) => {
    if (from === undefined && before === undefined) return true;
    if (date === undefined) return false;
    const late = from === undefined || lastDay(date) >= firstDay(from);
    return late && (before === undefined || firstDay(date) < firstDay(before));
  };
}

/** Makes a query stand. */
export function standingQuery(query: SearchQuery): StandingQuery {
  const { text, authors, organisations, sources, phrases, excluded } = query;
  const words = wordNeeds(text);
  const conditions = [
    ...authors.map(authorCondition),
    ...organisations.map((asked) => belongs(ofOrganisation(asked))),
    ...sources.map((asked) => belongs(ofSource(asked))),
    ...phrases.map(hasPhrase),
    ...excluded.map(lacks),
    dateCondition(query),
  ];
  const needs = [...words, ...authors.flatMap(authorNeeds), ...organisations.map(organisationNeed)];
  return {
    needs,
    holds: (view) =>
      words.every((forms) => forms.some((term) => view.terms.has(term))) &&
      conditions.every((holds) => holds(view)),
  };
}
