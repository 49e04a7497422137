import type { Hash } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import type { PaperId } from "../corpus/paper.ts";
import { renderProblem } from "../corpus/problem.ts";
import { draftsOf } from "../files/drafts.ts";
import { requireFolder } from "../files/file-kind.ts";
import { withFileLock } from "../files/file-lock.ts";
import type { Log } from "../log.ts";
import { createEmbeddedIndex, openEmbeddedIndex } from "../search/embedded/embedded-index.ts";
import type { IndexWork } from "../search/embedded/pace.ts";
import { noIndexWork } from "../search/embedded/pace.ts";
import type { SearchEngine } from "../search/opensearch/client/client.ts";
import type { PaperIndex } from "../search/paper-index.ts";
import type { EngineDoor, LibraryIndex } from "./engine.ts";
import { ENGINE, goToEngine } from "./engine.ts";
import type { Encoding } from "../search/embedded/meaning/model-vectors.ts";
import type { LibraryFacts } from "./facts.ts";
import { createFacts } from "./facts.ts";
import type { Meant, MeaningSettings } from "./meaning.ts";
import { meaningOf, tellWithoutMeaning } from "./meaning.ts";
import type { Opened } from "./mending.ts";
import { createMending } from "./mending.ts";
import type { Pages } from "./pages.ts";
import { parsePages, readPages } from "./pages.ts";
import { applyPlan } from "./intake/following.ts";
import type { Intake } from "./intake/intake.ts";
import { createIntake, createPulling } from "./intake/intake.ts";
import type { RemovedPapers } from "./record/removed.ts";
import { createRemovedPapers } from "./record/removed.ts";
import { createSharedCopy } from "./record/shared-copy.ts";
import { parseSourceLabel } from "./record/source-label.ts";
import type { FoundSources } from "./record/sources.ts";
import { findSources } from "./record/sources.ts";
import type { StoredExtent } from "./record/stored-file.ts";
import { storedExtent, storedFile } from "./record/stored-file.ts";
import type { SharedRecord } from "../store/kept/record.ts";

/** Where a library's papers lie and where it keeps its own files. */
export interface LibrarySettings extends MeaningSettings {
  /** Folder of saved pages (`*.txt`), only read. */
  readonly pages: string;
  /** Folder for the papers taken in and for the saved index; made when it is needed. */
  readonly state: string;
  /** The engine that holds the index in place of this process and the state folder. */
  readonly search?: SearchEngine;
  /** Whether its index is made anew, beside the one in use, whatever that was made from. Default: where that is needed. */
  readonly searchAnew?: boolean;
}

/** The papers and their index. */
export interface Library {
  readonly index: PaperIndex;
  readonly facts: () => Promise<LibraryFacts>;
  /** The title of a paper by its id, also of one that was removed; undefined where it never was here. */
  readonly titleOf: (id: PaperId) => Promise<string | undefined>;
}

/** A library that goes on taking in papers. */
export interface GrowingLibrary extends Library {
  /**
   * Takes in papers while the index answers: they are stored and found when this resolves. `save` follows some time. Those
   * that were removed come back only by hand.
   */
  readonly take: Intake["take"];
  /** Removes papers for good, in every program on this state folder; gives those that were there. `save` follows some time. */
  readonly remove: Intake["remove"];
  /** Writes the stored papers anew without what is superseded, while other programs follow; `save` is to come next. */
  readonly compact: Intake["compact"];
  /** Whether any papers were ever taken in and are still there, as opposed to the bundled pages alone. */
  readonly hasStored: () => Promise<boolean>;
  /** What `take` would change; changes nothing. */
  readonly preview: Intake["preview"];
  /** Finds what other programs took in meanwhile; costs next to nothing where there is nothing. */
  readonly follow: () => Promise<void>;
  /** Saves the index where papers were taken in since it was saved. Not to call it costs the next start some time. */
  readonly save: () => Promise<void>;
  /** How far a sentence encoder has read the papers; undefined where none is installed. */
  readonly encoding: () => Encoding | undefined;
  /** Has it read those that it has not, the newest first; resolves when none is left, or it is told to stop. */
  readonly encode: (signal: AbortSignal, progress?: () => void) => Promise<void>;
  /** Ends what a sentence encoder runs on. */
  readonly close: () => Promise<void>;
}

