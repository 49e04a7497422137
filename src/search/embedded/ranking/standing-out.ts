import { titleKey } from "../../../corpus/identifiers/paper-id.ts";
import type { Pace } from "../pace.ts";
import type { InvertedIndex } from "../inverted/inverted-index.ts";
import type { Ranking } from "./rank.ts";

/** Longer texts are no names. */
const MAX_NAME = 300;

/** The name a title gives before its colon: `DINOv2` in “DINOv2: Learning Robust Visual Features …”. */
export const nameOf = (title: string): string => /^([^:]{2,60}):\s/.exec(title)?.[1] ?? title;

/** The documents with a title, or a name before its colon, of this key (`titleKey`), others perhaps among them. */
export type NamedDocuments = (key: string) => Iterable<number>;

/** What was typed, and which documents may have it as their name: those with all its words, and the best. */
interface Typed {
  readonly text: string;
  readonly named: NamedDocuments;
  readonly likely: (document: number) => boolean;
}

/** The documents whose whole title, or whose name before the colon, was typed. */
function* typedNames(index: InvertedIndex, { text, named, likely }: Typed): Generator<number> {
  if (text === "" || text.length > MAX_NAME) return;
  const typed = titleKey(text);
  const first = /\p{ASCII}/u.test(text.trim()[0] ?? "") ? text.trim()[0]?.toLowerCase() : undefined;
  for (const document of named(typed)) {
    const paper = likely(document) ? index.paper(document) : undefined;
    if (paper === undefined || (first !== undefined && paper.title[0]?.toLowerCase() !== first)) continue;
    if (titleKey(nameOf(paper.title)) === typed || titleKey(paper.title) === typed) yield document;
  }
}

/**
 * Lifts papers over all others whose whole title, or whose name before the colon, is what was typed, and lets down below
 * all others those that were withdrawn, retracted or superseded. Changes the scores.
 */
export async function rankStandingOut(
  index: InvertedIndex,
  typed: Typed,
  { scores, documents }: Ranking,
  pace: Pace,
): Promise<void> {
  const { fallen } = index.facts;
  pace.entries(documents.length + fallen.size);
  await pace.pause();
  let best = 0;
  for (let i = 0; i < documents.length; i++) {
    const score = scores[documents[i] ?? 0] ?? 0;
    if (score > best) best = score;
  }
  let most = best;
  for (const document of new Set(typedNames(index, typed))) {
    pace.record();
    const lifted = best + (scores[document] ?? 0);
    scores[document] = lifted;
    most = Math.max(most, lifted);
  }
  // Also those that were not found, which nobody looks at.
  for (const document of fallen.keys()) scores[document] = (scores[document] ?? 0) - most - 1;
}
