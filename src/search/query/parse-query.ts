import { fold } from "../../corpus/fold.ts";
import { parseReference } from "../../corpus/identifiers/reference.ts";
import { UserError } from "../../user-error.ts";
import { parseQueryDate } from "./parse-date.ts";
import type { ParsedQuery, SearchQuery, SortOrder } from "./search-query.ts";
import { sortOrders } from "./search-query.ts";

/** Longest query text, in characters: room for a pasted abstract, which has at most 1,920 on arXiv. */
export const MAX_QUERY_LENGTH = 2000;

/** Most conditions of a query: phrases, exclusions, organisations, authors and sources, each counted once. */
export const MAX_CONDITIONS = 32;

/** A query under construction; the order is absent until an operator names one. */
type Draft = {
  -readonly [K in keyof SearchQuery as Exclude<K, "sort">]: SearchQuery[K] extends readonly string[]
    ? string[]
    : SearchQuery[K];
} & { sort?: SortOrder };

type Operator = (draft: Draft, value: string, now: Date) => void;

function once<T>(before: T | undefined, value: T, names: string): T {
  if (before === undefined) return value;
  throw new UserError(`The query says ${names} more than once. Keep one of them.`);
}

function parseSort(value: string): SortOrder {
  const found = sortOrders.find((order) => order === value.toLowerCase());
  if (found !== undefined) return found;
  throw new UserError(
    `“sort:${value}” is not an order. Use ${sortOrders.map((order) => `sort:${order}`).join(", ")}.`,
  );
}

const setFrom =
  (name: string): Operator =>
  (draft, value, now) => {
    draft.from = once(draft.from, parseQueryDate(name, value, now), "after: or since:");
  };

const setOrganisation: Operator = (draft, value) => void draft.organisations.push(value);

const OPERATORS: Readonly<Record<string, Operator>> = {
  org: setOrganisation,
  organisation: setOrganisation,
  organization: setOrganisation,
  author: (draft, value) => void draft.authors.push(value),
  source: (draft, value) => void draft.sources.push(value),
  after: setFrom("after"),
  since: setFrom("since"),
  before: (draft, value, now) => {
    draft.before = once(draft.before, parseQueryDate("before", value, now), "before:");
  },
  sort: (draft, value) => {
    draft.sort = once(draft.sort, parseSort(value), "sort:");
  },
};

const ALLOWED = "org:, author:, source:, after:, before:, since: and sort:";

/** One token: optional minus, optional `name:`, then a quoted text or a run without spaces. */
const TOKEN = /(-?)(?:([a-z]+):(?!\/\/))?(?:"([^"]*)"|(\S+))|(\S)/giu;

export interface Token {
  readonly negated: boolean;
  readonly operator?: string;
  readonly value: string;
  readonly quoted: boolean;
  /** As it was typed. */
  readonly typed: string;
}

/** The pieces of a query as it was typed. */
export function tokensOf(text: string): Token[] {
  return Array.from(
    joinYears(plainPunctuation(text)).matchAll(TOKEN),
    ([typed, minus, operator, phrase, word, other]) => ({
      typed,
      negated: minus === "-",
      ...(operator === undefined ? {} : { operator: operator.toLowerCase() }),
      value: (phrase ?? word ?? other ?? "").trim(),
      quoted: phrase !== undefined,
    }),
  );
}

function applyOperator(draft: Draft, { negated, operator = "", value }: Token, now: Date): void {
  const apply = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (apply === undefined) {
    throw new UserError(
      `“${operator}:” is not an operator. Use ${ALLOWED}, or put the words into quotes to search for them: "${operator}:${value}".`,
    );
  }
  if (negated) {
    throw new UserError(
      `“-${operator}:” is not possible: only words and phrases can be excluded, such as -survey.`,
    );
  }
  apply(draft, value, now);
}

function applyWords(draft: Draft, words: string[], { negated, value, quoted }: Token): void {
  if (value === "") return;
  if (negated) {
    draft.excluded.push(value);
    return;
  }
  words.push(value);
  if (quoted) draft.phrases.push(value);
}

/** `after:spring 2021`, `since:june 2020`: a year without quotes belongs to the word before it. */
function joinYears(text: string): string {
  return text.replace(/\b(after|since|before):([a-z]{3,9}|Q[1-4])\s+((?:19|20)\d\d)(?=\s|$)/gi, '$1:"$2 $3"');
}

const isCondition = ({ negated, operator, quoted, value }: Token): boolean =>
  value !== "" && (negated || quoted || (operator !== undefined && operator !== "sort"));

/** The tokens with equal conditions once, and the conditions past the most that a query may have. */
function boundConditions(all: readonly Token[]): { readonly kept: Token[]; readonly leftOut: string[] } {
  const conditions = new Map<string, Token>();
  const kept: Token[] = [];
  const leftOut: string[] = [];
  for (const token of all) {
    const key = `${token.negated} ${token.operator ?? ""} ${fold(token.value)}`;
    if (!isCondition(token)) kept.push(token);
    // A date that is said twice is told by who reads it.
    else if (conditions.has(key) && !/^(?:after|since|before)$/.test(token.operator ?? "")) continue;
    else if (conditions.size === MAX_CONDITIONS) leftOut.push(token.typed);
    else {
      conditions.set(key, token);
      kept.push(token);
    }
  }
  return { kept, leftOut };
}

/** Straight quotes and minus signs for those that phones and word processors put in their place. */
function plainPunctuation(text: string): string {
  return text.replace(/[“”„«»]/g, '"').replace(/(^|\s)[–—−](?=\S)/g, "$1-");
}

/**
 * Reads a query: words, `"a phrase"`, `-word`, `org:`, `author:`, `source:`, `after:`, `before:`, `since:`, `sort:`, or nothing
 * but a link or identifier of a paper. `now` is what "3 months ago" counts from. Throws a UserError that names the
 * unknown operator or bad value and what is allowed, and for an empty or over-long query.
 */
export function parseQuery(text: string, now: Date): ParsedQuery {
  const reference = parseReference(text);
  if (reference !== undefined) return { kind: "reference", reference };
  if (text.trim() === "")
    throw new UserError("The query is empty. Type a few words, such as: curriculum learning");
  if (text.length > MAX_QUERY_LENGTH) {
    throw new UserError(
      `The query has ${text.length} characters; at most ${MAX_QUERY_LENGTH} are searched. Keep the words that matter most.`,
    );
  }
  const draft: Draft = {
    text: "",
    phrases: [],
    excluded: [],
    organisations: [],
    authors: [],
    sources: [],
  };
  const words: string[] = [];
  const { kept, leftOut } = boundConditions(tokensOf(text));
  for (const token of kept) {
    if (token.operator !== undefined && (token.value !== "" || token.quoted))
      applyOperator(draft, token, now);
    else applyWords(draft, words, token);
  }
  const { from, before } = draft;
  if (from !== undefined && before !== undefined && from >= before)
    throw new UserError(
      `No day is both ${from} or later and before ${before}. Name an earlier day after “since:”, or a later one after “before:”.`,
    );
  const query: SearchQuery = { sort: "relevance", ...draft, text: words.join(" ") };
  return { kind: "search", query, ...(leftOut.length === 0 ? {} : { leftOut }) };
}
