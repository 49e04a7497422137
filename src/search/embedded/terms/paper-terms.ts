import type { Paper } from "../../../corpus/paper.ts";
import type { Definition } from "../../text/abbreviations.ts";
import { findDefinitions } from "../../text/abbreviations.ts";
import { STOP_WORDS } from "../../text/stop-words.ts";
import { findWords, withoutUrls } from "../../text/words.ts";
import type { TermsOfWord } from "./term-numbers.ts";

/** A word of the title counts as often as this many words of the abstract. */
const TITLE_WEIGHT = 2;

/** The terms a paper is found under, how often each stands in it, and the number of its words. */
export interface Counted {
  readonly counts: ReadonlyMap<number, number>;
  readonly length: number;
}

function indexedText(paper: Paper): string {
  return `${paper.title}\n${paper.abstract ?? ""}`;
}

/** The abbreviations a paper explains. */
export function definitionsOf(paper: Paper): Definition[] {
  return findDefinitions(indexedText(paper));
}

/** The names of a paper's authors, and the name and handle of its organisation. */
function namesOf({ authors, organisation }: Paper): readonly string[] {
  const people = authors?.kind === "named" ? authors.names : [];
  if (organisation === undefined) return people;
  const { name, handle } = organisation;
  return [...people, name, ...(handle === undefined ? [] : [handle])];
}

const otherLines = (paper: Paper): string => [...namesOf(paper), "", ...(paper.otherTitles ?? [])].join("\n");

/** Whether two versions of a paper are found under the same terms, so that only the record changes. */
export function sameTerms(a: Paper, b: Paper): boolean {
  return indexedText(a) === indexedText(b) && otherLines(a) === otherLines(b);
}

/** Counts the terms of a paper. Words that only its other titles have find it too, and do not make it longer. */
export function countTerms(paper: Paper, wordTerms: TermsOfWord, nameTerms: TermsOfWord): Counted {
  const counts = new Map<number, number>();
  let length = 0;
  const countText = (text: string, weight: number): void => {
    for (const { raw } of findWords(withoutUrls(text))) {
      const terms = wordTerms(raw);
      for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + weight);
      length += weight * terms.length;
    }
  };
  countText(paper.title, TITLE_WEIGHT);
  countText(paper.abstract ?? "", 1);
  for (const name of namesOf(paper)) {
    for (const { raw } of findWords(name)) {
      if (STOP_WORDS.has(raw.toLowerCase())) continue;
      for (const term of nameTerms(raw)) counts.set(term, 1);
    }
  }
  for (const title of paper.otherTitles ?? []) {
    for (const { raw } of findWords(withoutUrls(title)))
      for (const term of wordTerms(raw)) if (!counts.has(term)) counts.set(term, 1);
  }
  return { counts, length };
}
