import { randomUUID } from "node:crypto";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { isMissing } from "./atomic-file.ts";
import { UserError } from "./user-error.ts";

/** How long another program may hold a lock, and how long to wait between looks; in milliseconds. */
const WAIT = 30_000;
const LOOK = 25;

/** A lock is written right after it is made; one that is still empty after this many milliseconds never will be. */
const EMPTY = 5000;

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, which runs.
    return !hasCode(error, "ESRCH");
  }
}

/** What a lock file says: the process and machine that made it, and a mark of this one lock. */
async function readHolder(lock: string): Promise<string | undefined> {
  return readFile(lock, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}

/** The marks of the locks that this program holds. */
const held = new Set<string>();

async function isOld(file: string): Promise<boolean> {
  const made = await stat(file).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > EMPTY;
}

/**
 * Whether the program that made a lock is gone. Of another machine nothing is known, so that its locks hold. A lock with
 * our own number that is not ours was left by a program that had it before: in a container it is often the same one.
 */
async function isStale(lock: string, holder: string): Promise<boolean> {
  if (holder === "") return isOld(lock);
  const [pid = "", host] = holder.split(" ");
  if (host !== hostname() || !/^\d+$/.test(pid)) return false;
  return Number(pid) === process.pid ? !held.has(holder) : !isRunning(Number(pid));
}

/**
 * Takes a stale lock away. Only one program at a time does so: one that looked earlier could take away the new lock that
 * came in the place of the stale one.
 */
async function removeStale(lock: string, holder: string): Promise<void> {
  const guard = `${lock}.stale`;
  try {
    await writeFile(guard, "", { flag: "wx" });
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    if (await isOld(guard)) await rm(guard, { force: true });
    return;
  }
  try {
    if ((await readHolder(lock)) === holder) await rm(lock, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

async function tryLock(lock: string, mark: string): Promise<boolean> {
  try {
    await writeFile(lock, mark, { flag: "wx" });
    return true;
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
  const holder = await readHolder(lock);
  if (holder !== undefined && (await isStale(lock, holder))) await removeStale(lock, holder);
  return false;
}

async function waitForLock(file: string, mark: string, wait: number): Promise<void> {
  const lock = `${file}.lock`;
  const until = performance.now() + wait;
  while (!(await tryLock(lock, mark))) {
    if (performance.now() > until) {
      throw new UserError(
        `Another program is writing ${file} for more than ${wait / 1000} s. Try again, or remove ${lock} if no Paperboy is at work.`,
      );
    }
    await sleep(LOOK);
  }
}

/**
 * Does work while no other program, and nothing else in this one, does work under the same file: `<file>.lock` stands
 * beside it meanwhile. The lock of a program that was killed is taken away. Throws a UserError when the lock is still
 * held after `wait` milliseconds.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>, wait = WAIT): Promise<T> {
  const lock = `${file}.lock`;
  const mark = `${process.pid} ${hostname()} ${randomUUID()}`;
  held.add(mark);
  try {
    await waitForLock(file, mark, wait);
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  } finally {
    held.delete(mark);
  }
}
