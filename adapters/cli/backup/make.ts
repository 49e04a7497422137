import { access, mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { isMissing } from "../../../src/files/atomic-file.ts";
import { draftOf, removeLeftDrafts } from "../../../src/files/drafts.ts";
import { requireFolder } from "../../../src/files/file-kind.ts";
import { copyStored } from "../../../src/library/record/copy-stored.ts";
import { recordFormat } from "../../../src/library/record/stored-file.ts";
import { copyDatabase, newestMigration, unsealedIn } from "../../../src/store/backup.ts";
import { UserError } from "../../../src/user-error.ts";
import { DATABASE_FILE } from "../state/database-file.ts";
import { isArchive, pack } from "./archive.ts";
import type { Manifest } from "./manifest.ts";
import { BACKUP_FORMAT, MANIFEST_FILE, sumUp, writeManifest } from "./manifest.ts";

/** What is said of a backup in it besides its files. */
export type MadeBy = Pick<Manifest, "program" | "madeAt" | "settings">;

/** Refuses a folder that holds anything, and a file that is there; makes the folder around it. */
async function prepare(place: string): Promise<void> {
  if (isArchive(place)) {
    const isThere = await access(place).then(
      () => true,
      () => false,
    );
    if (isThere)
      throw new UserError(
        `${place} is there already; name a file that is not, and nothing will be overwritten.`,
      );
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
    return;
  }
  try {
    const [entry] = await readdir(place);
    if (entry !== undefined)
      throw new UserError(
        `${place} holds ${entry} and perhaps more; name a folder that is empty or not there yet, and nothing will be overwritten.`,
      );
  } catch (error) {
    if (!isMissing(error)) throw error;
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  }
}

/** What lies in a backup, and how many workspaces' tokens stand in it in clear. */
interface Copied {
  readonly names: readonly string[];
  readonly unsealed: number;
}

/** What a new state needs, with what it is. The index is not among it: it is made again. */
async function copyState(state: string, draft: string, by: MadeBy): Promise<Copied> {
  await mkdir(draft, { mode: 0o700 });
  const database = path.join(draft, DATABASE_FILE);
  // First the database: it may know that lists were read whose papers come later in the file, and never the other way.
  const digests = await copyDatabase(path.join(state, DATABASE_FILE), database);
  const papers = await copyStored(state, draft);
  if (papers === undefined && !digests)
    throw new UserError(
      `There is nothing to back up in ${state}: no papers were taken in and no digest set up.`,
    );
  const names = [...(digests ? [DATABASE_FILE] : []), ...(papers === undefined ? [] : [papers])];
  const files = [];
  for (const name of names) files.push(await sumUp(draft, name));
  const newest = digests ? newestMigration(database) : undefined;
  await writeManifest(draft, {
    format: BACKUP_FORMAT,
    ...by,
    ...(papers === undefined ? {} : { papers: await recordFormat(draft) }),
    ...(newest === undefined ? {} : { database: newest }),
    files,
  });
  return { names: [MANIFEST_FILE, ...names], unsealed: digests ? unsealedIn(database) : 0 };
}

/**
 * Copies all that a new state needs, while programs may be writing, into a folder that is empty or not there yet, or into a
 * file `*.tar.gz` that is not there; it appears under its name when it is whole. Throws a UserError where there is nothing
 * to copy, or no place for it. Gives how many workspaces' tokens stand in it in clear.
 */
export async function backUpState(
  state: string,
  place: string,
  by: MadeBy,
): Promise<Pick<Copied, "unsealed">> {
  const draft = draftOf(place);
  try {
    await requireFolder(state);
    await prepare(place);
    await removeLeftDrafts(place);
    const { names, unsealed } = await copyState(state, draft, by);
    if (isArchive(place)) {
      const packed = path.join(draft, "packed");
      await pack(draft, names, packed);
      await rename(packed, place);
      await rm(draft, { recursive: true });
      return { unsealed };
    }
    await rmdir(place).catch(() => undefined);
    await rename(draft, place);
    return { unsealed };
  } catch (error) {
    // Where the folder is none, there is no draft either.
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UserError(
      `${state} cannot be backed up into ${place}: ${error.message}. Name another place, or let the user who runs Paperboy read the first and write the second.`,
    );
  }
}
