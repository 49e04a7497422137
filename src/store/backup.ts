import { chmod, copyFile, open, rm, stat, writeFile } from "node:fs/promises";
import Database from "libsql";
import { isMissing } from "../files/atomic-file.ts";
import { requireFile } from "../files/file-kind.ts";
import { UserError } from "../user-error.ts";
import { keyIdOf } from "./secrets/seal.ts";

/** How long copying waits for a program that writes, in milliseconds. */
const BUSY_TIMEOUT = 5000;
/** How often files are copied that change meanwhile. */
const TRIES = 5;

/** SQLite's words where it may not write the files that it keeps beside a database (sqlite.org/wal.html#readonly). */
const needsWriting = (error: unknown): boolean =>
  error instanceof Error && /unable to open|readonly|CANTOPEN|READONLY/i.test(error.message);

/** Copies what is committed at one moment, also while others write. The copy must be there and empty. */
function vacuumInto(file: string, copy: string): void {
  const database = new Database(file);
  try {
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
    database.prepare("vacuum into ?").run(copy);
  } finally {
    database.close();
  }
}

async function signOf(file: string): Promise<string> {
  const found = await stat(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  return found === undefined ? "" : `${found.ino} ${found.size} ${found.mtimeMs}`;
}

/** Copies a database and its log as files, until they are of one moment; nobody writes where we may not, or seldom. */
async function copyFiles(file: string, copy: string): Promise<void> {
  const signs = async () => `${await signOf(file)}, ${await signOf(`${file}-wal`)}`;
  for (let i = 0; i < TRIES; i++) {
    const before = await signs();
    for (const end of ["", "-wal"]) {
      await rm(`${copy}${end}`, { force: true });
      // SQLite removes the log at times.
      const copied = await copyFile(`${file}${end}`, `${copy}${end}`).then(
        () => true,
        (error: unknown) => {
          if (!isMissing(error)) throw error;
          return false;
        },
      );
      if (copied) await chmod(`${copy}${end}`, 0o600);
    }
    if ((await signs()) === before) return;
  }
  throw new UserError(`The database ${file} changes all the time and cannot be copied; try again later.`);
}

/** A copy of a database that may only be read: SQLite would make files beside it, so that its files are copied first. */
async function copyReadOnly(file: string, copy: string): Promise<void> {
  const files = `${copy}.files`;
  try {
    await copyFiles(file, files);
    vacuumInto(files, copy);
  } finally {
    for (const end of ["", "-wal", "-shm"]) await rm(`${files}${end}`, { force: true });
  }
}

/**
 * Writes a whole copy of a database, for its owner alone, into a file that must not exist yet; programs may be writing
 * it, and its folder need not be writable. False where there is no database. Throws a UserError where it is damaged.
 */
export async function copyDatabase(file: string, copy: string): Promise<boolean> {
  if ((await signOf(file)) === "") return false;
  await requireFile(file);
  await writeFile(copy, "", { mode: 0o600, flag: "wx" });
  try {
    try {
      vacuumInto(file, copy);
    } catch (error) {
      if (!needsWriting(error)) throw error;
      await copyReadOnly(file, copy);
    }
  } catch (error) {
    // What the disk says of the copy is the caller's to tell.
    if (error instanceof UserError || !(error instanceof Error) || "syscall" in error) throw error;
    throw new UserError(
      `The database ${file} cannot be copied: ${error.message}. Put a backup in its place, or move it away, so that the papers alone are copied.`,
    );
  }
  const handle = await open(copy, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return true;
}

/** What a question to a database gives; undefined where it cannot be asked that. */
function ask(file: string, question: string): readonly unknown[] | undefined {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(question).all();
  } catch {
    return undefined;
  } finally {
    database.close();
  }
}

/** The name of the last change that was made to the tables of a database; undefined where it names none. */
export function newestMigration(file: string): string | undefined {
  const rows = ask(file, "select max(name) as name from kysely_migration") as
    { name: string | null }[] | undefined;
  return rows?.[0]?.name ?? undefined;
}

/** How many installations of a database hold their tokens in clear: those of one that no version opened that seals them. */
export function unsealedIn(file: string): number {
  const rows = ask(file, "select text from installation") as { text: string }[] | undefined;
  return (rows ?? []).filter(({ text }) => keyIdOf(text) === undefined).length;
}
