import type { Filter } from "../query/filter.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Pace } from "../pace.ts";
import { textSteps } from "../pace.ts";
import { foldedText, textLength } from "../query/phrase.ts";
import type { Order } from "./top-documents.ts";
import { topDocuments } from "./top-documents.ts";

/**
 * The most steps that one answer spends on reading texts: some 30 ms, 4,500 texts of usual length for one phrase. A
 * question is answered in 50 ms, of which ranking takes 20 at the most.
 */
export const TEXT_BUDGET = 30_000_000;

/** Entries that finding the place of a document among others is worth. */
const SORTING = 10;

/** What is left of some documents. */
export interface Sifted {
  readonly kept: Uint32Array;
  /** How many would be kept if their date were known. */
  readonly undated: number;
  /** How many texts were not read, though they decide: phrases of common words would take too long. */
  readonly unread: number;
}

/** Whose text decides, with the steps it takes. */
interface Undecided {
  readonly document: number;
  readonly verdict: "keep" | "undated";
  readonly steps: number;
}

/** Steps that are left for reading texts. */
export interface Purse {
  left: number;
}

/** How texts are read: as far as a purse lasts, in the order of the answer; or all, in any order. */
type TextReading =
  | { readonly kind: "all" }
  | {
      readonly kind: "purse";
      readonly purse: Purse;
      readonly order: Order;
    };

/** Those whose texts are read: all of them, or as many as the purse is good for in the order of the answer. */
async function choose(all: readonly Undecided[], reading: TextReading, pace: Pace): Promise<Undecided[]> {
  if (reading.kind === "all") return [...all];
  const { purse, order } = reading;
  const steps = all.reduce((sum, one) => sum + one.steps, 0);
  if (steps <= purse.left) {
    purse.left -= steps;
    return [...all];
  }
  const byDocument = new Map(all.map((one) => [one.document, one]));
  const dated = all.filter(({ verdict }) => verdict === "keep").map(({ document }) => document);
  // Of texts of mean length as many are read as the purse is good for.
  const count = Math.ceil((Math.max(0, purse.left) * all.length) / steps);
  pace.entries(all.length * SORTING);
  await pace.pause();
  const first = topDocuments(dated, order, count);
  return first.flatMap((document) => {
    const one = byDocument.get(document);
    if (one === undefined || purse.left <= 0) return [];
    purse.left -= one.steps;
    return [one];
  });
}

/** How documents are sifted: how texts are read, and where there is room for those that are kept. */
export interface Sifting {
  readonly reading: TextReading;
  readonly kept: Uint32Array;
  readonly pace: Pace;
}

/** Which documents a filter keeps, how many it would keep if their date were known, and how many were not read. */
export async function sift(
  index: InvertedIndex,
  documents: Iterable<number>,
  filter: Filter,
  { reading, kept, pace }: Sifting,
): Promise<Sifted> {
  let count = 0;
  const undecided: Undecided[] = [];
  let undated = 0;
  const note = (document: number, verdict: "keep" | "undated"): void => {
    if (verdict === "keep") kept[count++] = document;
    else undated++;
  };
  for (const document of documents) {
    const verdict = filter.judge(document);
    pace.record(filter.phrases);
    if (verdict !== "drop") {
      const phrases = filter.phrasesFor(document);
      const passed = phrases === 0 || filter.passed.get(document);
      if (passed === true) note(document, verdict);
      else if (passed === undefined)
        undecided.push({ document, verdict, steps: textSteps(index.facts.textLength(document), phrases) });
    }
    if (pace.due()) await pace.pause();
  }
  await pace.pause();
  const chosen = await choose(undecided, reading, pace);
  for (const { document, verdict } of chosen) {
    const text = index.text(document);
    if (text === undefined) continue;
    pace.read();
    pace.text(textLength(text), filter.phrasesFor(document));
    const passed = filter.passes(document, foldedText(text));
    filter.passed.set(document, passed);
    if (passed) note(document, verdict);
    if (pace.due()) await pace.pause();
  }
  return { kept: kept.subarray(0, count), undated, unread: undecided.length - chosen.length };
}
