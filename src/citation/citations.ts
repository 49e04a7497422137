import type { Paper } from "../corpus/paper.ts";
import { renderBibtex } from "./bibtex/bibtex.ts";
import type { CslItem } from "./csl-item.ts";
import { cslItem } from "./csl-item.ts";
import type { Format } from "./formats.ts";
import { citationKeys } from "./keys.ts";
import { renderRis } from "./ris.ts";
import type { StyleChoice } from "./style.ts";
import { renderStyled } from "./styled.ts";

/** A paper and its entry. */
export interface Citation {
  readonly paper: Paper;
  readonly item: CslItem;
  readonly entry: string;
}

/** The entries of papers that are cited together. */
export interface Citations {
  /** In the order of the papers, or of the style. */
  readonly entries: readonly Citation[];
  /** What is not as it was asked for. */
  readonly notes: readonly string[];
}

/** How papers are cited. */
export interface CitedAs {
  readonly format: Format;
  /** For Markdown and text. */
  readonly style: StyleChoice;
  readonly withAbstracts: boolean;
  /** Other papers that may have the same keys, by which keys are told apart. */
  readonly namesakes?: readonly Paper[];
}

/** Papers as items with keys of their own, in their order. */
function itemsOf(
  papers: readonly Paper[],
  { withAbstracts, namesakes = [] }: CitedAs,
): readonly (readonly [Paper, CslItem])[] {
  const unnamed = papers.map((paper) => [paper, cslItem(paper, "", withAbstracts)] as const);
  const others = namesakes.map((paper) => [paper, cslItem(paper, "")] as const);
  const keys = citationKeys(unnamed, others);
  return unnamed.map(([paper, item], i) => [paper, { ...item, id: keys[i] ?? "" }] as const);
}

function renderItem(item: CslItem, format: Exclude<Format, "markdown" | "text">): string {
  switch (format) {
    case "bibtex":
    case "biblatex":
      return renderBibtex(item, format);
    case "ris":
      return renderRis(item);
    case "csl-json":
      return JSON.stringify(item, null, 2);
  }
}

/** Cites papers together, so that no two have the same key. */
export async function citePapers(papers: readonly Paper[], as: CitedAs): Promise<Citations> {
  const { format, style } = as;
  const items = itemsOf(papers, as);
  if (format !== "markdown" && format !== "text") {
    const entries = items.map(([paper, item]) => ({ paper, item, entry: renderItem(item, format) }));
    return { entries, notes: [] };
  }
  const byKey = new Map(items.map(([paper, item]) => [item.id, { paper, item }]));
  const styled = await renderStyled(
    [...byKey.values()].map(({ item }) => item),
    style,
    format,
  );
  const entries = styled.entries.flatMap(({ key, text }) => {
    const cited = byKey.get(key);
    return cited === undefined ? [] : [{ ...cited, entry: format === "markdown" ? `- ${text}` : text }];
  });
  return { entries, notes: styled.notes };
}

/** Entries as one text to copy or to save. */
export function joinEntries(entries: readonly string[], format: Format): string {
  switch (format) {
    case "bibtex":
    case "biblatex":
    case "text":
      return entries.join("\n\n");
    case "ris":
    case "markdown":
      return entries.join("\n");
    case "csl-json":
      return `[${entries.map((entry) => `\n${entry}`.replaceAll("\n", "\n  ")).join(",")}\n]`;
  }
}
