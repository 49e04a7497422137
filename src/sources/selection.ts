import type { ArxivId } from "../corpus/paper.ts";
import { ARXIV } from "./arxiv/atom-query.ts";
import { HUGGING_FACE } from "./huggingface/daily-papers.ts";
import type { Period } from "./huggingface/periods.ts";
import { MAX_SEARCH } from "./huggingface/source.ts";
import type { Live } from "./live.ts";
import type { LookupService } from "./lookup.ts";
import { isMissing, LOOKUP_SERVICES } from "./lookup.ts";
import { readAll } from "./read-all.ts";
import type { Source, SourceItem } from "./source.ts";

/** What a person picks out of a service: it is read once and whole, and no day of it is kept. */
export type Selection =
  /** One of Hugging Face's lists. */
  | { readonly kind: "list"; readonly period: Period }
  /** What Hugging Face's search finds, at most 120 papers. */
  | { readonly kind: "search"; readonly words: string }
  /** One paper, from arXiv. */
  | { readonly kind: "paper"; readonly id: ArxivId }
  /** One paper by an id of a service. */
  | {
      readonly kind: "looked-up";
      readonly service: LookupService;
      readonly id: string;
      /** Who is asked where the service does not have it: another agency that registers DOIs. */
      readonly otherwise?: LookupService;
    }
  /** What a service finds for words. */
  | { readonly kind: "found"; readonly service: LookupService; readonly words: string };

/** Who asked for a certain day is told that it has no list yet; for a source that is read day by day it is no news. */
function tellNotOpen(item: SourceItem): SourceItem {
  if (item.kind !== "list" || item.state !== "not-open") return item;
  const problem = {
    file: `${HUGGING_FACE}, ${item.list}`,
    expected: "a list of papers",
    found: "that the list of this day is not open yet",
  };
  return { kind: "problem", problem };
}

/** Selections of Hugging Face one after the other, as if they were a source. */
function pickFromHuggingFace(live: Pick<Live, "huggingFace">, selections: readonly Selection[]): Source {
  return {
    name: HUGGING_FACE,
    async *read({ signal }) {
      for (const selection of selections) {
        if (selection.kind !== "list" && selection.kind !== "search") continue;
        const items =
          selection.kind === "list"
            ? live.huggingFace.list(selection.period, signal)
            : live.huggingFace.search(selection.words, signal, MAX_SEARCH);
        for await (const item of items) yield tellNotOpen(item);
      }
    },
  };
}

/** Papers by their ids, all in one go, so that arXiv is asked as seldom as may be. */
function pickFromArxiv(live: Pick<Live, "arxiv">, selections: readonly Selection[]): Source {
  const ids = selections.flatMap((selection) => (selection.kind === "paper" ? [selection.id] : []));
  return { name: ARXIV, read: ({ signal }) => live.arxiv.byIds(ids, signal) };
}

type LookedUp = Extract<Selection, { kind: "looked-up" }>;

/** Papers of one service by their ids, all in one go; those that it does not have, of who is to be asked otherwise. */
async function* orOtherwise(
  live: Pick<Live, "lookups">,
  wanted: readonly LookedUp[],
  signal: AbortSignal,
): AsyncGenerator<SourceItem> {
  const [first] = wanted;
  if (first === undefined) return;
  const lookup = live.lookups[first.service];
  const others = new Map<string, LookupService>();
  const left: LookedUp[] = [];
  for (const { id, otherwise } of wanted) if (otherwise !== undefined) others.set(id, otherwise);
  const ids = wanted.map(({ id }) => id);
  for await (const item of lookup.byIds(ids, signal)) {
    const id = item.kind === "problem" && isMissing(item.problem, lookup.name) ? item.ids?.[0] : undefined;
    const service = id === undefined ? undefined : others.get(id);
    if (id === undefined || service === undefined) yield item;
    else left.push({ kind: "looked-up", service, id });
  }
  for await (const item of orOtherwise(live, left, signal))
    yield item.kind === "problem" && item.ids !== undefined ? alsoAsked(item, lookup.name) : item;
}

/** A problem of the second service, which names the first too. */
const alsoAsked = (item: Extract<SourceItem, { kind: "problem" }>, name: string): SourceItem => ({
  ...item,
  problem: { ...item.problem, file: `${name} and ${item.problem.file}` },
});

/** Papers of a service by their ids, all in one go, and what it finds. */
function pickFrom(
  service: LookupService,
  live: Pick<Live, "lookups">,
  selections: readonly Selection[],
): Source {
  const lookup = live.lookups[service];
  const mine = selections.filter((one) => "service" in one && one.service === service);
  const wanted = mine.flatMap((one) => (one.kind === "looked-up" ? [one] : []));
  const searches = mine.flatMap((one) => (one.kind === "found" ? [one.words] : []));
  return {
    name: lookup.name,
    async *read({ signal }) {
      yield* orOtherwise(live, wanted, signal);
      for (const words of searches) yield* lookup.search(words, signal);
    },
  };
}

/**
 * Reads what was selected, all services at once. What cannot be read, is not open yet or is not known there is a
 * problem and stops nothing else. Rejects with the signal's reason when that ends it.
 */
export function readSelections(
  live: Pick<Live, "huggingFace" | "arxiv" | "lookups">,
  selections: readonly Selection[],
  signal: AbortSignal,
): AsyncIterable<SourceItem> {
  const sources = [
    pickFromHuggingFace(live, selections),
    pickFromArxiv(live, selections),
    ...LOOKUP_SERVICES.map((service) => pickFrom(service, live, selections)),
  ];
  return readAll(sources, { signal });
}
