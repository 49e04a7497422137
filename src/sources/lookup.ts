import type { Listing } from "../corpus/paper.ts";
import type { Problem } from "../corpus/problem.ts";
import { quoteLine } from "../corpus/problem.ts";
import type { Ask, Fetcher } from "./fetch/ask.ts";
import type { SourceItem } from "./source.ts";

/** The services that are asked for single papers and have no lists of days. */
export const LOOKUP_SERVICES = ["crossref", "datacite", "openalex", "semantic-scholar"] as const;
export type LookupService = (typeof LOOKUP_SERVICES)[number];

/** DOIs that may stand among alternatives of a filter, where a comma or a bar would end one; others are asked for one by one. */
const LISTABLE_DOI = /^10\.\d{4,9}\/[\w./()-]{1,60}$/;

/** Whether a service may be asked for a DOI in a list of them. */
export const isListable = (doi: string): boolean => LISTABLE_DOI.test(doi);

/** A service that is asked for papers by their ids or by words. */
export interface Lookup {
  /** For people, and unique: `Crossref`. */
  readonly name: string;
  /**
   * Papers by the service's ids, each with its `ids`, in as few requests as may be; one that is not there is a problem
   * (`isMissing`) and costs no other.
   */
  readonly byIds: (ids: readonly string[], signal: AbortSignal) => AsyncIterable<SourceItem>;
  /** What the service finds for words, best first. */
  readonly search: (words: string, signal: AbortSignal) => AsyncIterable<SourceItem>;
}

/** An answer in JSON, a refusal, or why there is neither. */
export type JsonAnswer =
  | { readonly kind: "json"; readonly value: unknown; readonly readAt: Date; readonly url: string }
  | { readonly kind: "refused"; readonly status: number; readonly text: string; readonly url: string }
  | { readonly kind: "none"; readonly item: SourceItem };

/** A problem as a source gives it. */
export const problemItem = (file: string, expected: string, found: string): SourceItem => ({
  kind: "problem",
  problem: { file, expected, found },
});

/** That a service does not have a paper. */
export const missingPaper = (service: string, id: string, found: string): SourceItem => ({
  kind: "problem",
  problem: { file: service, expected: `the paper ${id}`, found },
  ids: [id],
});

/** Whether a problem says that a service does not have a paper. */
export const isMissing = ({ file, expected }: Problem, service: string): boolean =>
  file === service && expected.startsWith("the paper ");

/** A refusal that nobody expected. */
export const refusalItem = ({ url, status, text }: Extract<JsonAnswer, { kind: "refused" }>): SourceItem =>
  problemItem(url, "papers", `status ${status}, ${quoteLine(text.trim().split("\n")[0] ?? "")}`);

/** An address below a service's. */
export function addressOf(base: string, path: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(path, base);
  url.search = new URLSearchParams(parameters).toString();
  return url.href;
}

/** Asks once for JSON. */
export async function askJson(fetcher: Fetcher, ask: Omit<Ask, "expected">): Promise<JsonAnswer> {
  const { url } = ask;
  const got = await fetcher({ ...ask, expected: "json" });
  switch (got.kind) {
    case "text":
      return { kind: "json", value: JSON.parse(got.text), readAt: got.readAt, url };
    case "refused":
      return { kind: "refused", status: got.status, text: got.text, url };
    case "failed":
      return { kind: "none", item: { kind: "problem", problem: got.problem } };
    case "unchanged":
      return { kind: "none", item: problemItem(url, "papers", "“not modified”") };
  }
}

/** Cuts a list into pieces of at most so many. */
export function inPieces<T>(list: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_none, i) =>
    list.slice(i * most, (i + 1) * most),
  );
}

/** What a parser of one record gives. */
export type ReadRecord = Listing | Problem;

/** Whether a record could be read. */
export const isListing = (record: ReadRecord): record is Listing => "title" in record;