const INDEX_FILE = "papers.index";

/** What an index is made with. */
interface Making {
  readonly work: IndexWork;
  readonly options: Meant["options"];
  /** Whether the saved index was found damaged. */
  readonly suspect: boolean;
  /** Absent where the index is in this process. */
  readonly engine: EngineDoor | undefined;
}

/** An index that knows the pages, and as much of the stored papers as `seen` and `hash` say. */
interface Begun {
  readonly index: LibraryIndex;
  readonly hash?: Hash;
  /** What the hash comes to where it is absent. */
  readonly sha256?: string;
  readonly seen: number;
  /** The file of these; absent where nothing of one was read. */
  readonly extent?: StoredExtent;
  readonly removed: RemovedPapers;
  /** What of that could not be read. */
  readonly problems: readonly string[];
  /** Why no saved index was used; absent where one was. */
  readonly reason?: string;
}

/** The saved index, where it was made from these pages and from what the stored papers begin with; or why not. */
async function openSaved(
  { state, searchAnew = false }: LibrarySettings,
  pages: Pages,
  { work, options, suspect, engine }: Making,
): Promise<Begun | string> {
  if (engine !== undefined && searchAnew) return "it was to be made anew";
  let found: FoundSources | undefined;
  const check = async (text: string): Promise<string | undefined> => {
    const label = parseSourceLabel(text);
    if (label !== undefined) found = await findSources(state, pages.hash, label);
    return found === undefined ? "the papers have changed since it was written" : undefined;
  };
  const file = path.join(state, INDEX_FILE);
  const opened = await (engine === undefined
    ? openEmbeddedIndex(file, check, { work, suspect, ...options }).catch(
        (error: unknown) => ({ kind: "unusable", reason: String(error) }) as const,
      )
    : engine.open(check));
  if (opened.kind === "unusable") return opened.reason;
  if (found === undefined) return "it does not say what it was made from";
  const { label, ...rest } = found;
  return { index: opened.index, seen: label.bytes, problems: label.problems, ...rest };
}

/** An index of the pages alone. What in them cannot be read is a problem; all the rest is there. */
async function beginAnew(
  { state }: LibrarySettings,
  pages: Pages,
  { work, options, engine, reason }: Making & { readonly reason: string },
): Promise<Begun> {
  const file = path.join(state, INDEX_FILE);
  const index = await (engine?.make() ?? createEmbeddedIndex(file, { work, ...options }));
  // What reads pages and merges papers is loaded here, since a saved index has what they say.
  const { planIngest } = await import("./intake/ingest.ts");
  const { listings, problems } = await parsePages(pages);
  await applyPlan(index, await planIngest(index, listings));
  return {
    index,
    hash: pages.hash.copy(),
    seen: 0,
    removed: createRemovedPapers(),
    problems: problems.map(renderProblem),
    reason,
  };
}

/** How long a start waits for a program that saves its index, in milliseconds. */
const SAVING = 2000;

/**
 * Removes unfinished indexes that killed programs left. They are written under the lock alone, so that while this start
 * holds it nobody is writing one, on this machine or another. What cannot be removed stays until the next start.
 */
async function removeLeftIndexes(state: string): Promise<void> {
  const file = path.join(state, INDEX_FILE);
  if ((await draftsOf(file)).length === 0) return;
  const remove = async (): Promise<void> => {
    for (const draft of await draftsOf(file)) await rm(draft, { recursive: true });
  };
  await withFileLock(storedFile(state), remove, { wait: SAVING }).catch(() => undefined);
}

