import { isDeepStrictEqual } from "node:util";
import type { Filed } from "../corpus/merge.ts";
import { createCatalogue } from "../corpus/merge.ts";
import { arxivPaperId, titlePaperId } from "../corpus/paper-id.ts";
import type { Listing, Paper, PaperFacts, PaperId } from "../corpus/paper.ts";
import type { Problem } from "../corpus/problem.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import { readPapersAt } from "../sources/files/files-source.ts";

/** What taking in papers changed. */
export interface IngestReport {
  readonly added: number;
  /** Known papers about which something new was learnt. */
  readonly improved: number;
  /** Papers about which nothing new was said. */
  readonly unchanged: number;
  readonly problems: readonly Problem[];
}

/** What to store and to index so that the library knows what listings say. */
export interface IngestPlan {
  /** The mentions that say something new, in the order they were read. */
  readonly listings: readonly Listing[];
  /** The papers to index, and the ids under which some of them were indexed before. */
  readonly papers: readonly Paper[];
  readonly outdated: ReadonlyMap<PaperId, readonly PaperId[]>;
  readonly report: IngestReport;
}

/** A plan under construction: what the index holds, and what the listings taken so far say beyond it. */
interface Draft {
  readonly take: (listing: Listing) => void;
  readonly finish: () => IngestPlan;
}

/** Whether two states of a paper say the same. The same votes, counted again later, are nothing new. */
function saysTheSame(a: Paper | undefined, b: Paper): boolean {
  return isDeepStrictEqual({ ...a, upvotes: a?.upvotes?.count }, { ...b, upvotes: b.upvotes?.count });
}

const FACTS = ["abstract", "date", "authors", "organisation", "comments", "upvotes", "urls"] as const;

/** What a listing says beyond what is known: votes change every day, abstracts do not and need not be stored again. */
function newsOf(listing: Listing, known: Paper | undefined, merged: Paper): Listing {
  if (known === undefined) return listing;
  const isNews = (fact: keyof PaperFacts): boolean => !isDeepStrictEqual(known[fact], merged[fact]);
  const told = FACTS.filter((fact) => listing[fact] !== undefined && isNews(fact));
  const { title, arxivId, listedOn } = listing;
  return {
    title,
    ...(arxivId === undefined ? {} : { arxivId }),
    ...Object.fromEntries(told.map((fact) => [fact, listing[fact]])),
    listedOn,
  };
}

function createDraft(before: ReadonlyMap<PaperId, Paper>): Draft {
  const catalogue = createCatalogue(before.values());
  const changed = new Map<PaperId, Paper>();
  const improved = new Set<PaperId>();
  const outdated = new Map<PaperId, PaperId[]>();
  const listings: Listing[] = [];
  let unchanged = 0;

  const known = (filed: Filed): Paper | undefined =>
    filed.kind === "new" ? undefined : (changed.get(filed.replaced) ?? before.get(filed.replaced));
  const rename = (from: PaperId, to: PaperId): void => {
    changed.delete(from);
    improved.delete(from);
    const ids = [...(outdated.get(from) ?? []), ...(before.has(from) ? [from] : [])];
    outdated.delete(from);
    if (ids.length > 0) outdated.set(to, [...(outdated.get(to) ?? []), ...ids]);
  };
  return {
    take(listing) {
      const filed = catalogue.file(listing);
      const { paper } = filed;
      const was = known(filed);
      if (saysTheSame(was, paper)) {
        unchanged++;
        return;
      }
      const replaced = filed.kind === "merged" ? filed.replaced : paper.id;
      if (before.has(replaced) || improved.has(replaced)) improved.add(paper.id);
      if (replaced !== paper.id) rename(replaced, paper.id);
      changed.set(paper.id, paper);
      listings.push(newsOf(listing, was, paper));
    },
    finish: () => ({
      listings,
      papers: [...changed.values()],
      outdated,
      report: { added: changed.size - improved.size, improved: improved.size, unchanged, problems: [] },
    }),
  };
}

/** The papers of the index that the listings may be mentions of: those with their titles and those with their ids. */
async function knownPapers(index: PaperIndex, listings: readonly Listing[]): Promise<Map<PaperId, Paper>> {
  const known = new Map<PaperId, Paper>();
  for (const { title, arxivId } of listings) {
    for (const paper of await index.titled(title)) known.set(paper.id, paper);
    const id = arxivId === undefined ? titlePaperId(title) : arxivPaperId(arxivId);
    const paper = await index.get(id);
    if (paper !== undefined && !known.has(paper.id)) known.set(paper.id, paper);
  }
  return known;
}

/** Finds out what in the listings the index does not know yet. Changes nothing. */
export async function planIngest(index: PaperIndex, listings: readonly Listing[]): Promise<IngestPlan> {
  const draft = createDraft(await knownPapers(index, listings));
  for (const listing of listings) draft.take(listing);
  return draft.finish();
}

/** The listings of files and folders, and what could not be read. */
export async function readListings(
  files: readonly string[],
): Promise<{ readonly listings: readonly Listing[]; readonly problems: readonly Problem[] }> {
  const listings: Listing[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    for await (const item of readPapersAt(file)) {
      if (item.kind === "paper") listings.push(item.listing);
      else problems.push(item.problem);
    }
  }
  return { listings, problems };
}
