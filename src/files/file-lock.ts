import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { isMissing } from "./atomic-file.ts";
import { createMark, lifeOf, parseMark } from "./lock-holder.ts";
import { identityOf } from "./process-identity.ts";
import { UserError } from "../user-error.ts";

/** How a lock is waited for and held; times are in milliseconds. */
export interface LockTimes {
  /** How long another program may hold a lock; default 30,000. */
  readonly wait?: number;
  /** Called once, when another program has held the lock for 3 seconds. */
  readonly waiting?: () => void;
  /** How often a lock is touched while it is held; default 2,000. */
  readonly beat?: number;
  /** A lock of another machine, or that tells no process, is of a program that is gone when untouched for this long; default 15,000. */
  readonly silence?: number;
  /** What its holder says of itself to whoever reads the lock; default nothing. */
  readonly facts?: unknown;
}

const WAIT = 30_000;
const BEAT = 2000;
const SILENCE = 15_000;
/** Between two looks. */
const LOOK = 25;
/** After so long it is said that something is waited for. */
const PATIENT = 3000;

/** A lock is written right after it is made; one that is still empty after this many milliseconds never will be. */
const EMPTY = 5000;

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

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

/** A lock that is waited for. */
interface Watched {
  readonly lock: string;
  /** How long it has not been touched while it was watched, whatever the clocks of other machines say. */
  readonly silence: (holder: string) => Promise<number>;
  readonly allowed: number;
}

function watch(lock: string, allowed: number): Watched {
  let last: string | undefined;
  let since = 0;
  return {
    lock,
    allowed,
    async silence(holder) {
      const found = await stat(lock).catch(() => undefined);
      const sign = `${holder} ${found?.mtimeMs}`;
      if (sign !== last) since = performance.now();
      last = sign;
      return performance.now() - since;
    },
  };
}

/**
 * Whether the program that made a lock is gone. Where the lock tells which process of this place made it, it is gone when
 * no process of that number runs, or one that started at another time. Where it does not, or another place or machine made
 * it, such as the container before this one, it is gone when it no longer touches its lock. A lock with our own number that
 * is not ours was left by a program that had it before: in a container it is often the same one.
 */
async function isStale({ lock, silence, allowed }: Watched, holder: string): Promise<boolean> {
  if (holder === "") return isOld(lock);
  const isSilent = async (): Promise<boolean> => (await silence(holder)) > allowed;
  const found = parseMark(holder);
  if (found === undefined) return isSilent();
  const life = await lifeOf(found);
  if (life === "elsewhere") return isSilent();
  if (found.pid === process.pid) return !held.has(holder);
  if (life === "gone") return true;
  const isSure = found.start !== undefined && (await identityOf(found.pid)) !== undefined;
  return !isSure && (await isSilent());
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

async function tryLock(watched: Watched, mark: string): Promise<boolean> {
  const { lock } = watched;
  try {
    await writeFile(lock, mark, { flag: "wx" });
    return true;
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
  const holder = await readHolder(lock);
  if (holder !== undefined && (await isStale(watched, holder))) await removeStale(lock, holder);
  return false;
}

async function waitForLock(
  file: string,
  mark: string,
  { wait = WAIT, silence = SILENCE, waiting }: LockTimes,
): Promise<void> {
  const watched = watch(`${file}.lock`, silence);
  const began = performance.now();
  let isTold = waiting === undefined;
  while (!(await tryLock(watched, mark))) {
    const waited = performance.now() - began;
    if (!isTold && waited > PATIENT) {
      isTold = true;
      waiting?.();
    }
    if (waited > wait) {
      throw new UserError(
        `Another program is writing ${file} for more than ${wait / 1000} s. Try again, or remove ${watched.lock} if no Paperboy is at work.`,
      );
    }
    await sleep(LOOK);
  }
}

/** Touches a lock again and again, so that other machines see that its holder lives; gives what ends that. */
function keepTouching(lock: string, beat: number): () => void {
  const touch = (): void => void utimes(lock, new Date(), new Date()).catch(() => undefined);
  const timer = setInterval(touch, beat).unref();
  return () => clearInterval(timer);
}

/**
 * Does work while no other program, and nothing else in this one, does work under the same file: `<file>.lock` stands
 * beside it meanwhile. The lock of a program that was killed is taken away. Throws a UserError when the lock is still
 * held after the time to wait.
 */
export async function withFileLock<T>(
  file: string,
  work: () => Promise<T>,
  times: LockTimes = {},
): Promise<T> {
  const lock = `${file}.lock`;
  const mark = await createMark(times.facts);
  held.add(mark);
  try {
    await waitForLock(file, mark, times);
    const stop = keepTouching(lock, times.beat ?? BEAT);
    try {
      return await work();
    } finally {
      stop();
      await rm(lock, { force: true });
    }
  } finally {
    held.delete(mark);
  }
}
