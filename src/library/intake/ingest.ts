import { isDeepStrictEqual } from "node:util";
import type { Catalogue, Filed } from "../../corpus/merging/catalogue.ts";
import { createCatalogue } from "../../corpus/merging/catalogue.ts";
import { identityKeys } from "../../corpus/identifiers/identity.ts";
import { FACTS, paperOf } from "../../corpus/merging/merge.ts";
import type { Listing, Origin, Paper, PaperId } from "../../corpus/paper.ts";
import { originsByFact } from "../../corpus/origin.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import type { Turns } from "../../turns.ts";
import { createTurns } from "../../turns.ts";
import { asPaper } from "../record/removed.ts";
import type { RemovedPaper } from "../record/stored-line.ts";
import type { BatchReport, Outcome } from "./report.ts";

/** What to store and to index so that the library knows what listings say. */
export interface IngestPlan {
  /** The mentions that say something new, in the order they were read. */
  readonly listings: readonly Listing[];
  /** The papers to index, and the ids under which some of them were indexed before. */
  readonly papers: readonly Paper[];
  readonly outdated: ReadonlyMap<PaperId, readonly PaperId[]>;
  /** Papers that were removed before and are there again. */
  readonly readmitted: readonly PaperId[];
  readonly report: BatchReport;
}

/** The papers that were removed, and whether mentions of them bring them back or are left out. */
export interface Barring {
  readonly removed: Catalogue;
  readonly readmits: boolean;
}

/** A plan under construction: what the index holds, and what the listings taken so far say beyond it. */
interface Draft {
  readonly take: (listing: Listing) => void;
  readonly finish: () => IngestPlan;
}

/** Each fact of a paper with the kind of its source. */
const kindsOf = (paper: Paper): Map<string, Origin["kind"]> =>
  new Map([...originsByFact(paper)].map(([fact, { kind }]) => [fact, kind]));

/** What a paper says and on the word of which kinds of sources. The same votes, counted again later, are nothing new. */
const sayingOf = (paper: Paper): object => ({
  ...paper,
  upvotes: paper.upvotes?.count,
  origins: kindsOf(paper),
});

const saysTheSame = (a: Paper | undefined, b: Paper): boolean =>
  a !== undefined && isDeepStrictEqual(sayingOf(a), sayingOf(b));

/**
 * What a listing says beyond what is known: votes change every day, abstracts do not and need not be stored again. What
 * is left out changes neither a value nor its origin, so that what is stored makes the very paper that is indexed.
 */
function newsOf(listing: Listing, known: Paper | undefined, merged: Paper): Listing {
  if (known === undefined) return listing;
  const [before, after] = [originsByFact(known), originsByFact(merged)];
  const isNews = (fact: (typeof FACTS)[number]): boolean =>
    !isDeepStrictEqual(before.get(fact), after.get(fact)) || !isDeepStrictEqual(known[fact], merged[fact]);
  const news = new Set<string>(FACTS.filter(isNews));
  // Without those who hide, the listing's names are others.
  if (news.has("authors")) news.add("hiddenAuthors");
  const old = new Set<string>(FACTS.filter((fact) => !news.has(fact)));
  // By these it was found to be this paper, and is again when it is read from the store.
  for (const name of ["doi", "urls"] as const)
    if (identityKeys({ [name]: listing[name] }).length > 0) old.delete(name);
  return Object.fromEntries(Object.entries(listing).filter(([name]) => !old.has(name))) as unknown as Listing;
}

function outcomeOf(filed: Filed, isKnown: boolean): Outcome {
  if (filed.kind === "new") return "added";
  return isKnown ? "improved" : "unchanged";
}

/** Knows papers that were removed from those that may come in. */
function createGate(barring: Barring | undefined) {
  const readmitted = new Set<PaperId>();
  return {
    /** Whether a paper that would be new was removed before and stays so. */
    bars(filed: Filed): boolean {
      const same = filed.kind === "new" ? (barring?.removed.same(filed.paper) ?? []) : [];
      if (same.length === 0) return false;
      if (barring?.readmits !== true) return true;
      for (const { id } of same) readmitted.add(id);
      return false;
    },
    readmitted: (): PaperId[] => [...readmitted],
  };
}

const nothingUnread = { unread: 0, partly: 0, problems: [] } as const;

