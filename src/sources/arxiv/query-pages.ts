import { quoteLine } from "../../corpus/problem.ts";
import type { Ask, Fetched, Fetcher } from "../fetch/ask.ts";
import { atMost } from "../items.ts";
import type { SourceItem } from "../source.ts";
import type { ArxivPage } from "./atom-query.ts";
import { parseAtomQuery } from "./atom-query.ts";

/** A problem as a source gives it. */
export const problem = (file: string, expected: string, found: string): SourceItem => ({
  kind: "problem",
  problem: { file, expected, found },
});

/** An answer without a text, as a problem. arXiv explains a refusal in a feed. */
export function refusal(got: Exclude<Fetched, { kind: "text" }>, url: string): SourceItem {
  if (got.kind === "failed") return { kind: "problem", problem: got.problem };
  if (got.kind === "unchanged") return problem(url, "a feed", "“not modified”");
  const [said] = parseAtomQuery(got.text, url).problems;
  return problem(url, "a feed", `status ${got.status}, ${said?.found ?? quoteLine(got.text.trim())}`);
}

/** One answer of the query API, or why there is none. */
export type Page =
  | { readonly kind: "page"; readonly url: string; readonly page: ArxivPage; readonly readAt: Date }
  | { readonly kind: "none"; readonly item: SourceItem };

/** What questions to the query API are put with. */
export interface Asking {
  readonly fetcher: Fetcher;
  readonly apiUrl: string;
}

/** Asks the query API once; `max_results` must be among the parameters. */
export async function askPage(
  { fetcher, apiUrl }: Asking,
  query: Record<string, string>,
  signal: AbortSignal,
): Promise<Page> {
  const url = new URL("/api/query", apiUrl);
  url.search = new URLSearchParams(query).toString();
  const ask: Ask = { url: url.href, expected: "xml", signal };
  const got = await fetcher(ask);
  if (got.kind !== "text") return { kind: "none", item: refusal(got, ask.url) };
  const parsed = parseAtomQuery(got.text, ask.url);
  const most = Number(query["max_results"]);
  const page = { ...atMost(parsed, most, ask.url), entries: Math.min(parsed.entries, most) };
  return { kind: "page", url: ask.url, page, readAt: got.readAt };
}
