import type { Paper, PaperId } from "../corpus/paper.ts";
import type { SearchQuery } from "../search/query/search-query.ts";
import { wordsQuery } from "../search/query/search-query.ts";
import { readTopics } from "../search/query/topics.ts";
import { askedNameWords, nameHasAll } from "../search/text/holders.ts";

/** What is followed. */
export type Wish =
  | { readonly kind: "author"; readonly name: string }
  | { readonly kind: "org"; readonly name: string }
  /** Topics in the query language, separated by commas. */
  | { readonly kind: "search"; readonly words: string }
  /** `title` as it was when the follow was made. */
  | { readonly kind: "like"; readonly paper: PaperId; readonly title: string };

/** How a wish is spoken of: `papers by Jane Doe`, `papers about “diffusion”`. */
export function wishWords(wish: Wish): string {
  switch (wish.kind) {
    case "author":
      return `papers by ${wish.name}`;
    case "org":
      return `papers of ${wish.name}`;
    case "search":
      return `papers about “${wish.words}”`;
    case "like":
      return `papers like “${wish.title}”`;
  }
}

/** The queries of which a paper must match one; none for a wish that is no query. `now` is what “3 months ago” counts from. */
export function queriesOf(wish: Wish, now: Date): readonly SearchQuery[] {
  switch (wish.kind) {
    case "author":
      return [{ ...wordsQuery(""), authors: [wish.name] }];
    case "org":
      return [{ ...wordsQuery(""), organisations: [wish.name] }];
    case "search":
      return readTopics(wish.words, now).map(({ query }) => query);
    case "like":
      return [];
  }
}

/** The author who is followed, as the paper prints the name. */
function printedName({ authors }: Paper, asked: string): string {
  const words = askedNameWords(asked);
  const names = authors?.kind === "named" ? authors.names : [];
  return names.find((name) => nameHasAll(name, words)) ?? asked;
}

/** Why a paper is told, for `who` (`you follow`, `this channel follows`): `by Jane Doe, whom you follow`. */
export function reasonWords(wish: Wish, paper: Paper, who: string): string {
  switch (wish.kind) {
    case "author":
      return `by ${printedName(paper, wish.name)}, whom ${who}`;
    case "org":
      return `of ${paper.organisation?.name ?? wish.name}, which ${who}`;
    case "search":
      return `about “${wish.words}”, which ${who}`;
    case "like":
      return `like “${wish.title}”, which ${who}`;
  }
}
