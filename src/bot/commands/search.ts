import { parseReference } from "../../corpus/identifiers/reference.ts";
import type { SearchResult } from "../../search/paper-index.ts";
import { MAX_CONDITIONS, MAX_QUERY_LENGTH, parseQuery } from "../../search/query/parse-query.ts";
import type { ParsedQuery, SearchQuery } from "../../search/query/search-query.ts";
import { sortOrders, wordsQuery } from "../../search/query/search-query.ts";
import { MAX_WORD, overlongWord } from "../../search/text/words.ts";
import { UserError } from "../../user-error.ts";
import type { Services } from "../command.ts";
import { defineCommand } from "../command.ts";
import { FACETS, filtersOf } from "../cards/filters.ts";
import { hitCards } from "../cards/hit-cards.ts";
import { hitSchema } from "../cards/record-schemas.ts";
import { choice, optionalText, requiredText } from "../options.ts";
import { pageButtons, pageOptions, pageRange, pageWindow } from "../cards/pages.ts";
import { counted, paperRecord } from "../cards/paper-cards.ts";
import type { Card, Reply } from "../reply.ts";
import { answer, textCard } from "../reply.ts";
import { show } from "./show.ts";

/** Papers offered where nothing matches. */
const NEAREST = 3;

type SearchRequest = Extract<ParsedQuery, { kind: "search" }>;

interface Page {
  readonly page: number;
  readonly limit: number;
}

/**
 * The separate options as operators of the query language, so that there is one language to read. They stand before
 * the words, whose last quote may be an open one. A link or an id stays alone: beside operators it would be words.
 */
function composeQuery(query: string, operators: Readonly<Record<string, string | undefined>>): string {
  if (parseReference(query) !== undefined) return query;
  const extra = Object.entries(operators).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}:"${value.replace(/["“”„«»]/g, "")}"`],
  );
  return [...extra, query].join(" ");
}

/** What was searched in other words than were typed, and what was not found anywhere. */
function wordNotes({ corrections, unknown, notCompared }: SearchResult): string[] {
  const changed = corrections.map(
    ({ typed, used }) => `No paper has “${typed}”; “${used}” was searched instead.`,
  );
  const missing =
    unknown.length === 0 ? [] : [`No paper has ${unknown.map((word) => `“${word}”`).join(" or ")}.`];
  const more =
    notCompared === 0
      ? []
      : [`The last ${counted(notCompared, "word")} of these were not compared with similar ones.`];
  return [...changed, ...missing, ...more];
}

/** What a query asks for past the most conditions that it may have. */
function leftOutNotes(leftOut: readonly string[] = []): string[] {
  const [first] = leftOut;
  if (first === undefined) return [];
  const others = leftOut.length === 1 ? "was" : `and ${leftOut.length - 1} more were`;
  return [
    `A query has at most ${MAX_CONDITIONS} phrases and conditions: ${quoted(first)} ${others} left out.`,
  ];
}

/** How the dates of a query were read. */
function readAs({ from, before }: SearchQuery): string {
  const text = filterText({ ...wordsQuery(""), ...(from && { from }), ...(before && { before }) });
  return text === "" ? "" : `, that is${text}`;
}

