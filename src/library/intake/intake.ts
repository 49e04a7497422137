import { mkdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { withoutAbsent } from "../../corpus/merging/fields.ts";
import type { Listing, Paper, PaperId } from "../../corpus/paper.ts";
import { quoteLine } from "../../corpus/problem.ts";
import { withFileLock } from "../../files/file-lock.ts";
import { removedOf } from "../record/removed.ts";
import type { SharedCopy } from "../record/shared-copy.ts";
import { createSharedCopy } from "../record/shared-copy.ts";
import { storedExtent, storedFile, storeLines } from "../record/stored-file.ts";
import { RECORD_FORMAT } from "../record/record-format.ts";
import type { StoredLine } from "../record/stored-line.ts";
import { createTurns } from "../../turns.ts";
import type { SharedRecord } from "../../store/kept/record.ts";
import { StorageError } from "../../store/storage-error.ts";
import { createTroubles } from "../../troubles.ts";
import { UserError } from "../../user-error.ts";
import type { Compaction } from "./compact.ts";
import type { IntakeParts } from "./following.ts";
import { applyPlan, applyRemoved, catchUp, loadMerging } from "./following.ts";
import type { Barring } from "./ingest.ts";
import type { Progress } from "./progress.ts";
import { createProgress } from "./progress.ts";
import type { BatchReport } from "./report.ts";

/** How papers come in. */
interface TakeOptions {
  /** That a person names them: those that were removed come back. Default: they stay away. */
  readonly byHand?: boolean;
}

/** The one way by which papers come into a library that is open. */
export interface Intake {
  /** Takes in what was stored and is not in the index yet. */
  readonly follow: () => Promise<void>;
  readonly take: (listings: readonly Listing[], options?: TakeOptions) => Promise<BatchReport>;
  /** Removes papers, which are gone when this resolves; gives those that were there. */
  readonly remove: (ids: readonly PaperId[]) => Promise<readonly Paper[]>;
  /** Writes the stored papers anew without what is superseded, where that is more than the share `least` of their bytes. */
  readonly compact: (least: number) => Promise<Compaction>;
  readonly preview: (listings: readonly Listing[], options?: TakeOptions) => Promise<BatchReport>;
  /** Saves the index; false where that cannot be, which is told in the log once. */
  readonly save: () => Promise<boolean>;
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
 * How long another program may write what is stored before a change gives up, in milliseconds. Compacting a hundred thousand
 * papers takes seconds on a good disk and minutes on a poor one; one that was killed counts as gone at once.
 */
const WAIT = 600_000;

/** Says that something is waited for. */
const tellWaiting =
  ({ log, state }: IntakeParts) =>
  (): void =>
    log.info(`Another Paperboy is writing ${storedFile(state)}; waiting until it has done so`);

/** Saves the index; a folder that cannot be written costs the next start some time and nothing else. */
async function saveIndex(parts: IntakeParts, progress: Progress): Promise<boolean> {
  const { index, state } = parts;
  if (!progress.isNew()) return true;
  try {
    await mkdir(state, { recursive: true, mode: 0o700 });
    // Of several programs that save at once each waits for the others.
    const times = { waiting: tellWaiting(parts) };
    await withFileLock(storedFile(state), () => progress.label().then(index.save), times);
    progress.saved();
    return true;
  } catch (error) {
    if (index.isDamaged()) throw error;
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

/** What keeps papers that were removed from coming back. */
async function barringOf(
  { removed }: IntakeParts,
  { byHand = false }: TakeOptions,
): Promise<Barring | undefined> {
  const catalogue = await removed.catalogue();
  return catalogue === undefined ? undefined : { removed: catalogue, readmits: byHand };
}

/** Stores lines of kinds that version 1 did not have, behind a word that says so. */
function inFormat({ removed }: IntakeParts, lines: readonly StoredLine[]): readonly StoredLine[] {
  const isOld = lines.length > 0 && removed.format() < RECORD_FORMAT;
  return isOld ? [{ kind: "format", format: RECORD_FORMAT }, ...lines] : lines;
}

/** What changes of a library work with. */
interface Desk {
  readonly parts: IntakeParts;
  readonly progress: Progress;
  /** Whether the stored papers are another file than the one that was read. */
  readonly isReplaced: () => boolean;
  /** What lies in the folder is a copy of a record that machines share. */
  readonly copy?: SharedCopy;
}

/** Others changed the shared record first: nothing was done, and the work begins again with what they did. */
class Overtaken extends Error {}

async function storeShared(copy: SharedCopy, lines: readonly StoredLine[]): Promise<Buffer> {
  const bytes = await copy.push(lines);
  if (bytes === undefined) throw new Overtaken("Others changed the papers of the database first");
  return bytes;
}

async function store({ parts, copy }: Desk, lines: readonly StoredLine[]): Promise<Buffer> {
  const { state, log, removed } = parts;
  if (copy !== undefined) {
    const bytes = await storeShared(copy, lines);
    for (const line of lines) removed.note(line);
    return bytes;
  }
  const { bytes, cut } = await storeLines(state, lines);
  if (cut !== undefined)
    log.warn(`${storedFile(state)} ended in the middle of ${quoteLine(cut)}; that is cut off`);
  for (const line of lines) removed.note(line);
  return bytes;
}

/** Brings into the index what is stored; one that proves damaged meanwhile is made anew from that, and lacks nothing then. */
async function bring({ index }: IntakeParts, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!index.isDamaged()) throw error;
  }
}

async function takeIn(desk: Desk, listings: readonly Listing[], options: TakeOptions): Promise<BatchReport> {
  const { parts, progress, isReplaced } = desk;
  const { index, work } = parts;
  const turns = createTurns(work);
  const { planIngest } = await loadMerging();
  const plan = await planIngest(index, listings, turns, await barringOf(parts, options));
  // A file that lost what the index knows gets all that is read, known or not, for the next start.
  const news = isReplaced() ? listings : plan.listings;
  if (news.length === 0) return plan.report;
  const ids = plan.readmitted;
  const bytes = await store(desk, [
    ...inFormat(parts, ids.length === 0 ? [] : [{ kind: "readmitted", ids }]),
    ...news.map((listing): StoredLine => ({ kind: "listing", listing })),
  ]);
  await bring(parts, () => applyPlan(index, plan, turns));
  if (!isReplaced()) await progress.note(bytes);
  return plan.report;
}

async function remove(desk: Desk, ids: readonly PaperId[]): Promise<readonly Paper[]> {
  const { parts, progress, isReplaced } = desk;
  const { index, state, work } = parts;
  if (isReplaced())
    throw new UserError(
      `${storedFile(state)} is not the file it was, so nothing was removed; start Paperboy again, and remove then.`,
    );
  const found = await Promise.all(ids.map((id) => index.get(id)));
  const papers = new Map(found.flatMap((paper) => (paper === undefined ? [] : [[paper.id, paper]])));
  const gone = Array.from(papers.values(), removedOf);
  if (gone.length === 0) return [];
  const lines = gone.map((paper): StoredLine => ({ kind: "removed", paper }));
  const bytes = await store(desk, inFormat(parts, lines));
  await bring(parts, () => applyRemoved(index, gone, createTurns(work)));
  await progress.note(bytes);
  return [...papers.values()];
}

async function compact(desk: Desk, least: number): Promise<Compaction> {
  const { parts, progress, isReplaced, copy } = desk;
  if ((await storedExtent(parts.state)).bytes === 0) return { before: 0, after: 0 };
  if (isReplaced())
    throw new UserError(
      `${storedFile(parts.state)} is not the file it was, so nothing was changed; start Paperboy again, and compact then.`,
    );
  // A last line that somebody wrote by hand may lack its end.
  await progress.note(await store(desk, []));
  const { compactStored } = await import("./compact.ts");
  const done = await compactStored(parts, progress, least);
  if (done.after < done.before && (await copy?.pushAnew()) === false)
    throw new Overtaken("Others changed the papers of the database first");
  return done;
}

/** How often work begins again since others changed the shared record first: each time somebody else got on. */
const TRIES = 20;

async function unlessOvertaken<T>(work: () => Promise<T>): Promise<T> {
  for (let i = 1; ; i++)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Overtaken) || i === TRIES) throw error;
      await sleep(Math.random() * 100 * i);
    }
}

