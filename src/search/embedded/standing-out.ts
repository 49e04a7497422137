import { titleKey } from "../../corpus/paper-id.ts";
import type { Pace } from "./pace.ts";
import type { InvertedIndex } from "./inverted-index.ts";

/** Longer texts are no names. */
const MAX_NAME = 300;

/** The name a title gives before its colon: `DINOv2` in “DINOv2: Learning Robust Visual Features …”. */
const nameOf = (title: string): string => /^([^:]{2,60}):\s/.exec(title)?.[1] ?? title;

/**
 * Lifts papers over all others whose whole title, or whose name before the colon, is what was typed, and lets down below
 * all others those that were withdrawn, retracted or superseded. Changes `scores`; only `documents` are looked at.
 */
export async function rankStandingOut(
  index: InvertedIndex,
  text: string,
  { scores, documents }: { readonly scores: Float64Array; readonly documents: readonly number[] },
  pace: Pace,
): Promise<void> {
  const typed = text === "" || text.length > MAX_NAME ? undefined : titleKey(text);
  const first = /\p{ASCII}/u.test(text.trim()[0] ?? "") ? text.trim()[0]?.toLowerCase() : undefined;
  const best = documents.reduce((most, document) => Math.max(most, scores[document] ?? 0), 0);
  for (const document of documents) {
    pace.record();
    if (pace.due()) await pace.pause();
    const paper = index.paper(document);
    if (paper === undefined) continue;
    const score = scores[document] ?? 0;
    if (paper.status !== undefined) scores[document] = score - best - 1;
    else if (
      typed !== undefined &&
      (first === undefined || paper.title[0]?.toLowerCase() === first) &&
      (titleKey(nameOf(paper.title)) === typed || titleKey(paper.title) === typed)
    )
      scores[document] = best + score;
  }
}