function createDraft(before: ReadonlyMap<PaperId, Paper>, barring: Barring | undefined): Draft {
  const catalogue = createCatalogue(before.values());
  const changed = new Map<PaperId, Paper>();
  const improved = new Set<PaperId>();
  const outdated = new Map<PaperId, PaperId[]>();
  const listings: Listing[] = [];
  const outcomes: Outcome[] = [];
  const gate = createGate(barring);
  let [unchanged, barred] = [0, 0];

  /** What was known of the one paper that a listing was filed under. */
  const known = (filed: Filed): Paper | undefined => {
    const [id, another] = filed.kind === "new" ? [] : filed.replaced;
    return id === undefined || another !== undefined ? undefined : (changed.get(id) ?? before.get(id));
  };
  const rename = (from: PaperId, to: PaperId): void => {
    changed.delete(from);
    improved.delete(from);
    const ids = [...(outdated.get(from) ?? []), ...(before.has(from) ? [from] : [])];
    outdated.delete(from);
    if (ids.length > 0) outdated.set(to, [...(outdated.get(to) ?? []), ...ids]);
  };
  return {
    take(listing) {
      const filed = catalogue.look(listing);
      if (gate.bars(filed)) {
        barred++;
        outcomes.push("unchanged");
        return;
      }
      const { paper } = filed;
      const was = known(filed);
      if (saysTheSame(was, paper)) {
        // It is not stored, so that nothing after it may be compared with it.
        unchanged++;
        outcomes.push("unchanged");
        return;
      }
      catalogue.keep(filed);
      const replaced = filed.kind === "merged" ? filed.replaced : [];
      const isKnown = replaced.some((id) => before.has(id) || improved.has(id));
      if (isKnown) improved.add(paper.id);
      outcomes.push(outcomeOf(filed, isKnown));
      for (const id of replaced) if (id !== paper.id) rename(id, paper.id);
      changed.set(paper.id, paper);
      listings.push(newsOf(listing, was, paper));
    },
    finish: () => ({
      listings,
      papers: [...changed.values()],
      outdated,
      readmitted: gate.readmitted(),
      report: {
        ...nothingUnread,
        added: changed.size - improved.size,
        improved: improved.size,
        unchanged,
        outcomes,
        ...(barred === 0 ? {} : { barred }),
      },
    }),
  };
}

/** Steps that looking for a listing takes, that comparing it with what is known takes, and each of its characters. */
const COST = { found: 60_000, compared: 80_000, character: 40 } as const;

/** What a listing says, in characters. */
export const sizeOf = ({ title, abstract = "" }: Pick<Listing, "title" | "abstract">): number =>
  title.length + abstract.length;

/** The papers of the index that have a name in common with one. */
async function namesakes(index: PaperIndex, paper: Paper): Promise<Paper[]> {
  const found: Paper[] = [];
  for (const title of [paper.title, ...(paper.otherTitles ?? [])]) found.push(...(await index.titled(title)));
  found.push(...(await index.identified(identityKeys(paper))));
  const own = await index.get(paper.id);
  return own === undefined ? found : [...found, own];
}

/** The papers of the index that the listings may be mentions of: those with their titles, their ids and their DOIs. */
async function knownPapers(
  index: PaperIndex,
  listings: readonly Listing[],
  turns: Turns,
): Promise<Map<PaperId, Paper>> {
  const known = new Map<PaperId, Paper>();
  for (const listing of listings) {
    for (const paper of await namesakes(index, paperOf(listing)))
      if (!known.has(paper.id)) known.set(paper.id, paper);
    turns.spend(COST.found);
    await turns.pause();
  }
  return known;
}

/** The papers of the index that a removed paper is the same as. */
export async function remainsOf(index: PaperIndex, removed: RemovedPaper): Promise<readonly Paper[]> {
  const paper = asPaper(removed);
  const known = new Map((await namesakes(index, paper)).map((one) => [one.id, one]));
  return createCatalogue(known.values()).same(paper);
}

/** Finds out what in the listings the index does not know yet. Changes nothing. */
export async function planIngest(
  index: PaperIndex,
  listings: readonly Listing[],
  turns = createTurns(),
  barring?: Barring,
): Promise<IngestPlan> {
  const draft = createDraft(await knownPapers(index, listings, turns), barring);
  for (const listing of listings) {
    draft.take(listing);
    turns.spend(COST.compared + COST.character * sizeOf(listing));
    await turns.pause();
  }
  return draft.finish();
}
