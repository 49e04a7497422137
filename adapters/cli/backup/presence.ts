import { mkdir, readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { withFileLock } from "../../../src/files/file-lock.ts";
import { UserError } from "../../../src/user-error.ts";

/** The lock of a program that works with a state folder, in that folder. */
const RUNNING = /^(running\.\d+)\.lock$/;

/** Locks of other machines are touched so often, and count as left when they are not for the second time, in milliseconds. */
const BEAT = 5000;
const OTHERS_WAIT = 20_000;

async function runningIn(state: string): Promise<readonly string[]> {
  const names = await readdir(state).catch(() => []);
  return names.flatMap((name) => RUNNING.exec(name)?.[1] ?? []).map((name) => path.join(state, name));
}

const nothing = (): Promise<void> => Promise.resolve();

/**
 * Does work that changes a state folder, and shows meanwhile to others that somebody does. Where the folder cannot be written
 * the work is done all the same. What programs left that were killed is removed.
 */
export async function whilePresent<T>(state: string, work: () => Promise<T>): Promise<T> {
  await mkdir(state, { recursive: true, mode: 0o700 }).catch(() => undefined);
  for (const left of await runningIn(state))
    await withFileLock(left, nothing, { wait: 0 }).catch(() => undefined);
  let isBegun = false;
  const begin = (): Promise<T> => {
    isBegun = true;
    return work();
  };
  try {
    return await withFileLock(path.join(state, `running.${process.pid}`), begin, { beat: BEAT });
  } catch (error) {
    if (isBegun) throw error;
    return work();
  }
}

/** Throws a UserError where a program works with a state folder. */
export async function refuseRunning(state: string): Promise<void> {
  for (const file of await runningIn(state)) {
    const lock = `${file}.lock`;
    const [pid = "", host = ""] = (await readFile(lock, "utf8").catch(() => "")).split(" ");
    const wait = host === hostname() ? 100 : OTHERS_WAIT;
    const isFree = await withFileLock(file, nothing, { wait }).then(
      () => true,
      () => false,
    );
    if (!isFree)
      throw new UserError(
        `Paperboy runs on ${state} (process ${pid} of ${host}), so nothing was changed. End it, and restore then; if none runs there, remove ${lock}.`,
      );
  }
}
