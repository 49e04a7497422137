import type { Paper } from "../corpus/paper.ts";
import { renderBibtex } from "./bibtex.ts";
import type { CslItem } from "./csl-item.ts";
import { cslItem } from "./csl-item.ts";
import { citationKeys } from "./keys.ts";

/** The forms of an entry, in the order in which they are offered. */
export const FORMATS = ["bibtex", "biblatex"] as const;
export type Format = (typeof FORMATS)[number];

/** A paper and its entry. */
export interface Citation {
  readonly paper: Paper;
  readonly item: CslItem;
  readonly entry: string;
}

/** Papers as items with keys of their own, in their order. */
function itemsOf(papers: readonly Paper[]): readonly (readonly [Paper, CslItem])[] {
  const unnamed = papers.map((paper) => [paper, cslItem(paper, "")] as const);
  const keys = citationKeys(unnamed);
  return unnamed.map(([paper, item], i) => [paper, { ...item, id: keys[i] ?? "" }] as const);
}

/** The entries of papers that are cited together. */
export function citations(papers: readonly Paper[], format: Format): readonly Citation[] {
  return itemsOf(papers).map(([paper, item]) => ({ paper, item, entry: renderBibtex(item, format) }));
}
