import { isDeepStrictEqual } from "node:util";
import type { Filed } from "../corpus/merge.ts";
import { createCatalogue } from "../corpus/merge.ts";
import type { Listing, Paper, PaperId } from "../corpus/paper.ts";
import type { Problem } from "../corpus/problem.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import { readPapersAt } from "../sources/files/files-source.ts";

/** What taking in files changed. */
export interface IngestReport {
  readonly added: number;
  /** Known papers about which something new was learnt. */
  readonly improved: number;
  /** Papers about which nothing new was said. */
  readonly unchanged: number;
  readonly problems: readonly Problem[];
}

/** What to store and to index so that the library knows what the files say. */
export interface IngestPlan {
  /** The mentions that say something new, in the order they were read. */
  readonly listings: readonly Listing[];
  /** The papers to index, and the ids under which some of them were indexed before. */
  readonly papers: readonly Paper[];
  readonly outdated: readonly PaperId[];
  readonly report: IngestReport;
}

/** A plan under construction: what the index holds, and what the listings taken so far say beyond it. */
interface Draft {
  readonly take: (listing: Listing) => void;
  readonly finish: (problems: readonly Problem[]) => IngestPlan;
}

function createDraft(before: ReadonlyMap<PaperId, Paper>): Draft {
  const catalogue = createCatalogue(before.values());
  const changed = new Map<PaperId, Paper>();
  const improved = new Set<PaperId>();
  const outdated = new Set<PaperId>();
  const listings: Listing[] = [];
  let unchanged = 0;

  const known = (filed: Filed): Paper | undefined =>
    filed.kind === "new" ? undefined : (changed.get(filed.replaced) ?? before.get(filed.replaced));
  return {
    take(listing) {
      const filed = catalogue.file(listing);
      if (isDeepStrictEqual(known(filed), filed.paper)) {
        unchanged++;
        return;
      }
      const replaced = filed.kind === "merged" ? filed.replaced : filed.paper.id;
      if (before.has(replaced) || improved.has(replaced)) improved.add(filed.paper.id);
      if (replaced !== filed.paper.id) {
        changed.delete(replaced);
        improved.delete(replaced);
        if (before.has(replaced)) outdated.add(replaced);
      }
      changed.set(filed.paper.id, filed.paper);
      listings.push(listing);
    },
    finish: (problems) => ({
      listings,
      papers: [...changed.values()],
      outdated: [...outdated],
      report: { added: changed.size - improved.size, improved: improved.size, unchanged, problems },
    }),
  };
}

/** Reads files and finds out what in them the index does not know yet. Changes nothing. */
export async function planIngest(index: PaperIndex, files: readonly string[]): Promise<IngestPlan> {
  const before = new Map<PaperId, Paper>();
  for await (const paper of index.papers()) before.set(paper.id, paper);
  const draft = createDraft(before);
  const problems: Problem[] = [];
  for (const file of files) {
    for await (const item of readPapersAt(file)) {
      if (item.kind === "paper") draft.take(item.listing);
      else problems.push(item.problem);
    }
  }
  return draft.finish(problems);
}
