import { fold } from "../../corpus/fold.ts";
import type { Token } from "./parse-query.ts";
import { tokensOf } from "./parse-query.ts";

/** What a query can be narrowed down by, with the operators that say it. */
const OPERATORS = {
  year: ["since", "after", "before"],
  organisation: ["org", "organisation", "organization"],
  source: ["source"],
} as const;
export type Narrowing = keyof typeof OPERATORS;

const isOf = ({ operator = "" }: Token, by: Narrowing): boolean =>
  OPERATORS[by].some((name) => name === operator);

/** A query without what narrows it down to a value; for a year, without all that says a time. */
export function widened(query: string, by: Narrowing, value: string): string {
  const rest = tokensOf(query).filter(
    (token) => !isOf(token, by) || (by !== "year" && fold(token.value) !== fold(value)),
  );
  return rest.map(({ typed }) => typed).join(" ");
}

const quoted = (value: string): string => `"${value.replace(/["“”„«»]/g, "")}"`;

/** A query narrowed down to a value. It stands before the words, whose last quote may be an open one. */
export function narrowed(query: string, by: Narrowing, value: string): string {
  const rest = widened(query, by, value);
  const year = Number(value);
  const added = by === "year" ? `since:${year} before:${year + 1}` : `${OPERATORS[by][0]}:${quoted(value)}`;
  return [added, rest].filter((part) => part !== "").join(" ");
}
