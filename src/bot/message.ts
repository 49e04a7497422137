import { titleKey } from "../corpus/identifiers/paper-id.ts";
import type { Paper } from "../corpus/paper.ts";
import type { Reference } from "../corpus/identifiers/reference.ts";
import { findReferences, nameOf } from "../corpus/identifiers/reference.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import { wordsQuery } from "../search/query/search-query.ts";
import type { Services } from "./command.ts";
import { similar } from "./commands/similar.ts";
import { findByReference } from "./naming/find-reference.ts";
import { offerFetch } from "./naming/offer-fetch.ts";
import { allKnownHere } from "./cards/here/known-here.ts";
import { listedCard, paperRecord } from "./cards/paper-cards.ts";
import type { Card, Reply } from "./reply.ts";
import { answer, textCard } from "./reply.ts";

/** Longest part of a message that is searched for titles, in characters. */
const READ = 4000;
/** A title shorter than this (letters and digits) is too easily said by chance. */
const MIN_TITLE = 12;
/** Papers offered of a message that mentions several. */
const OFFERED = 5;

interface Mentioned {
  readonly papers: readonly Paper[];
  /** References to papers that are not here. */
  readonly unknown: readonly Reference[];
}

/** The papers whose whole title is written in a text. */
async function titledIn(index: PaperIndex, text: string): Promise<Paper[]> {
  const key = titleKey(text);
  const parts = text.split(/[\n"“”]+/).filter((part) => titleKey(part).length >= MIN_TITLE);
  const found = new Map<Paper["id"], Paper>();
  for (const part of parts.slice(0, 20)) {
    const { hits } = await index.search(wordsQuery(part.slice(0, 500)), { offset: 0, limit: 5 });
    for (const { paper } of hits) {
      const title = titleKey(paper.title);
      if (title.length >= MIN_TITLE && key.includes(title)) found.set(paper.id, paper);
    }
  }
  return [...found.values()];
}

/** The papers a message mentions: by link, identifier or DOI, or by a title written out. */
async function findMentioned(index: PaperIndex, message: string): Promise<Mentioned> {
  const text = message.slice(0, READ);
  const papers = new Map<Paper["id"], Paper>();
  const unknown: Reference[] = [];
  for (const reference of findReferences(text)) {
    const paper = await findByReference(index, reference);
    if (paper === undefined) unknown.push(reference);
    else papers.set(paper.id, paper);
  }
  for (const paper of await titledIn(index, text)) papers.set(paper.id, paper);
  return { papers: [...papers.values()], unknown };
}

/** What is said where no paper of the corpus is mentioned; the one paper that is can perhaps be fetched. */
async function nothingMentioned({ unknown }: Mentioned, services: Services): Promise<Reply> {
  const looked =
    "No paper of this corpus is mentioned there. Looked for: links to papers, arXiv identifiers, DOIs, and titles written out.";
  const missing =
    unknown.length === 0 ? "" : ` Not in this corpus: ${unknown.slice(0, OFFERED).map(nameOf).join(", ")}.`;
  const [only, ...others] = unknown;
  const offer = only === undefined || others.length > 0 ? undefined : await offerFetch(only, services);
  const summary = looked + missing + (offer?.words ?? "");
  return answer({
    summary,
    tone: "missing",
    cards: [{ ...textCard(summary), buttons: offer?.buttons ?? [] }],
  });
}

/** Papers similar to the one that a message mentions; several are offered to choose from. */
export async function similarToMessage(message: string, services: Services): Promise<Reply> {
  const mentioned = await findMentioned(services.library.index, message);
  const [only, ...others] = mentioned.papers;
  if (only === undefined) return nothingMentioned(mentioned, services);
  if (others.length === 0) {
    const again = { command: "similar", args: { papers: only.id } };
    return { ...(await similar.run(again.args, services)), again };
  }
  const offered = mentioned.papers.slice(0, OFFERED);
  const more = mentioned.papers.length - offered.length;
  const summary = `The message mentions ${mentioned.papers.length} papers. Similar to which one?${more > 0 ? ` (and ${more} more)` : ""}`;
  const here = await allKnownHere(services, offered);
  const cards = offered.map((paper, i): Card => {
    const run = { command: "similar", args: { papers: paper.id } };
    const card = listedCard({ number: i + 1, paper, lines: here[i] ?? [] });
    return { ...card, buttons: [{ kind: "run", label: "Similar", key: String(i + 1), run }] };
  });
  return answer({ summary, cards: [textCard(summary), ...cards], data: offered.map(paperRecord) });
}
