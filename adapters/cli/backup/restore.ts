import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { markRestored } from "../../../src/schedule/restored.ts";
import { isMissing } from "../../../src/files/atomic-file.ts";
import { draftOf, removeLeftDrafts } from "../../../src/files/drafts.ts";
import { requireFolder } from "../../../src/files/file-kind.ts";
import { withFileLock } from "../../../src/files/file-lock.ts";
import { copyStored } from "../../../src/library/record/copy-stored.ts";
import { recordFormat, storedFile } from "../../../src/library/record/stored-file.ts";
import { operatorsDeed } from "../../../src/store/kept/audit.ts";
import { copyDatabase } from "../../../src/store/backup.ts";
import { openSqliteStore } from "../../../src/store/sqlite.ts";
import { UserError } from "../../../src/user-error.ts";
import { DATABASE_FILE } from "../state/database-file.ts";
import { isArchive, unpack } from "./archive.ts";
import { chooseKeep, finishUnderLock, hasState, readyFolder, restoreLock, writePlan } from "./finish.ts";
import type { Manifest } from "./manifest.ts";
import { MANIFEST_FILE, readManifest, sumUp } from "./manifest.ts";
import { refuseRunning } from "./presence.ts";

/** What a backup may hold. */
const NAMES = new Set([MANIFEST_FILE, DATABASE_FILE, path.basename(storedFile(""))]);

/** A backup that was checked, and lies in a folder of the state folder. */
export interface Prepared {
  readonly draft: string;
  /** Absent for a backup of an earlier version, which had no sums. */
  readonly manifest: Manifest | undefined;
  /** Whether something is there that would be put away. */
  readonly replaces: boolean;
}

/** Copies a backup that says nothing of itself: one of an earlier version, or a state folder that was copied. */
async function copyUnsummed(place: string, draft: string): Promise<void> {
  const database = await copyDatabase(path.join(place, DATABASE_FILE), path.join(draft, DATABASE_FILE));
  const papers = await copyStored(place, draft);
  if (papers === undefined && !database)
    throw new UserError(
      `${place} is no backup: it has neither ${MANIFEST_FILE} nor papers or a database. Name what “paperboy backup” made; nothing was changed.`,
    );
}

async function bring(place: string, draft: string): Promise<void> {
  if (isArchive(place)) return unpack(place, draft, NAMES);
  const manifest = await readManifest(place, place);
  if (manifest === undefined) return copyUnsummed(place, draft);
  for (const name of NAMES)
    await copyFile(path.join(place, name), path.join(draft, name)).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
}

/** Throws a UserError where a file is not what was backed up. */
async function checkSums({ files }: Manifest, draft: string, place: string): Promise<void> {
  for (const { name, bytes, sha256 } of files) {
    const found = NAMES.has(name)
      ? await sumUp(draft, name).catch((error: unknown) => {
          if (isMissing(error)) return undefined;
          throw error;
        })
      : undefined;
    if (found?.sha256 === sha256 && found.bytes === bytes) continue;
    const what =
      found === undefined ? "is not in it" : `has ${found.bytes} bytes and another sum, not ${bytes}`;
    throw new UserError(`${place} is damaged: ${name} ${what}. Restore another backup; nothing was changed.`);
  }
}

/** Checks what will be the state, brings its tables up to date, marks it as restored, and notes in it who did. */
async function checkState(draft: string, place: string): Promise<void> {
  const database = path.join(draft, DATABASE_FILE);
  try {
    await recordFormat(draft);
    // Made where the backup has none, for what is noted.
    const store = await openSqliteStore(database, () => new Date(), { seal: false });
    try {
      await markRestored(store.preferences);
      await store.audit.note(operatorsDeed({ action: "restore", detail: place }));
    } finally {
      await store.close();
    }
    // In one file: what SQLite keeps beside a database may outlive it, and belongs to it.
    const whole = `${database}.whole`;
    await copyDatabase(database, whole);
    for (const end of ["-wal", "-shm"]) await rm(`${database}${end}`, { force: true });
    await rename(whole, database);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // It names what was copied from the backup.
    const words = error.message
      .replaceAll(`${draft}${path.sep}`, "")
      .replace(/[.;] (?:Install|Put) .*$/s, ".");
    throw new UserError(
      `${place} cannot be restored: ${words} Restore another backup, or install the version that made it; nothing was changed.`,
    );
  }
}

/** Copies a backup into the state folder, beside what is there, and checks it. Throws a UserError where it cannot be used. */
export async function prepareRestore(state: string, place: string): Promise<Prepared> {
  const draft = draftOf(restoreLock(state));
  try {
    await requireFolder(state);
    await mkdir(state, { recursive: true, mode: 0o700 });
    await refuseRunning(state);
    await removeLeftDrafts(restoreLock(state));
    await mkdir(draft, { mode: 0o700 });
    await bring(place, draft);
    const manifest = await readManifest(draft, place);
    if (manifest !== undefined) await checkSums(manifest, draft, place);
    else if (isArchive(place))
      throw new UserError(`${place} is no backup: it has no ${MANIFEST_FILE}. Nothing was changed.`);
    await checkState(draft, place);
    await rm(path.join(draft, MANIFEST_FILE), { force: true });
    return { draft, manifest, replaces: await hasState(state) };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UserError(
      `${place} cannot be restored into ${state}: ${error.message}. Nothing was changed. Let the user who runs Paperboy read the first and write the second.`,
    );
  }
}

/** Puts what was prepared in the place of the state; gives where the old one is kept, if there was one. */
export async function carryOutRestore(
  state: string,
  { draft }: Prepared,
  now: Date,
): Promise<string | undefined> {
  return withFileLock(restoreLock(state), async () => {
    await finishUnderLock(state);
    // Whoever starts from now on waits for the lock.
    await refuseRunning(state);
    const keep = (await hasState(state)) ? await chooseKeep(state, now) : undefined;
    await writePlan(draft, keep);
    await rename(draft, readyFolder(state));
    await finishUnderLock(state);
    return keep;
  });
}

/** Forgets what was prepared. */
export const dropRestore = ({ draft }: Prepared): Promise<void> =>
  rm(draft, { recursive: true, force: true });
