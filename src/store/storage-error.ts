import { UserError } from "../user-error.ts";

/** Why the database cannot be used. */
export type StorageFault =
  | "full"
  | "disk"
  | "read-only"
  | "damaged"
  | "gone"
  | "replaced"
  /** A database on another machine. */
  | "unreachable"
  /** The same, and it did not answer whether it kept what it was told. */
  | "unanswered";

/** What the person who asked is told: nothing of the machine's paths. */
const FOR_PERSONS: Readonly<Record<Exclude<StorageFault, "unreachable" | "unanswered">, string>> = {
  full: "the disk of the machine it runs on is full",
  disk: "the disk of the machine it runs on fails",
  "read-only": "its database may not be written",
  damaged: "its database is damaged",
  gone: "its database is gone",
  replaced: "its database was replaced while it ran",
};

/** What the operator is told, after the name of the file. */
const FOR_OPERATORS: Readonly<Record<StorageFault, string>> = {
  full: "cannot be written, since its disk is full. Make room, and all goes on by itself",
  disk: "cannot be read or written, since its disk fails (disk I/O error). See to the disk, and all goes on by itself",
  "read-only": "may not be written. Let the user who runs Paperboy write it and its folder",
  damaged: "is damaged. End Paperboy, put a backup in its place, and start it again",
  gone: "is gone: it or its folder was removed or moved while Paperboy runs. Put the same file back, or start Paperboy again, which begins with what lies there then",
  replaced: "is another file than the one that was opened. Start Paperboy again to use it",
  unreachable:
    "cannot be reached. See to the server and the network, and all goes on by itself; what was kept is kept",
  unanswered:
    "was told to keep something and did not answer. See to the server and the network: what was asked for last may or may not be kept, as after a crash, and all goes on by itself",
};

/** SQLite's result codes and words (sqlite.org/rescode.html), each before those that are more general. */
const WORDS: readonly (readonly [RegExp, StorageFault])[] = [
  [/SQLITE_FULL|database or disk is full|ENOSPC|^53100|No space left/, "full"],
  [/SQLITE_READONLY|readonly database/, "read-only"],
  [/SQLITE_CORRUPT|SQLITE_NOTADB|malformed|not a database/, "damaged"],
  // What kysely throws in place of the error at which SQLite took a transaction back (sqlite.org/lang_transaction.html).
  [/no transaction is active/, "disk"],
  [/SQLITE_IOERR|disk I\/O error|SQLITE_CANTOPEN|unable to open/, "disk"],
];

function wordsFor(fault: StorageFault): string {
  switch (fault) {
    case "unreachable":
      return "I can't reach my memory right now. Nothing that was kept is lost, and this was not kept. Try again in a minute; searches go on.";
    case "unanswered":
      return "I can't reach my memory right now, and don't know whether this was kept. Nothing that was kept before is lost. Look in a minute, and try again if it is not there; searches go on.";
    case "full":
    case "disk":
    case "read-only":
    case "damaged":
    case "gone":
    case "replaced":
      return `Paperboy cannot keep or look up anything of this at the moment: ${FOR_PERSONS[fault]}. Nothing was kept. Tell whoever runs it, and try again later; searches go on.`;
  }
}

/** The database cannot be used for a reason outside the program. What was asked was not kept. */
export class StorageError extends UserError {
  readonly fault: StorageFault;
  constructor(fault: StorageFault, options?: ErrorOptions) {
    super(wordsFor(fault), options);
    this.fault = fault;
  }
}

/** What is said in the log. */
export function storageWords(fault: StorageFault, file: string): string {
  return `The database ${file} ${FOR_OPERATORS[fault]}.`;
}

/** Whether an error, or what it came of, says that the database cannot be used. */
export function storageFaultOf(error: unknown): StorageFault | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof StorageError) return error.fault;
  const code = "code" in error ? String(error.code) : "";
  const found = WORDS.find(([words]) => words.test(`${code} ${error.message}`));
  return found?.[1] ?? storageFaultOf(error.cause);
}
