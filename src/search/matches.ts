import type { PaperId } from "../corpus/paper.ts";
import type { Match, PaperIndex } from "./paper-index.ts";
import type { SearchQuery } from "./query/search-query.ts";

/** All matches of a query, for whoever needs them at once; `among` asks of some papers only. */
export async function allMatching(
  index: Pick<PaperIndex, "matching">,
  query: SearchQuery,
  among?: readonly PaperId[],
): Promise<readonly Match[]> {
  const found: Match[] = [];
  for await (const page of index.matching(query, among)) for (const match of page) found.push(match);
  return found;
}
