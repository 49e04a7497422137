import type { Hit } from "../../search/paper-index.ts";
import type { SearchQuery } from "../../search/query/search-query.ts";
import type { Services } from "../command.ts";
import type { Block, Card } from "../reply.ts";
import { emphasis, prose } from "../reply.ts";
import { excerpt } from "./excerpt.ts";
import { allKnownHere } from "./here/known-here.ts";
import { listedCard } from "./paper-cards.ts";

/** Longer sentences are shown around the words that were searched: four lines on a phone beside a button. */
const SNIPPET_LENGTH = 140;

/** Words that a hit does not have and that are named. */
const MISSING = 3;

/** The first of the words that a paper does not have, and how many more. */
function withoutText(missing: readonly string[]): string {
  const named = missing.slice(0, MISSING).map((word) => `“${word}”`);
  return `Without ${named.join(", ")}${missing.length > MISSING ? ` and ${missing.length - MISSING} more` : ""}`;
}

function hitLines({ snippet, missing, wordless }: Hit): Block[] {
  const lacking = wordless ? "Close in meaning; none of the words" : withoutText(missing);
  return [
    ...(snippet === undefined ? [] : [prose(...excerpt(snippet, SNIPPET_LENGTH))]),
    ...(missing.length === 0 ? [] : [prose(emphasis(lacking))]),
  ];
}

/** The hits as a list; with the day and how much they are talked about where a query asks for a time or an order. */
export async function hitCards(
  hits: readonly Hit[],
  { from, before, sort }: SearchQuery,
  services: Services,
  offset = 0,
): Promise<Card[]> {
  const asked = from !== undefined || before !== undefined || sort !== "relevance";
  const telling = asked ? "full" : "short";
  const here = await allKnownHere(
    services,
    hits.map(({ paper }) => paper),
  );
  return hits.map((hit, i) => {
    const lines = [...hitLines(hit), ...(here[i] ?? [])];
    return listedCard({ number: offset + i + 1, paper: hit.paper, lines, telling });
  });
}
