import type { Hash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import type { Listing } from "../corpus/paper.ts";
import { renderProblem } from "../corpus/problem.ts";
import { withFileLock } from "../file-lock.ts";
import type { Log } from "../log.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { IngestPlan, IngestReport } from "./ingest.ts";
import { planIngest } from "./ingest.ts";
import { readStoredSince, storedFile, storeListings } from "./stored-listings.ts";

/** What a library was opened from, and what goes on changing. */
export interface IntakeParts {
  readonly index: PaperIndex;
  /** The folder of the stored papers and the saved index. */
  readonly state: string;
  /** Over every byte that the index was made from; what is taken in is added. */
  readonly hash: Hash;
  /** Bytes of the stored papers that the index knows. */
  readonly seen: number;
  /** Whether the index may be saved: see `OpenedIndex`. */
  readonly savable: boolean;
  readonly log: Log;
}

/** The one way by which papers come into a library that is open. */
export interface Intake {
  readonly take: (listings: readonly Listing[]) => Promise<IngestReport>;
  readonly preview: (listings: readonly Listing[]) => Promise<IngestReport>;
  readonly save: () => Promise<void>;
}

/** Saves the index; a folder that cannot be written costs the next start some time and nothing else. */
export async function saveIndex(
  index: PaperIndex,
  { state, fingerprint }: { readonly state: string; readonly fingerprint: string },
  log: Log,
): Promise<void> {
  try {
    await mkdir(state, { recursive: true });
    await index.save(fingerprint);
  } catch (error) {
    log.warn(`The index could not be saved in ${state}; it will be built again at the next start`, { error });
  }
}

/** Brings a plan into the index. A paper that gets another id is under one of the two at every moment. */
async function applyPlan(index: PaperIndex, { papers, outdated }: IngestPlan): Promise<void> {
  for (const paper of papers) {
    const old = outdated.get(paper.id);
    // Begun together, so that no question comes between them.
    if (old !== undefined) await Promise.all([index.add([paper]), index.remove(old)]);
  }
  await index.add(papers.filter(({ id }) => !outdated.has(id)));
}

/** Does one work after the other, in the order they were asked for. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/**
 * Takes papers into an index while it answers. What other programs stored meanwhile comes first, so that the index is
 * always what the stored papers say in their order, and its saved form serves the next start of any of them.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { index, state, hash, log } = parts;
  const queued = createQueue();
  let { seen, savable } = parts;
  let unsaved = false;

  const note = (text: string, end: number): void => {
    hash.update(text);
    seen = end;
    unsaved = true;
  };
  const catchUp = async (): Promise<void> => {
    const part = await readStoredSince(state, seen);
    if (part === undefined) {
      log.warn(`${storedFile(state)} is not the file it was; start Paperboy again to read it whole`);
      savable = false;
      seen = 0;
      return;
    }
    if (part.text === "") return;
    for (const problem of part.problems) log.warn(renderProblem(problem));
    savable &&= part.problems.length === 0;
    await applyPlan(index, await planIngest(index, part.items));
    note(part.text, part.end);
  };
  const takeIn = async (listings: readonly Listing[]): Promise<IngestReport> => {
    await catchUp();
    const plan = await planIngest(index, listings);
    if (plan.listings.length > 0) {
      const text = await storeListings(state, plan.listings);
      await applyPlan(index, plan);
      note(text, seen + Buffer.byteLength(text));
    }
    return plan.report;
  };
  return {
    take: (listings) =>
      queued(async () => {
        await mkdir(state, { recursive: true });
        return withFileLock(storedFile(state), () => takeIn(listings));
      }),
    preview: async (listings) => (await planIngest(index, listings)).report,
    save: () =>
      queued(async () => {
        if (!unsaved || !savable) return;
        unsaved = false;
        const fingerprint = hash.copy().digest("hex");
        // Of several programs that save at once each waits for the others.
        await withFileLock(storedFile(state), () => saveIndex(index, { state, fingerprint }, log)).catch(
          (error: unknown) => log.warn(`The index could not be saved in ${state}`, { error }),
        );
      }),
  };
}
