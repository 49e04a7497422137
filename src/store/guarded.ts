import { statSync } from "node:fs";
import type { Log } from "../log.ts";
import { createTroubles } from "../troubles.ts";
import type { StorageFault } from "./storage-error.ts";
import { StorageError, storageFaultOf, storageWords } from "./storage-error.ts";
import type { Store } from "./store.ts";
import type { Run } from "./through.ts";
import { throughEach } from "./through.ts";

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

/** A database as the operator knows it. */
export interface Guarded {
  /** Its file, or its address without a password. */
  readonly name: string;
  /** Where it lies in a file. */
  readonly file?: string;
  readonly log: Log;
}

/** Runs work on the database, turns its failures into words, and tells the operator when they begin and end. */
function createRun({ name, file, log }: Guarded): Run {
  const opened = file === undefined ? undefined : identityOf(file);
  const troubles = createTroubles();
  const fail = (fault: StorageFault, cause?: unknown): StorageError => {
    troubles.begins(fault, () =>
      log.error(
        `${storageWords(fault, name)} Until then nothing is kept and no digest sent; searches go on.`,
      ),
    );
    return new StorageError(fault, { cause });
  };
  return async (method, work) => {
    const there = file === undefined ? undefined : identityOf(file);
    if (there !== opened) throw fail(there === undefined ? "gone" : "replaced");
    try {
      const result = await work();
      if (!READING.has(method))
        for (const fault of troubles.known())
          troubles.ends(fault, () => log.info(`The database ${name} can be used again`));
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
export function guardStore(store: Store, guarded: Guarded): Store {
  const guardedStore = throughEach(store, createRun(guarded));
  const { find } = store.installations;
  return { ...guardedStore, installations: { ...guardedStore.installations, find } };
}