/** Brings a copy up to date; where the database cannot be reached, what the copy has goes on being answered. */
export function createPulling(
  copy: SharedCopy,
  { state, log }: Pick<IntakeParts, "state" | "log">,
): () => Promise<void> {
  const troubles = createTroubles();
  return async () => {
    try {
      await mkdir(state, { recursive: true, mode: 0o700 });
      await withFileLock(storedFile(state), copy.pull);
      troubles.ends("copy", () => log.info("The papers of the database can be read again"));
    } catch (error) {
      // That they are others' papers is for the operator to decide.
      if (error instanceof UserError && !(error instanceof StorageError)) throw error;
      const why = error instanceof Error ? error.message : String(error);
      troubles.begins("copy", () =>
        log.warn(`The papers of the database cannot be read; those that ${state} has are used: ${why}`),
      );
    }
  };
}

/**
 * Takes papers into an index while it answers, and out of it. What other programs stored meanwhile comes first, so that the
 * index is always what the stored papers say in their order, and its saved form serves the next start of any of them.
 */
export function createIntake(parts: IntakeParts, shared?: SharedRecord): Intake {
  const { index, state } = parts;
  const queued = createQueue();
  const progress = createProgress(parts);
  let replaced = false;
  const copy = shared === undefined ? undefined : createSharedCopy(state, shared);
  const desk: Desk = withoutAbsent<Desk>({ parts, progress, isReplaced: () => replaced, copy });

  const follow = async (): Promise<void> => {
    if (!replaced) replaced = !(await catchUp(parts, progress));
  };
  const times = { wait: WAIT, waiting: tellWaiting(parts) };
  const pulling = copy === undefined ? async () => {} : createPulling(copy, parts);
  /** Does work on what is stored, as it is now, while nobody else changes it. */
  const change = <T>(work: () => Promise<T>): Promise<T> =>
    queued(async () => {
      try {
        await mkdir(state, { recursive: true, mode: 0o700 });
        const now = async (): Promise<T> => {
          await copy?.pull();
          await follow();
          return work();
        };
        return await withFileLock(storedFile(state), () => unlessOvertaken(now), times);
      } catch (error) {
        throw explainDisk(error, state);
      }
    });
  return {
    follow: () => queued(() => pulling().then(follow)),
    take: (listings, options = {}) => change(() => takeIn(desk, listings, options)),
    remove: (ids) => change(() => remove(desk, ids)),
    compact: (least) =>
      change(async () => {
        const done = await compact(desk, least);
        await follow();
        return done;
      }),
    async preview(listings, options = {}) {
      const { planIngest } = await loadMerging();
      return (await planIngest(index, listings, createTurns(), await barringOf(parts, options))).report;
    },
    save: () => queued(async () => !replaced && (await saveIndex(parts, progress))),
  };
}
