import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Holder, Life } from "./lock-holder.ts";
import { lifeOf, parseMark } from "./lock-holder.ts";

/** A lock beside a file, and who holds it. */
export interface HeldLock {
  readonly name: string;
  /** Undefined where it tells no process. */
  readonly holder: Holder | undefined;
  readonly life: Life;
  /** For how long it was not touched, in milliseconds. */
  readonly silentMs: number;
}

/**
 * The lock of a program at work on a whole folder, and its file without the ending. One file says both that the folder is in
 * use, to a restore, and what is served from it, to whoever looks.
 */
const AT_WORK = /^(running\.\d+)\.lock$/;

/** The file that a program at work on a folder locks. */
export const workFile = (folder: string): string => path.join(folder, `running.${process.pid}`);

/** The files that programs at work on a folder lock, or left locked. */
export async function workFilesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => AT_WORK.exec(name)?.[1] ?? []).map((name) => path.join(folder, name));
}

async function readLocks(folder: string, isMeant: (name: string) => boolean): Promise<readonly HeldLock[]> {
  const all = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    all.filter(isMeant).map(async (name): Promise<HeldLock[]> => {
      const file = path.join(folder, name);
      const [text, facts] = await Promise.all([
        readFile(file, "utf8").catch(() => ""),
        stat(file).catch(() => undefined),
      ]);
      // Let go since it was listed.
      if (facts === undefined) return [];
      const holder = parseMark(text);
      const life = holder === undefined ? "elsewhere" : await lifeOf(holder);
      return [{ name, holder, life, silentMs: Date.now() - facts.mtimeMs }];
    }),
  );
  return found.flat();
}

/** The locks of files in a folder (`withFileLock` makes them). Those of programs at work on all of it are no news. */
export const locksIn = (folder: string): Promise<readonly HeldLock[]> =>
  readLocks(folder, (name) => name.endsWith(".lock") && !AT_WORK.test(name));

/** What a program says of itself that serves from a folder. */
export interface Serving {
  /** When it was started, as an ISO time. */
  readonly since: string;
  readonly version: string;
  /** What it serves: `discord`, `slack`, `web`. */
  readonly serves: readonly string[];
}

/** Reads what a program said of itself; undefined where that cannot be read. */
function parseServing(text: string): Serving | undefined {
  try {
    const { since, version, serves } = JSON.parse(text) as Record<string, unknown>;
    if (typeof since !== "string" || typeof version !== "string" || !Array.isArray(serves)) return undefined;
    return { since, version, serves: serves.filter((one) => typeof one === "string") };
  } catch {
    return undefined;
  }
}

/** A program that serves from a folder, or that was killed while it did. */
export interface Present extends Serving, Pick<HeldLock, "name" | "life" | "silentMs"> {
  readonly pid: number;
  readonly host: string;
}

/** The programs that serve from a state folder, and those that were killed while they did. */
export async function presentIn(folder: string): Promise<readonly Present[]> {
  const locks = await readLocks(folder, (name) => AT_WORK.test(name));
  return locks.flatMap(({ holder, ...lock }) => {
    const serving = holder?.facts === undefined ? undefined : parseServing(holder.facts);
    if (holder === undefined || serving === undefined) return [];
    return [{ ...lock, ...serving, pid: holder.pid, host: holder.host }];
  });
}
