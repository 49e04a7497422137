import type { Paper } from "../corpus/paper.ts";
import type { FoundPaper } from "./find-paper.ts";
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
  const what = found.isReference ? `“${text}” is not in this corpus.` : `No title fits “${text}”.`;
  const more =
    found.nearest.length > 0
      ? "The nearest papers are:"
      : "Search for its topic instead: search curriculum learning";
  const summary = `${what} ${more}`;
  return answer({
    summary,
    tone: "missing",
    cards: [textCard(summary), ...offer(found.nearest, run, label)],
  });
}
