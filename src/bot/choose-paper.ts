import type { Paper } from "../corpus/paper.ts";
import type { Reference } from "../corpus/reference.ts";
import type { FoundPaper } from "./find-paper.ts";
import { ingestName } from "./ingest-name.ts";
import { listedCard, paperRecord } from "./paper-cards.ts";
import type { Card, Invocation, Reply } from "./reply.ts";
import { answer, textCard } from "./reply.ts";

function offer(papers: readonly Paper[], run: (paper: Paper) => Invocation, label: string): Card[] {
  return papers.map((paper, i) => {
    const number = i + 1;
    const card = listedCard({ number, paper, lines: [] });
    return { ...card, buttons: [{ kind: "run", label, key: String(number), run: run(paper) }] };
  });
}

/** Characters of what was typed that an answer repeats. */
const SHOWN = 100;

/** How a paper that is not here is taken in, where that can be. */
function takeIn(reference: Reference | undefined): string {
  const name = reference === undefined ? undefined : ingestName(reference);
  if (name !== undefined)
    return ` To take it in, type at a command line, where Paperboy runs: paperboy ingest ${name}`;
  switch (reference?.kind) {
    case "page":
      return " No paper here was given with that address. To take it in, name a file that has it, BibTeX or JSON Lines, at a command line where Paperboy runs: paperboy ingest papers.bib";
    case "number":
      return ` An arXiv number of before April 2007 has its archive in front, such as cs/${reference.number} or math/${reference.number}.`;
    case "paper":
    case "doi":
    case undefined:
      return "";
  }
}

function notHere(text: string, reference: Reference | undefined): string {
  const typed = text.trim();
  const shown = typed.length > SHOWN ? `${typed.slice(0, SHOWN).replace(/[\uD800-\uDBFF]$/, "")}…` : typed;
  const what = reference?.kind === "number" ? "lacks its archive." : "is not in this corpus.";
  return `“${shown}” ${what}${takeIn(reference)}`;
}

function noTitleFits(text: string, nearest: readonly Paper[]): string {
  const more =
    nearest.length > 0
      ? "The nearest papers are:"
      : "Search for its topic instead: search curriculum learning";
  return `No title fits “${text}”. ${more}`;
}

/**
 * The reply where a text does not name one paper: the candidates to choose from, or the nearest papers. `run` is
 * what choosing a paper does, and `label` says it on the button.
 */
export function chooseReply(
  text: string,
  found: Exclude<FoundPaper, { kind: "found" }>,
  run: (paper: Paper) => Invocation,
  label: string,
): Reply {
  if (found.kind === "ambiguous") {
    const summary = `Several titles fit “${text}”. Which one do you mean?`;
    return answer({
      summary,
      tone: "missing",
      cards: [textCard(summary), ...offer(found.candidates, run, label)],
      data: found.candidates.map(paperRecord),
    });
  }
  const summary = found.isReference ? notHere(text, found.reference) : noTitleFits(text, found.nearest);
  return answer({
    summary,
    tone: "missing",
    cards: [textCard(summary), ...offer(found.nearest, run, label)],
  });
}
