import { statSync } from "node:fs";
import type { Log } from "../log.ts";
import { createTroubles } from "../troubles.ts";
import type { StorageFault } from "./storage-error.ts";
import { StorageError, storageFaultOf, storageWords } from "./storage-error.ts";
import type { Store } from "./store.ts";

/** Which file it is, however it is called: its device and its number there. */
function identityOf(file: string): string | undefined {
  // Not left to another thread: SQLite reads the same disk in this one, and to wait takes ten times as long as to look.
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}

/** Methods that write nothing: that they work does not say that a full disk has room again. */
const READING = new Set([
  "find",
  "get",
  "all",
  "inPlace",
  "latest",
  "open",
  "claims",
  "since",
  "seals",
  "page",
  "list",
  "named",
  "ownedBy",
  "inList",
  "ofPapers",
  "asked",
  "unsent",
  "ofOwner",
  "last",
  "after",
  "unknown",
  "waiting",
  "awaited",
  "nominations",
  "votes",
  "rowsOf",
  "departed",
  "known",
  "withPapers",
  "newest",
  "reactionsIn",
  "reactionsOf",
]);

type Run = <T>(method: string, work: () => Promise<T>) => Promise<T>;
type Methods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

function throughRun<T extends object>(table: T, run: Run): T {
  const methods = Object.entries(table as Methods).map(([name, method]) => [
    name,
    (...args: never[]) => run(name, () => method(...args)),
  ]);
  return Object.fromEntries(methods) as T;
}

/** Runs work on the database, turns its failures into words, and tells the operator when they begin and end. */
function createRun(file: string, opened: string | undefined, log: Log): Run {
  const troubles = createTroubles();
  const fail = (fault: StorageFault, cause?: unknown): StorageError => {
    troubles.begins(fault, () =>
      log.error(
        `${storageWords(fault, file)} Until then nothing is kept and no digest sent; searches go on.`,
      ),
    );
    return new StorageError(fault, { cause });
  };
  return async (method, work) => {
    const there = identityOf(file);
    if (there !== opened) throw fail(there === undefined ? "gone" : "replaced");
    try {
      const result = await work();
      if (!READING.has(method))
        for (const fault of troubles.known())
          troubles.ends(fault, () => log.info(`The database ${file} can be used again`));
      return result;
    } catch (error) {
      const fault = storageFaultOf(error);
      throw fault === undefined ? error : fail(fault, error);
    }
  };
}

/**
 * A store whose failures are words: a `StorageError` for whoever asked, and one line in the log when a failure begins and
 * when it is over. It is used for no longer than the file that was opened lies at its path, by device and number; a file
 * that was removed or replaced would take what nobody finds again. Only the tokens of installations are still read from it.
 */
export async function guardStore(
  store: Store,
  { file, log }: { readonly file: string; readonly log: Log },
): Promise<Store> {
  const run = createRun(file, identityOf(file), log);
  const { installations } = store;
  return {
    audit: throughRun(store.audit, run),
    buttons: throughRun(store.buttons, run),
    installations: { ...throughRun(installations, run), find: installations.find },
    once: throughRun(store.once, run),
    subscriptions: throughRun(store.subscriptions, run),
    slots: throughRun(store.slots, run),
    follows: throughRun(store.follows, run),
    followSlots: throughRun(store.followSlots, run),
    arrivals: throughRun(store.arrivals, run),
    matches: throughRun(store.matches, run),
    marks: throughRun(store.marks, run),
    clubs: throughRun(store.clubs, run),
    clubSlots: throughRun(store.clubSlots, run),
    ballots: throughRun(store.ballots, run),
    preferences: throughRun(store.preferences, run),
    turns: throughRun(store.turns, run),
    validators: throughRun(store.validators, run),
    sources: throughRun(store.sources, run),
    asked: throughRun(store.asked, run),
    keys: throughRun(store.keys, run),
    lists: throughRun(store.lists, run),
    saved: throughRun(store.saved, run),
    notes: throughRun(store.notes, run),
    removals: throughRun(store.removals, run),
    postings: throughRun(store.postings, run),
    archives: throughRun(store.archives, run),
    mail: throughRun(store.mail, run),
    people: throughRun(store.people, run),
    workspaces: throughRun(store.workspaces, run),
    forgetSources: () => run("forgetSources", store.forgetSources),
    close: store.close,
  };
}