/** What a query says besides its words, in words. */
function filterText({ from, before, organisations, authors, sources }: SearchQuery): string {
  const parts = [
    from === undefined ? undefined : `dated ${from} or later`,
    before === undefined ? undefined : `dated before ${before}`,
    ...organisations.map((name) => `of ${name}`),
    ...authors.map((name) => `by ${name}`),
    ...sources.map((name) => `listed on ${name}`),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : ` ${parts.join(", ")}`;
}

function undatedNote({ undated }: SearchResult): string[] {
  if (undated === 0) return [];
  return [`${counted(undated, "more paper")} would match, but the date is not stated.`];
}

/** How a year among the words was read. */
function yearNotes({ year }: SearchResult): string[] {
  return year === undefined
    ? []
    : [`Papers of ${year} are first; for those of that year alone, add since:${year}.`];
}

/** Papers left out since reading all their texts would take too long. */
function unreadNote({ unread }: SearchResult): string[] {
  if (unread === 0) return [];
  return [
    `The phrases are of words so common that ${counted(unread, "more paper")} that may match were not read. Add a word or a date to ask for fewer.`,
  ];
}

/** Whether a query names no word, phrase or filter that could find a paper; `nearest` is what its words alone find. */
function asksForNothing(query: SearchQuery, result: SearchResult, nearest: SearchResult): boolean {
  const { phrases, organisations, authors, sources, from, before, sort } = query;
  const filters = phrases.length + organisations.length + authors.length + sources.length;
  const used = nearest.total > 0 || result.unknown.length > 0 || result.undated + result.unread > 0;
  return !used && filters === 0 && from === undefined && before === undefined && sort === "relevance";
}

/** Characters of a text that are repeated in a message. */
const QUOTED = 60;

const quoted = (text: string): string =>
  text.length <= QUOTED ? `“${text}”` : `“${text.slice(0, QUOTED).replace(/[\uD800-\uDBFF]$/, "")}…”`;

/** Why the words of a query can find nothing, and what to do. */
function nothingAsked(words: string, { text, excluded }: SearchQuery): UserError {
  const advice = "Add what the papers are about, such as: curriculum learning";
  const overlong = overlongWord(text);
  if (overlong !== undefined) {
    return new UserError(
      `${quoted(overlong)} has ${overlong.length} characters; words of at most ${MAX_WORD} are searched. ${advice}`,
    );
  }
  if (text === "" && excluded.length > 0)
    return new UserError(`${quoted(words)} says only what the papers must not have. ${advice}`);
  return new UserError(`${quoted(words)} has no word to search for, only common words or signs. ${advice}`);
}

/** What the corpus does not know can find nothing; then the reader should not look for the fault in the query. */
async function knowledgeNotes(
  { authors, organisations }: SearchQuery,
  { library }: Services,
): Promise<string[]> {
  if (authors.length === 0 && organisations.length === 0) return [];
  const { papers, withNames, withOrganisation } = await library.facts();
  return [
    ...(authors.length > 0 ? [`Names of authors are known for ${withNames} of ${papers} papers.`] : []),
    ...(organisations.length > 0
      ? [`Organisations are known for ${withOrganisation} of ${papers} papers.`]
      : []),
  ];
}

async function nothingFound(
  text: string,
  query: SearchQuery,
  { result, nearest: { hits } }: { readonly result: SearchResult; readonly nearest: SearchResult },
  services: Services,
): Promise<Reply> {
  const notes = [
    ...wordNotes(result),
    ...undatedNote(result),
    ...unreadNote(result),
    ...(await knowledgeNotes(query, services)),
  ];
  const summary = `Nothing in this corpus matches “${text}”${readAs(query)}.`;
  const nearest =
    hits.length > 0 ? ["Without the conditions, the nearest are:"] : ["Try other or fewer words."];
  return answer({
    summary,
    cards: [textCard([summary, ...notes, ...nearest].join(" ")), ...(await hitCards(hits, query, services))],
  });
}

function foundSummary(query: SearchQuery, result: SearchResult, page: Page): string {
  const words = query.text === "" ? "" : ` for “${query.text}”`;
  const range =
    result.total === 1 ? "1 paper" : `${pageRange(page, result.hits.length, result.total)} papers`;
  const severalWords =
    query.text.includes(" ") && query.sort === "relevance" && result.complete < result.total;
  const complete = severalWords ? `; ${result.complete} with all the words` : "";
  return `${range}${words}${filterText(query)}${complete}`;
}

async function found(
  { query, leftOut }: SearchRequest,
  result: SearchResult,
  asked: { readonly page: Page; readonly typed: string },
  services: Services,
): Promise<Reply> {
  const { page, typed } = asked;
  const summary = foundSummary(query, result, page);
  const run = { command: "search", args: { query: typed } };
  const pager: Card = { blocks: [], buttons: pageButtons(run, page, result.total) };
  return answer({
    summary,
    list: { ...page, total: result.total },
    cards: [
      textCard(
        summary,
        ...leftOutNotes(leftOut),
        ...wordNotes(result),
        ...yearNotes(result),
        ...undatedNote(result),
        ...unreadNote(result),
      ),
      ...(await hitCards(result.hits, query, services, pageWindow(page).offset)),
      pager,
    ],
    data: result.hits.map(({ paper, score, missing, snippet }) => ({
      ...paperRecord(paper),
      score,
      ...(snippet === undefined ? {} : { snippet: snippet.text }),
      missing,
    })),
  });
}

/** Papers by words and conditions. */
export const search = defineCommand({
  name: "search",
  description: "Search papers by words, phrases, dates, organisation or author",
  record: hitSchema,
  options: {
    query: requiredText({
      description: 'Words, "a phrase", -without, org:, author:, after:, before:, since:, sort:',
      brief: 'Words, "a phrase", -without, org:',
      missing: "Search for what? Type a few words, such as: search curriculum learning",
      maxLength: MAX_QUERY_LENGTH,
      takesLine: true,
      completedBy: "titles",
    }),
    after: optionalText({
      description: "From this date on: 2024, 2024-06, 2024-06-01, 3 months ago",
      brief: "From this date on, such as 2024-06",
    }),
    before: optionalText({
      description: "Before this date: 2024, 2024-06, 2024-06-01",
      brief: "Before this date, such as 2024-06",
    }),
    organisation: optionalText({
      description: "Only papers of this organisation, such as nvidia",
      brief: "Only of this organisation",
      completedBy: "organisations",
    }),
    sort: choice({ description: "Order of the papers", choices: sortOrders }),
    ...pageOptions,
    filters: choice({
      description: "Whether years, organisations and sources of all papers found are counted",
      choices: ["on"],
      internal: true,
    }),
  },
  examples: [
    { line: "search curriculum learning", does: "papers about both words" },
    { line: 'search "instruction tuning" -survey', does: "with the phrase, without the word" },
    { line: "search pretraining after:2024 sort:newest", does: "of 2024 and later, the newest first" },
    { line: 'search org:nvidia since:"2 years ago"', does: "of one organisation, of a time" },
    { line: "search https://arxiv.org/abs/1706.03762", does: "looks that paper up" },
  ],
  notes: [
    'Operators: "a phrase", -word, org:nvidia, author:bengio, source:"Hugging Face", after:2024, before:2024-06-01, since:"3 months ago", sort:newest, sort:discussed, sort:relevance.',
    "A misspelt word is searched as the nearest word that some paper has, and the answer says so. Papers without a date are left out where a date is asked for.",
  ],
  async run({ query: words, after, before, organisation, sort, filters, ...page }, services) {
    const typed = composeQuery(words, { after, before, org: organisation, sort });
    const parsed = parseQuery(typed, services.now());
    if (parsed.kind === "reference") return show.run({ paper: words }, services);
    const { query } = parsed;
    const facets = filters === undefined ? {} : { facets: FACETS };
    const result = await services.library.index.search(query, { ...pageWindow(page), ...facets });
    const narrowing = filters === undefined ? {} : { filters: filtersOf(typed, query, result.facets) };
    if (result.hits.length > 0)
      return { ...(await found(parsed, result, { page, typed }, services)), ...narrowing };
    if (result.total > 0)
      throw new UserError(
        `The list ends before page ${page.page}: it has ${counted(result.total, "paper")}.`,
      );
    const anything = wordsQuery(query.text);
    const nearest = await services.library.index.search(anything, { offset: 0, limit: NEAREST });
    if (asksForNothing(query, result, nearest)) throw nothingAsked(words, query);
    return { ...(await nothingFound(typed, query, { result, nearest }, services)), ...narrowing };
  },
});
