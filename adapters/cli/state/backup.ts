import { mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { isMissing } from "../../../src/files/atomic-file.ts";
import { draftOf, removeLeftDrafts } from "../../../src/files/drafts.ts";
import { requireFolder } from "../../../src/files/file-kind.ts";
import { copyStored } from "../../../src/library/record/copy-stored.ts";
import { copyDatabase } from "../../../src/store/backup.ts";
import { UserError } from "../../../src/user-error.ts";
import { DATABASE_FILE } from "./database-file.ts";

/** Refuses a place that holds anything; makes the folder around it. */
async function prepare(folder: string): Promise<void> {
  try {
    const [entry] = await readdir(folder);
    if (entry !== undefined)
      throw new UserError(
        `${folder} holds ${entry} and perhaps more; name a folder that is empty or not there yet, and nothing will be overwritten.`,
      );
  } catch (error) {
    if (!isMissing(error)) throw error;
    await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
  }
}

/** What a new state needs. The index is not among it: it is made again. */
async function copyState(state: string, draft: string): Promise<void> {
  await mkdir(draft, { mode: 0o700 });
  // First the database: it may know that lists were read whose papers come later in the file, and never the other way.
  const digests = await copyDatabase(path.join(state, DATABASE_FILE), path.join(draft, DATABASE_FILE));
  const papers = await copyStored(state, draft);
  if (!digests && !papers)
    throw new UserError(
      `There is nothing to back up in ${state}: no papers were taken in and no digest set up.`,
    );
}

/**
 * Copies all that a new state needs into a folder that is empty or not there yet, while programs may be writing; it
 * appears under its name when it is whole. Throws a UserError where there is nothing to copy, or no place for it.
 */
export async function backUpState(state: string, folder: string): Promise<void> {
  const draft = draftOf(folder);
  try {
    await requireFolder(state);
    await prepare(folder);
    await removeLeftDrafts(folder);
    await copyState(state, draft);
    await rmdir(folder).catch(() => undefined);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UserError(
      `${state} cannot be backed up into ${folder}: ${error.message}. Name another folder, or let the user who runs Paperboy read the first and write the second.`,
    );
  }
}
