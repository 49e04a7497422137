import { BY_IDENTIFIER } from "../../corpus/origin.ts";
import type { FactName, Paper, PaperFacts, PaperId } from "../../corpus/paper.ts";
import { parseArxivId } from "../../corpus/identifiers/paper-id.ts";
import { quoteLine } from "../../corpus/problem.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import type { Live } from "../../sources/live.ts";
import type { AskedPapers } from "../../store/store.ts";
import { inPieces, isMissing } from "../../sources/lookup.ts";
import type { SourceItem } from "../../sources/source.ts";
import type { CompletingService } from "./lacking.ts";
import { additionOf, lackingAt } from "./lacking.ts";
import type { GrowingLibrary } from "../library.ts";
import type { Progress } from "./refresh.ts";
import type { IngestReport } from "../intake/report.ts";
import { createTally } from "../intake/report.ts";
import { takeAll } from "./take-all.ts";

/** Papers that are asked for between two words about how far it has come; no more is read twice after an end. */
const AT_ONCE = 100;

/** What completing works with. */
export interface CompleteParts {
  readonly library: Pick<GrowingLibrary, "take" | "save">;
  /** The papers that are here. */
  readonly index: PaperIndex;
  readonly live: Pick<Live, "arxiv" | "lookups">;
  /** For which papers the services were asked. */
  readonly asked: AskedPapers;
  readonly now: () => Date;
}

/** A service is not asked for the same paper again within a day, whatever it answered. */
const RESTED_MS = 24 * 60 * 60 * 1000;

/** What is to be completed. */
export interface CompleteRequest {
  /** In this order; each is asked for what those before left open. */
  readonly services: readonly CompletingService[];
  readonly signal: AbortSignal;
  readonly progress?: (progress: Progress) => void;
}

/** What came of it. */
export interface Completion {
  readonly report: IngestReport;
  /** Papers that lacked something that one of the services may know. */
  readonly lacking: number;
  /** Papers that a service does not have, however many of the services. */
  readonly unknown: number;
  /** Papers that lacked something and were asked for less than a day ago, so that they were not asked for again. */
  readonly rested: number;
  /** Papers that became better known, by the service's name. */
  readonly completed: ReadonlyMap<string, number>;
  /** How often each fact was filled in. */
  readonly facts: ReadonlyMap<FactName, number>;
}

interface Counts {
  readonly lacking: Set<PaperId>;
  readonly completed: Map<string, number>;
  readonly facts: Map<FactName, number>;
  unknown: number;
  readonly rested: Set<PaperId>;
  /** Papers as they are with what was added, which a library that only says so does not have. */
  readonly better: Map<PaperId, Paper>;
}

const more = <Key>(counts: Map<Key, number>, key: Key): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1);

/** A service under its name, asked for papers by its ids. */
function askFor({ arxiv, lookups }: CompleteParts["live"], service: CompletingService) {
  if (service !== "arxiv") return lookups[service];
  return {
    name: arxiv.name,
    async *byIds(ids: readonly string[], signal: AbortSignal): AsyncGenerator<SourceItem> {
      const wanted = ids.flatMap((id) => parseArxivId(id) ?? []);
      for await (const item of arxiv.byIds(wanted, signal)) {
        const own = item.kind === "paper" ? item.listing.arxivId : undefined;
        yield own === undefined || item.kind !== "paper" ? item : { ...item, ids: [own] };
      }
    },
  };
}

/** The papers that lack something a service may know, by the ids it has for them. */
async function papersLacking(
  index: PaperIndex,
  service: CompletingService,
  better: Counts["better"],
): Promise<Map<string, Paper[]>> {
  const wanted = new Map<string, Paper[]>();
  for await (const known of index.papers()) {
    const paper = better.get(known.id) ?? known;
    const id = lackingAt(service, paper);
    if (id !== undefined) wanted.set(id, [...(wanted.get(id) ?? []), paper]);
  }
  return wanted;
}

