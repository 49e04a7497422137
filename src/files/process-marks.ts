import { randomUUID } from "node:crypto";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { identityOf, isRunning } from "./process-identity.ts";

/** A process, by what it wrote of itself. */
interface Marked {
  readonly pid: number;
  readonly host: string;
  /** What tells it from another of its number; absent where the system does not tell. */
  readonly place?: string;
  readonly start?: string;
}

/** Whether a process runs; `elsewhere` where that cannot be seen from here: another machine or container. */
export type Life = "runs" | "gone" | "elsewhere";

/** Whether the process that a mark tells of still runs. */
async function lifeOf({ pid, host, place, start }: Marked): Promise<Life> {
  if (host !== hostname()) return "elsewhere";
  if (place !== undefined && place !== (await identityOf(process.pid))?.place) return "elsewhere";
  if (!isRunning(pid)) return "gone";
  const found = await identityOf(pid);
  return start === undefined || found === undefined || found.start === start ? "runs" : "gone";
}

/** A program at work on a folder, as it said itself. */
export interface Present extends Marked {
  readonly since: string;
  readonly version: string;
  /** What it serves: `discord`, `slack`, `web`. */
  readonly serves: readonly string[];
}

const PRESENT = /^running\.\d+\.[0-9a-f]{8}$/;

const presentFiles = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => []))
    .filter((name) => PRESENT.test(name))
    .map((name) => path.join(folder, name));

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

/** Reads what a program said of itself; undefined where that cannot be read. */
function parsePresent(text: string): Present | undefined {
  try {
    const { pid, host, since, version, serves, ...rest } = JSON.parse(text) as Record<string, unknown>;
    if (typeof pid !== "number" || typeof host !== "string" || typeof since !== "string") return undefined;
    if (typeof version !== "string" || !isTexts(serves)) return undefined;
    const [place, start] = [rest["place"], rest["start"]];
    const identity = typeof place === "string" && typeof start === "string" ? { place, start } : {};
    return { pid, host, since, version, serves, ...identity };
  } catch {
    return undefined;
  }
}

/** The programs that serve from a state folder, and those that were killed while they did. */
export async function presentIn(folder: string): Promise<readonly (Present & { readonly life: Life })[]> {
  const texts = await Promise.all(
    (await presentFiles(folder)).map((file) => readFile(file, "utf8").catch(() => "")),
  );
  const known = texts.map(parsePresent).filter((one) => one !== undefined);
  return Promise.all(known.map(async (one) => ({ ...one, life: await lifeOf(one) })));
}

/**
 * Says in a folder that this program serves from it, for whoever looks; what it gives takes that back. Marks of programs
 * that were killed are removed. Where the folder cannot be written nothing is said.
 */
export async function sayPresent(
  folder: string,
  said: Pick<Present, "since" | "version" | "serves">,
): Promise<() => Promise<void>> {
  for (const file of await presentFiles(folder)) {
    const one = parsePresent(await readFile(file, "utf8").catch(() => ""));
    if (one !== undefined && (await lifeOf(one)) === "gone")
      await rm(file, { force: true }).catch(() => undefined);
  }
  const file = path.join(folder, `running.${process.pid}.${randomUUID().slice(0, 8)}`);
  const mark: Present = { pid: process.pid, host: hostname(), ...(await identityOf(process.pid)), ...said };
  await writeFile(file, JSON.stringify(mark), { mode: 0o600, flag: "wx" }).catch(() => undefined);
  return () => rm(file, { force: true }).catch(() => undefined);
}

/** A lock beside a file, and who holds it. */
export interface HeldLock {
  readonly name: string;
  readonly holder: Marked | undefined;
  readonly life: Life;
  /** For how long it was not touched, in milliseconds. */
  readonly silentMs: number;
}

/** The locks of programs at work on a whole folder, which is no news beside what these say of themselves. */
const AT_WORK = /^running\.\d+\.lock$/;

/** The locks of files in a folder (`withFileLock` makes them). */
export async function locksIn(folder: string): Promise<readonly HeldLock[]> {
  const all = await readdir(folder).catch(() => []);
  const names = all.filter((name) => name.endsWith(".lock") && !AT_WORK.test(name));
  const found = await Promise.all(
    names.map(async (name): Promise<HeldLock[]> => {
      const file = path.join(folder, name);
      const [text, facts] = await Promise.all([
        readFile(file, "utf8").catch(() => ""),
        stat(file).catch(() => undefined),
      ]);
      // Let go since it was listed.
      if (facts === undefined) return [];
      const [pid = "", host = "", , place, start] = text.split(" ");
      const identity = place === undefined || start === undefined ? {} : { place, start };
      const holder = /^\d+$/.test(pid) && host !== "" ? { pid: Number(pid), host, ...identity } : undefined;
      const life = holder === undefined ? "elsewhere" : await lifeOf(holder);
      return [{ name, holder, life, silentMs: Date.now() - facts.mtimeMs }];
    }),
  );
  return found.flat();
}