/** What a library is opened with. */
interface OpeningParts {
  readonly settings: LibrarySettings;
  readonly log: Log;
  readonly work: IndexWork;
  /** The record that machines share; the stored papers are a copy of it then. */
  readonly shared?: SharedRecord;
}

/** Says how a library was opened, where that is news. */
async function tellOpened(
  { settings: { state }, log }: OpeningParts,
  { index, reason }: Begun,
  { suspect, started }: { readonly suspect: boolean; readonly started: number },
): Promise<void> {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (reason !== undefined)
    log.info(
      `Built the index of ${await index.size()} papers in ${seconds} s; no saved one was used: ${reason}`,
    );
  else if (suspect)
    log.info(`Opened the saved index in ${state} again: it was damaged, and another program made it anew`);
}

/** Opens a library on what is saved, or builds it; `suspect` where what was saved proved damaged. */
async function openOnce(parts: OpeningParts, suspect: boolean): Promise<Opened> {
  const { settings, log, work, shared } = parts;
  const started = performance.now();
  const { state } = settings;
  const pages = await readPages(settings.pages);
  const { options, encoder } = meaningOf(settings, { state, log });
  const engine = settings.search && (await goToEngine(settings.search, { table: options.table, log }));
  const making = { work, options, suspect, engine };
  // What another machine took in is in the index that both have in OpenSearch: without it that would seem to be of other papers.
  if (shared !== undefined) await createPulling(createSharedCopy(state, shared), { state, log })();
  const saved = await openSaved(settings, pages, making);
  const begun =
    typeof saved === "string" ? await beginAnew(settings, pages, { ...making, reason: saved }) : saved;
  const { index, reason } = begun;
  if (!suspect) for (const problem of begun.problems) log.warn(problem);
  const intake = createIntake(
    {
      ...begun,
      startHash: () => pages.hash.copy(),
      pageListings: async () => (await parsePages(pages)).listings,
      saved: reason === undefined,
      state,
      log,
      work,
    },
    shared,
  );
  const facts = createFacts(index, { state });
  const library: GrowingLibrary = {
    index,
    async facts() {
      // Waits a moment until the encoder is open, since it cannot tell before.
      await index.model?.space();
      const encoding = index.model?.encoding();
      return {
        ...(await facts()),
        ...(encoding === undefined ? {} : { encoding }),
        ...(engine === undefined ? {} : { engine: ENGINE }),
      };
    },
    titleOf: async (id) => ((await index.get(id)) ?? begun.removed.get(id))?.title,
    hasStored: async () => (await storedExtent(state)).bytes > 0,
    ...intake,
    async save() {
      await intake.save();
    },
    encoding: () => index.model?.encoding(),
    encode: async (signal, progress) => index.model?.make(signal, progress),
    async close() {
      await encoder?.close();
      await engine?.close();
    },
  };
  return {
    library,
    isDamaged: index.isDamaged,
    async begin() {
      await intake.follow();
      // Where it cannot be saved, that is told, and that it is made anew with it.
      if (await intake.save()) await tellOpened(parts, begun, { suspect, started });
    },
  };
}

/**
 * Opens the library of the bundled pages and the papers taken in later. The saved index is used when it was made
 * from exactly these, or from these before some were added; otherwise it is built again, with one line in the log that
 * says why. One that proves damaged when it is read is built again at once, by whoever asks then. With `shared` the
 * stored papers are a copy of that record, as are those of other machines. `work` counts what the library does. Rejects with a UserError where the pages cannot be read.
 */
export async function openLibrary(
  settings: LibrarySettings,
  log: Log,
  work: IndexWork = noIndexWork(),
  shared?: SharedRecord,
): Promise<GrowingLibrary> {
  await requireFolder(settings.state);
  await removeLeftIndexes(settings.state);
  await tellWithoutMeaning(settings, log);
  return createMending((suspect) => openOnce({ settings, log, work, ...(shared && { shared }) }, suspect));
}