/** A paper with what was added; a date is then stated, whatever its identifier says. */
function betterKnown(paper: Paper, facts: PaperFacts): Paper {
  const origins =
    facts.date === undefined
      ? paper.origins
      : paper.origins.filter(({ kind }) => kind !== BY_IDENTIFIER.kind);
  return { ...paper, ...facts, origins };
}

/** What a service is asked for, and what is told of that. */
interface Asking {
  readonly name: string;
  readonly wanted: ReadonlyMap<string, readonly Paper[]>;
  readonly counts: Counts;
  /** The ids of which the service said something; those of a request that failed are not among them. */
  readonly answered: Set<string>;
}

/** What a service's papers add to those that are here. */
async function* additions(
  items: AsyncIterable<SourceItem>,
  { name, wanted, counts, answered }: Asking,
): AsyncGenerator<SourceItem> {
  for await (const item of items) {
    if (item.kind !== "list") for (const id of item.ids ?? []) answered.add(id);
    if (item.kind === "problem" && isMissing(item.problem, name)) {
      counts.unknown++;
      continue;
    }
    if (item.kind !== "paper") {
      yield item;
      continue;
    }
    for (const paper of new Set(item.ids?.flatMap((id) => wanted.get(id) ?? []))) {
      const addition = additionOf(paper, item.listing);
      if (addition.kind === "another") {
        const [file, expected] = [name, `the paper “${paper.title}” under ${item.ids?.[0]}`];
        yield { kind: "problem", problem: { file, expected, found: quoteLine(item.listing.title) } };
      }
      if (addition.kind !== "adds") continue;
      more(counts.completed, name);
      for (const fact of addition.facts) more(counts.facts, fact);
      const { title: _title, arxivId: _id, listedOn: _on, ...facts } = addition.listing;
      counts.better.set(paper.id, betterKnown(paper, facts));
      yield { ...item, listing: addition.listing };
    }
  }
}

/** The ids that a service was not asked for within a day; the papers of the others are counted. */
async function notRested(
  { asked, now }: CompleteParts,
  service: CompletingService,
  { wanted, counts }: Pick<Asking, "wanted" | "counts">,
): Promise<string[]> {
  const known = await asked.since(service, [...wanted.keys()], new Date(now().getTime() - RESTED_MS));
  for (const id of known) for (const paper of wanted.get(id) ?? []) counts.rested.add(paper.id);
  return [...wanted.keys()].filter((id) => !known.has(id));
}

/**
 * Fills in what papers that are here lack, from services that know them by their DOI or arXiv identifier. Nothing that is
 * known changes, save that a retraction is told. A service is not asked for a paper again within a day, so that an end loses
 * at most the last hundred papers; where a request failed, its papers are asked for the next time.
 */
export async function complete(parts: CompleteParts, request: CompleteRequest): Promise<Completion> {
  const { services, signal, progress } = request;
  const tally = createTally();
  const counts: Counts = {
    lacking: new Set(),
    completed: new Map(),
    facts: new Map(),
    unknown: 0,
    rested: new Set(),
    better: new Map(),
  };
  for (const service of services) {
    const source = askFor(parts.live, service);
    const wanted = await papersLacking(parts.index, service, counts.better);
    for (const papers of wanted.values()) for (const { id } of papers) counts.lacking.add(id);
    const pieces = inPieces(await notRested(parts, service, { wanted, counts }), AT_ONCE);
    for (const [i, ids] of pieces.entries()) {
      if (signal.aborted) break;
      const answered = new Set<string>();
      const items = additions(source.byIds(ids, signal), { name: source.name, wanted, counts, answered });
      tally.add(await takeAll(parts.library, items, { signal }));
      await parts.asked.note(
        service,
        ids.filter((id) => answered.has(id)),
      );
      const papers = counts.completed.get(source.name) ?? 0;
      progress?.({ source: source.name, papers, list: ids.at(-1) ?? "", share: (i + 1) / pieces.length });
    }
  }
  await parts.library.save();
  const { lacking, unknown, rested, completed, facts } = counts;
  const sizes = { lacking: lacking.size, unknown, rested: rested.size };
  return { report: tally.report(), ...sizes, completed, facts };
}
