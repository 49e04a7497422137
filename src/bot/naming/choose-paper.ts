import type { Paper } from "../../corpus/paper.ts";
import type { Reference } from "../../corpus/identifiers/reference.ts";
import type { Services } from "../command.ts";
import type { FoundPaper } from "./find-paper.ts";
import type { FetchOffer } from "./offer-fetch.ts";
import { commandLine, offerFetch } from "./offer-fetch.ts";
import { listedCard, paperRecord } from "../cards/paper-cards.ts";
import type { Card, Invocation, Reply } from "../reply.ts";
import { answer, textCard } from "../reply.ts";

function candidates(papers: readonly Paper[], run: (paper: Paper) => Invocation, label: string): Card[] {
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
  const line = reference === undefined ? undefined : commandLine(reference);
  if (line !== undefined) return line;
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

/** That a paper is not here, and how it comes here: by pressing a button where that is offered, else at a command line. */
export function notHere(text: string, reference: Reference | undefined, offer?: FetchOffer): string {
  const typed = text.trim();
  const shown = typed.length > SHOWN ? `${typed.slice(0, SHOWN).replace(/[\uD800-\uDBFF]$/, "")}…` : typed;
  const what = reference?.kind === "number" ? "lacks its archive." : "is not in this corpus.";
  return `“${shown}” ${what}${offer?.words ?? takeIn(reference)}`;
}

function noTitleFits(text: string, nearest: readonly Paper[]): string {
  const more =
    nearest.length > 0
      ? "The nearest papers are:"
      : "Search for its topic instead: search curriculum learning";
  return `No title fits “${text}”. ${more}`;
}

/** What choosing a paper does, and what it is called on the button. */
export interface Choosing {
  readonly run: (paper: Paper) => Invocation;
  readonly label: string;
}

/**
 * The reply where a text does not name one paper: the candidates to choose from, the nearest papers, or, for an id that is
 * not here, how to have it.
 */
export async function chooseReply(
  text: string,
  found: Exclude<FoundPaper, { kind: "found" }>,
  { run, label }: Choosing,
  services: Pick<Services, "fetching" | "caller">,
): Promise<Reply> {
  if (found.kind === "ambiguous") {
    const summary = `Several titles fit “${text}”. Which one do you mean?`;
    return answer({
      summary,
      tone: "missing",
      cards: [textCard(summary), ...candidates(found.candidates, run, label)],
      data: found.candidates.map(paperRecord),
    });
  }
  const { reference } = found;
  const fetch = reference === undefined ? undefined : await offerFetch(reference, services);
  const summary = found.isReference ? notHere(text, reference, fetch) : noTitleFits(text, found.nearest);
  const said = { ...textCard(summary), buttons: fetch?.buttons ?? [] };
  return answer({
    summary,
    tone: "missing",
    cards: [said, ...candidates(found.nearest, run, label)],
  });
}
