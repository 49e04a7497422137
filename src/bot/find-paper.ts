import { titleKey } from "../corpus/paper-id.ts";
import type { Paper } from "../corpus/paper.ts";
import { parseReference } from "../corpus/reference.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import { wordsQuery } from "../search/query/search-query.ts";

/** Candidates offered when a name fits several papers. */
const OFFERED = 5;

/** The paper that a text names, or why it names none. */
export type FoundPaper =
  | { readonly kind: "found"; readonly paper: Paper }
  /** Several titles have these words. */
  | { readonly kind: "ambiguous"; readonly candidates: readonly Paper[] }
  /** None has; `nearest` are the papers a search brings up. */
  | { readonly kind: "missing"; readonly nearest: readonly Paper[]; readonly isReference: boolean };

async function searchNearest(index: PaperIndex, text: string): Promise<Paper[]> {
  const { hits } = await index.search(wordsQuery(text), { offset: 0, limit: OFFERED });
  return hits.map(({ paper }) => paper);
}

/** Whether a title has every word of a text, so that the text is a part of it rather than a guess at it. */
function isPartOf(text: string, title: string): boolean {
  return titleKey(title).includes(titleKey(text));
}

/**
 * Finds the paper named by an id, a link, a DOI, a title or a part of a title. A whole title beats the titles that
 * contain it.
 */
export async function findPaper(index: PaperIndex, text: string): Promise<FoundPaper> {
  const reference = parseReference(text);
  if (reference !== undefined) {
    const paper = reference.kind === "paper" ? await index.get(reference.id) : undefined;
    return paper === undefined
      ? { kind: "missing", nearest: [], isReference: true }
      : { kind: "found", paper };
  }
  const suggestions = await index.suggest(text, OFFERED);
  const papers = (await Promise.all(suggestions.map(({ id }) => index.get(id)))).filter(
    (paper) => paper !== undefined,
  );
  const exact = papers.find((paper) => titleKey(paper.title) === titleKey(text));
  if (exact !== undefined) return { kind: "found", paper: exact };
  const parts = papers.filter((paper) => isPartOf(text, paper.title));
  const candidates = parts.length > 0 ? parts : papers;
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return { kind: "found", paper: only };
  if (only !== undefined) return { kind: "ambiguous", candidates };
  return { kind: "missing", nearest: await searchNearest(index, text), isReference: false };
}
