import { arxivIdOf, parseArxivId } from "../../../src/corpus/identifiers/paper-id.ts";
import { parseReference } from "../../../src/corpus/identifiers/reference.ts";
import { parsePeriod } from "../../../src/sources/huggingface/periods.ts";
import type { Selection } from "../../../src/sources/selection.ts";
import { parseLookup } from "./lookup-names.ts";

/**
 * A search is announced by a word. Without it a mistyped day (`huggingface:2026-3-6`) would be searched for, and the
 * question mark of web addresses is a file pattern in shells: zsh refuses `huggingface:?diffusion` without quotes.
 */
const SEARCH = "huggingface:search:";

function parseHuggingFace(text: string): Selection | undefined {
  if (text.toLowerCase().startsWith(SEARCH)) {
    const words = text.slice(SEARCH.length).trim();
    return words === "" ? undefined : { kind: "search", words };
  }
  const period = parsePeriod(text.slice("huggingface:".length).toUpperCase());
  return period === undefined ? undefined : { kind: "list", period };
}

/**
 * Reads a selection as the command line names it: `huggingface:2026-03-06`, `huggingface:2026-W10`,
 * `huggingface:2026-02`, `huggingface:search:curriculum learning`, `arxiv:2602.23229v1`, `arxiv:cs/0112017`, a link to a
 * paper, a DOI, `crossref:curriculum learning`. Versions are cut off: arXiv gives the newest. Undefined for other text.
 */
export function parseSelection(text: string): Selection | undefined {
  if (/^huggingface:/i.test(text)) return parseHuggingFace(text);
  const link = /^https?:\/\//i.test(text) ? parseReference(text) : undefined;
  const id =
    link?.kind === "paper" ? arxivIdOf(link.id) : parseArxivId(/^arxiv:\s*(.+)$/i.exec(text)?.[1] ?? "");
  return id === undefined ? parseLookup(text) : { kind: "paper", id };
}
