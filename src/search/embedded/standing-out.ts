import { titleKey } from "../../corpus/paper-id.ts";
import type { Pace } from "./pace.ts";
import type { InvertedIndex } from "./inverted-index.ts";

/** Longer texts are no names. */
const MAX_NAME = 300;

/** The name a title gives before its colon: `DINOv2` in “DINOv2: Learning Robust Visual Features …”. */
const nameOf = (title: string): string => /^([^:]{2,60}):\s/.exec(title)?.[1] ?? title;

/** What stands out of an answer is looked for in it. */
interface Answer {
  readonly scores: Float64Array;
  readonly documents: readonly number[];
  /** Those that may have the name that was typed: those with all its words, and the best. */
  readonly likely: Iterable<number>;
}

/**
 * Lifts papers over all others whose whole title, or whose name before the colon, is what was typed, and lets down below
 * all others those that were withdrawn, retracted or superseded. Changes `scores`.
 */
export async function rankStandingOut(
  index: InvertedIndex,
  text: string,
  { scores, documents, likely }: Answer,
  pace: Pace,
): Promise<void> {
  const typed = text === "" || text.length > MAX_NAME ? undefined : titleKey(text);
  const first = /\p{ASCII}/u.test(text.trim()[0] ?? "") ? text.trim()[0]?.toLowerCase() : undefined;
  pace.entries(documents.length);
  await pace.pause();
  const best = documents.reduce((most, document) => Math.max(most, scores[document] ?? 0), 0);
  for (const document of typed === undefined ? [] : likely) {
    pace.record();
    if (pace.due()) await pace.pause();
    const paper = index.paper(document);
    if (paper === undefined || (first !== undefined && paper.title[0]?.toLowerCase() !== first)) continue;
    if (titleKey(nameOf(paper.title)) === typed || titleKey(paper.title) === typed)
      scores[document] = best + (scores[document] ?? 0);
  }
  const most = documents.reduce((sum, document) => Math.max(sum, scores[document] ?? 0), 0);
  for (const document of index.fallen.size === 0 ? [] : documents)
    if (index.fallen.has(document)) scores[document] = (scores[document] ?? 0) - most - 1;
}
