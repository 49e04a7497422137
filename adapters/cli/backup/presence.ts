import { mkdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { withFileLock } from "../../../src/files/file-lock.ts";
import { parseMark } from "../../../src/files/lock-holder.ts";
import type { Serving } from "../../../src/files/process-marks.ts";
import { workFile, workFilesIn } from "../../../src/files/process-marks.ts";
import { UserError } from "../../../src/user-error.ts";

/** Locks of other machines are touched so often, and count as left when they are not for the second time, in milliseconds. */
const BEAT = 5000;
const OTHERS_WAIT = 20_000;

const nothing = (): Promise<void> => Promise.resolve();

const holderOf = async (file: string) => parseMark(await readFile(`${file}.lock`, "utf8").catch(() => ""));

/** Removes what programs left that were killed; that one served stands there until the next one does. */
async function removeLeft(state: string, serving: Serving | undefined): Promise<void> {
  for (const left of await workFilesIn(state))
    if (serving !== undefined || (await holderOf(left))?.facts === undefined)
      await withFileLock(left, nothing, { wait: 0 }).catch(() => undefined);
}

/**
 * Does work that changes a state folder, and shows meanwhile to others that somebody does, and what it serves from there.
 * Where the folder cannot be written the work is done all the same.
 */
export async function whilePresent<T>(
  state: string,
  serving: Serving | undefined,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(state, { recursive: true, mode: 0o700 }).catch(() => undefined);
  await removeLeft(state, serving);
  let isBegun = false;
  const begin = (): Promise<T> => {
    isBegun = true;
    return work();
  };
  try {
    return await withFileLock(workFile(state), begin, { beat: BEAT, facts: serving });
  } catch (error) {
    if (isBegun) throw error;
    return work();
  }
}

/** Throws a UserError where a program works with a state folder, for whoever wanted to `restore` or `move it`. */
export async function refuseRunning(state: string, wanted = "restore"): Promise<void> {
  for (const file of await workFilesIn(state)) {
    const holder = await holderOf(file);
    const wait = holder?.host === hostname() ? 100 : OTHERS_WAIT;
    const isFree = await withFileLock(file, nothing, { wait }).then(
      () => true,
      () => false,
    );
    if (!isFree)
      throw new UserError(
        `Paperboy runs on ${state} (process ${holder?.pid ?? ""} of ${holder?.host ?? ""}), so nothing was changed. End it, and ${wanted} then; if none runs there, remove ${file}.lock.`,
      );
  }
}
