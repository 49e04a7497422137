import type { Hash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import type { Listing } from "../../corpus/paper.ts";
import { quoteLine, renderProblem } from "../../corpus/problem.ts";
import type { Problem } from "../../corpus/problem.ts";
import { withFileLock } from "../../files/file-lock.ts";
import type { Log } from "../../log.ts";
import type { PaperIndex } from "../../search/paper-index.ts";
import type { IngestPlan } from "./ingest.ts";
import type { BatchReport } from "./report.ts";
import type { Work } from "../../turns.ts";
import { createTurns } from "../../turns.ts";
import { UserError } from "../../user-error.ts";
import { createSourceLabel } from "./source-label.ts";
import { readStored, storedExtent, storedFile, storeListings } from "./stored-listings.ts";

/** What merges papers; loaded when some come, since most starts of the program take in none. */
const loadMerging = () => import("./ingest.ts");

/** What a library was opened from, and what goes on changing. */
export interface IntakeParts {
  readonly index: PaperIndex;
  /** The folder of the stored papers and the saved index. */
  readonly state: string;
  /** Over every byte that the index was made from; what is taken in is added. */
  readonly hash: Hash;
  /** Bytes of the stored papers that the index knows. */
  readonly seen: number;
  /** What could not be read of that, as it was told. */
  readonly problems: readonly string[];
  /** Whether the index is saved as it is. */
  readonly saved: boolean;
  readonly log: Log;
  /** Counts what taking in papers costs. */
  readonly work: Work;
}

/** The one way by which papers come into a library that is open. */
export interface Intake {
  /** Takes in what was stored and is not in the index yet. */
  readonly follow: () => Promise<void>;
  readonly take: (listings: readonly Listing[]) => Promise<BatchReport>;
  readonly preview: (listings: readonly Listing[]) => Promise<BatchReport>;
  /** Saves the index; false where that cannot be, which is told in the log once. */
  readonly save: () => Promise<boolean>;
}

/**
 * Steps that a stored byte takes to be read and parsed, and that a paper takes to get another id, to be taken out of long
 * lists, and each of its characters.
 */
const COST = { stored: 20, renamed: 500_000, character: 400 } as const;

/** Brings a plan into the index. A paper that gets another id is under one of the two at every moment. */
export async function applyPlan(
  index: PaperIndex,
  { papers, outdated }: IngestPlan,
  turns = createTurns(),
): Promise<void> {
  const { sizeOf } = await loadMerging();
  for (const paper of papers) {
    const old = outdated.get(paper.id);
    if (old === undefined) continue;
    // Begun together, so that no question comes between them.
    await Promise.all([index.add([paper]), index.remove(old)]);
    turns.spend(COST.renamed + COST.character * sizeOf(paper));
    await turns.pause();
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

/** How far an index has come in the stored papers. */
interface Progress {
  readonly seen: () => number;
  /** These bytes follow, and the index has what they say. */
  readonly note: (bytes: Buffer) => void;
  readonly tell: (problems: readonly Problem[]) => void;
  /** Whether this file begins with what was read. One of another number was put in the place of the one that was read. */
  readonly continues: (file: { readonly bytes: number; readonly file?: number }) => boolean;
  /** Whether something has changed since the index was saved. */
  readonly isNew: () => boolean;
  /** What the saved index is to be labelled with. */
  readonly label: () => string;
  readonly saved: () => void;
  /** Tells why the index cannot be saved, unless it was told since it was saved last. */
  readonly failed: (why: string) => void;
}

function createProgress({ hash, seen: start, problems, saved, log }: IntakeParts): Progress {
  const told = [...problems];
  let seen = start;
  let isSaved = saved;
  let isTold = false;
  let known: number | undefined;
  return {
    seen: () => seen,
    note(bytes) {
      if (bytes.length === 0) return;
      hash.update(bytes);
      seen += bytes.length;
      isSaved = false;
    },
    tell(more) {
      const lines = more.map(renderProblem);
      for (const line of lines) log.warn(line);
      told.push(...lines);
    },
    continues({ bytes, file }) {
      const same = seen === 0 || (bytes >= seen && (known === undefined || known === file));
      known = file;
      return same;
    },
    isNew: () => !isSaved,
    label: () => createSourceLabel({ bytes: seen, hash, problems: told }),
    saved() {
      isSaved = true;
      isTold = false;
    },
    failed(why) {
      if (!isTold) log.warn(why);
      isTold = true;
    },
  };
}

/** Takes in what other programs stored; false where their file is not the one that was read. */
async function catchUp({ index, state, log, work }: IntakeParts, progress: Progress): Promise<boolean> {
  const extent = await storedExtent(state);
  if (!progress.continues(extent)) {
    log.warn(`${storedFile(state)} is not the file it was; start Paperboy again to read it whole`);
    return false;
  }
  if (extent.bytes === progress.seen()) return true;
  const turns = createTurns(work);
  for await (const { items, problems, bytes } of readStored(state, progress.seen())) {
    turns.spend(COST.stored * bytes.length);
    await turns.pause();
    progress.tell(problems);
    const { planIngest } = await loadMerging();
    await applyPlan(index, await planIngest(index, items, turns), turns);
    progress.note(bytes);
  }
  return true;
}

/** Saves the index; a folder that cannot be written costs the next start some time and nothing else. */
async function saveIndex({ index, state }: IntakeParts, progress: Progress): Promise<boolean> {
  if (!progress.isNew()) return true;
  try {
    await mkdir(state, { recursive: true, mode: 0o700 });
    // Of several programs that save at once each waits for the others.
    await withFileLock(storedFile(state), () => index.save(progress.label()));
    progress.saved();
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    progress.failed(
      `The index could not be saved in ${state}, so that every start makes it anew and takes longer: ${why}`,
    );
    return false;
  }
}

/** What an operator can do where the disk refuses papers; every other error as it is. */
function explainDisk(error: unknown, state: string): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  return new UserError(
    `The papers cannot be stored in ${state}: ${error.message}. Make room there, let the user who runs Paperboy write there, or set PAPERBOY_STATE to another folder.`,
  );
}

/**
 * Takes papers into an index while it answers. What other programs stored meanwhile comes first, so that the index is
 * always what the stored papers say in their order, and its saved form serves the next start of any of them.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { index, state, log, work } = parts;
  const queued = createQueue();
  const progress = createProgress(parts);
  let replaced = false;

  const follow = async (): Promise<void> => {
    if (!replaced) replaced = !(await catchUp(parts, progress));
  };
  const takeIn = async (listings: readonly Listing[]): Promise<BatchReport> => {
    await follow();
    const turns = createTurns(work);
    const { planIngest } = await loadMerging();
    const plan = await planIngest(index, listings, turns);
    // A file that lost what the index knows gets all that is read, known or not, for the next start.
    const news = replaced ? listings : plan.listings;
    if (news.length > 0) {
      const { bytes, cut } = await storeListings(state, news);
      if (cut !== undefined)
        log.warn(`${storedFile(state)} ended in the middle of ${quoteLine(cut)}; that is cut off`);
      await applyPlan(index, plan, turns);
      if (!replaced) progress.note(bytes);
    }
    return plan.report;
  };
  return {
    follow: () => queued(follow),
    take: (listings) =>
      queued(async () => {
        try {
          await mkdir(state, { recursive: true, mode: 0o700 });
          return await withFileLock(storedFile(state), () => takeIn(listings));
        } catch (error) {
          throw explainDisk(error, state);
        }
      }),
    async preview(listings) {
      const { planIngest } = await loadMerging();
      return (await planIngest(index, listings)).report;
    },
    save: () => queued(async () => !replaced && (await saveIndex(parts, progress))),
  };
}
