import { fold } from "../../corpus/fold.ts";
import { titleKey } from "../../corpus/identifiers/paper-id.ts";
import type { Paper } from "../../corpus/paper.ts";
import type { Reference } from "../../corpus/identifiers/reference.ts";
import { parseReference } from "../../corpus/identifiers/reference.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import { wordsQuery } from "../../search/query/search-query.ts";
import { findByReference } from "./find-reference.ts";
import { findByShortId } from "./short-id.ts";

/** Candidates offered when a name fits several papers. */
const OFFERED = 5;

/** Titles looked at for the words of a name: enough to know whether more than one has them. */
const LOOKED = 50;

/** The paper that a text names, or why it names none. */
export type FoundPaper =
  | { readonly kind: "found"; readonly paper: Paper }
  /** Several titles have these words, or several papers have this title. */
  | { readonly kind: "ambiguous"; readonly candidates: readonly Paper[] }
  /** None has; `nearest` are the papers a search brings up. */
  | {
      readonly kind: "missing";
      readonly nearest: readonly Paper[];
      readonly isReference: boolean;
      /** The link, DOI or id that the text is; absent for a short id and for words. */
      readonly reference?: Reference;
    };

async function searchNearest(index: PaperIndex, text: string): Promise<Paper[]> {
  const { hits } = await index.search(wordsQuery(text), { offset: 0, limit: OFFERED });
  return hits.map(({ paper }) => paper);
}

/** Shorter words stand inside too many others to be looked for there. */
const MIN_INSIDE = 3;

/** Whether a title has every word of a text, so that the text is a part of it rather than a guess at it. */
function isPartOf(text: string, title: string): boolean {
  const key = titleKey(title);
  if (key.includes(titleKey(text))) return true;
  const [typed, written] = [text, title].map((one) => fold(one).match(/[\p{L}\p{N}]+/gu) ?? []);
  return (typed ?? []).every(
    (word) =>
      (word.length >= MIN_INSIDE && key.includes(word)) || written?.some((one) => one.startsWith(word)),
  );
}

/** A year or a version behind a title, which no title has there: `(2025)`, `, 2025`, `v2`. */
const BEHIND_TITLE = /(?:[\s,]+[([]?(?:19|20)\d\d[)\]]?|\s+[([]?v\d{1,2}[)\]]?)$/i;

/** The name that a title gives before its colon: `DINOv2` in “DINOv2: Learning Robust Visual Features …”. */
const nameIn = ({ title }: Paper): string => titleKey(/^([^:]+):\s/.exec(title)?.[1] ?? title);

/** Of papers that all have the words, the one whose name is just what was typed, where there is one such. */
function namesake(text: string, papers: readonly Paper[]): Paper | undefined {
  const [only, ...others] = papers.filter((paper) => nameIn(paper) === titleKey(text));
  return others.length === 0 ? only : undefined;
}

/**
 * Finds the paper named by an id, a link, a DOI, a title or a part of a title; a year or a version behind a title hides
 * nothing. A whole title, or the whole name before a title's colon, beats the titles that contain it. A misspelt name is
 * never taken for the paper it may mean: that one is among the nearest.
 */
export async function findPaper(index: PaperIndex, text: string): Promise<FoundPaper> {
  const found = await findNamed(index, text);
  const bare = text.trim().replace(BEHIND_TITLE, "");
  if (found.kind !== "missing" || found.isReference || bare === "" || bare === text.trim()) return found;
  const again = await findNamed(index, bare);
  return again.kind === "missing" ? found : again;
}

/** Whether a text may be a paper's name: it is where it names one or several. */
export async function fitAsName(index: PaperIndex, text: string): Promise<"fits" | "may-fit"> {
  return (await findPaper(index, text)).kind === "missing" ? "may-fit" : "fits";
}

/** Whether a text is several words that some paper has, all of them. */
export async function isTopic(index: PaperIndex, text: string): Promise<boolean> {
  if (!/\S\s+\S/.test(text) || parseReference(text) !== undefined) return false;
  return hasWords(index, text);
}

/** Whether some paper has all the words of a text, as they are typed. */
export async function hasWords(index: PaperIndex, text: string): Promise<boolean> {
  const { complete, corrections } = await index.search(wordsQuery(text), { offset: 0, limit: 1 });
  return complete > 0 && corrections.length === 0;
}

/** Finds the paper that a text names just as it stands. */
async function findNamed(index: PaperIndex, text: string): Promise<FoundPaper> {
  const reference = parseReference(text);
  if (reference !== undefined) {
    const paper = await findByReference(index, reference);
    return paper === undefined
      ? { kind: "missing", nearest: [], isReference: true, reference }
      : { kind: "found", paper };
  }
  const short = await findByShortId(index, text);
  if (short?.length === 0) return { kind: "missing", nearest: [], isReference: true };
  const whole = short ?? (await index.titled(text));
  const suggestions = whole.length > 0 ? [] : await index.suggest(text, LOOKED);
  const guesses = (await Promise.all(suggestions.map(({ id }) => index.get(id)))).filter(
    (paper) => paper !== undefined,
  );
  const fitting = [...whole, ...guesses.filter((paper) => isPartOf(text, paper.title))];
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return { kind: "found", paper: only };
  const same = namesake(text, fitting);
  if (same !== undefined) return { kind: "found", paper: same };
  if (only !== undefined) return { kind: "ambiguous", candidates: fitting.slice(0, OFFERED) };
  const nearest = guesses.length > 0 ? guesses.slice(0, OFFERED) : await searchNearest(index, text);
  return { kind: "missing", nearest, isReference: false };
}
