import { access, mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { isMissing } from "../../../src/files/atomic-file.ts";
import { withFileLock } from "../../../src/files/file-lock.ts";
import { UserError } from "../../../src/user-error.ts";
import { KEPT_APART } from "../state/state-folder.ts";

/**
 * How a restore is carried out. All that is restored lies ready, whole and checked, in a folder of this name in the state
 * folder, with a word where the old state goes. From the moment on when that folder has its name the restore is decided:
 * whoever comes next finishes what a killed program left. First all that is old goes away, which is written down, then what
 * is ready comes in its place; each step is a renaming, and done again does nothing.
 */
const READY = "restore.ready";
const PLAN = "plan.json";
const MOVED = "old-is-moved";

/** What a restore is locked by, beside the names of files. */
export const restoreLock = (state: string): string => path.join(state, "restore");
export const readyFolder = (state: string): string => path.join(state, READY);

const isThere = (place: string): Promise<boolean> =>
  access(place).then(
    () => true,
    () => false,
  );

/** Writes where the old state goes, if there is one, into what will be the ready folder. */
export async function writePlan(draft: string, keep: string | undefined): Promise<void> {
  await writeFile(path.join(draft, PLAN), JSON.stringify({ keep }), { mode: 0o600, flush: true });
}

/** What of a state folder is its state: all but locks, drafts, keys, an installed encoder, and earlier states. */
async function stateNames(state: string): Promise<readonly string[]> {
  const names = await readdir(state).catch(() => []);
  return names.filter((name) => !KEPT_APART.test(name));
}

/** Whether there is anything that a restore would put away. An index alone, as any look at a new state leaves, is nothing. */
export const hasState = async (state: string): Promise<boolean> =>
  (await stateNames(state)).some((name) => name !== "papers.index");

/** Where the old state is kept: beside the folder, or in it where that is another disk or may not be written. */
export async function chooseKeep(state: string, now: Date): Promise<string> {
  const name = `before-restore-${now
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-")}`;
  const beside = `${state}.${name}`;
  try {
    const [own, around] = await Promise.all([stat(state), stat(path.dirname(state))]);
    if (own.dev === around.dev) {
      await mkdir(beside, { mode: 0o700 });
      return beside;
    }
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
  const inside = path.join(state, name);
  await mkdir(inside, { recursive: true, mode: 0o700 });
  return inside;
}

async function rollForward(state: string): Promise<void> {
  const ready = readyFolder(state);
  const plan = await readFile(path.join(ready, PLAN), "utf8").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (plan === undefined) {
    // All is in its place; the folder was being removed.
    await rm(ready, { recursive: true, force: true });
    return;
  }
  const { keep } = JSON.parse(plan) as { keep?: string };
  if (keep !== undefined && !(await isThere(path.join(ready, MOVED)))) {
    await mkdir(keep, { recursive: true, mode: 0o700 });
    for (const name of await stateNames(state)) await rename(path.join(state, name), path.join(keep, name));
    await writeFile(path.join(ready, MOVED), "", { flush: true });
  }
  for (const name of await readdir(ready))
    if (name !== PLAN && name !== MOVED) await rename(path.join(ready, name), path.join(state, name));
  // First the plan: without it there is nothing to be done.
  await rm(path.join(ready, PLAN));
  await rm(ready, { recursive: true, force: true });
}

/** Finishes a restore that was decided, or waits for whoever does. Throws a UserError where the folder cannot be written. */
export async function finishRestore(state: string): Promise<void> {
  if (!(await isThere(readyFolder(state))) && !(await isThere(`${restoreLock(state)}.lock`))) return;
  try {
    await withFileLock(restoreLock(state), () => finishUnderLock(state));
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UserError(
      `A restore into ${state} was not finished, and cannot be now: ${error.message}. Let a user start Paperboy who may write there.`,
    );
  }
}

/** The same for whoever holds the lock. */
export async function finishUnderLock(state: string): Promise<void> {
  if (await isThere(readyFolder(state))) await rollForward(state);
}
