import { chmod, cp, mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import envPaths from "env-paths";
import { draftOf, removeLeftDrafts } from "../../../src/files/drafts.ts";
import { isMissing } from "../../../src/files/atomic-file.ts";
import { UserError } from "../../../src/user-error.ts";
import { KEY_FILE } from "../../../src/store/secrets/key-file.ts";
import { DATABASE_FILE } from "./database-file.ts";

/** The user's data folder by the convention of the platform: `~/.local/share/paperboy` or `$XDG_DATA_HOME` on Linux. */
export function userDataFolder(): string {
  return envPaths("paperboy", { suffix: "" }).data;
}

/** The user's folder for settings: `~/.config/paperboy` or `$XDG_CONFIG_HOME` on Linux. */
export function userConfigFolder(): string {
  return envPaths("paperboy", { suffix: "" }).config;
}

/** What became of a state folder inside the program's own folder, where earlier versions kept it. */
export type Adopted =
  /** There is none, or it was told before that it is left. */
  | { readonly kind: "none" }
  | { readonly kind: "moved" }
  /** It cannot be removed. */
  | { readonly kind: "copied" }
  /** Both are there; the new one is used. */
  | { readonly kind: "passed-over" };

/** In the new folder, with the path of an old one of which the user has been told that it is left. */
const TOLD_FILE = "old-state-told";

/** What lies in a state folder and outlives a restore: locks, drafts, keys, an installed encoder, and earlier states. */
export const KEPT_APART =
  /\.lock$|\.stale$|\.new$|^(?:paperboy\.key|encoder.*|restore\..*|backups|before-restore-.*|lost\+found)$/;

/** Whether a folder is there and holds anything. */
async function holdsFiles(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Whether this is the first time that an old folder is told of. Where that cannot be written down it always is. */
async function isNews(old: string, state: string): Promise<boolean> {
  const file = path.join(state, TOLD_FILE);
  if ((await readFile(file, "utf8").catch(() => "")) === old) return false;
  await writeFile(file, old, { mode: 0o600 }).catch(() => undefined);
  return true;
}

/** Moves a folder that is there; one that cannot be renamed is copied under another name first. */
async function move(old: string, state: string): Promise<Adopted> {
  await mkdir(path.dirname(state), { recursive: true, mode: 0o700 });
  try {
    // An empty folder of that name; one that another program has just filled stays.
    await rmdir(state).catch(() => undefined);
    await rename(old, state);
    return { kind: "moved" };
  } catch (error) {
    if (isMissing(error)) return { kind: "none" };
    const copy = draftOf(state);
    await cp(old, copy, { recursive: true });
    // One that was only read would be copied as such.
    await chmod(copy, 0o700);
    for (const { name } of (await readdir(copy, { withFileTypes: true })).filter((entry) => entry.isFile()))
      await chmod(path.join(copy, name), 0o600);
    await rename(copy, state);
  }
  try {
    await rm(old, { recursive: true });
    return { kind: "moved" };
  } catch {
    await isNews(old, state);
    return { kind: "copied" };
  }
}

/**
 * Moves the state folder `old` to `state` where that is not there yet. A crash at any moment leaves one of them whole: what
 * cannot be renamed, to another disk or out of a folder that is only read, is copied. Throws a UserError where that fails.
 */
export async function adoptState(old: string, state: string): Promise<Adopted> {
  await removeLeftDrafts(state);
  if (path.resolve(old) === path.resolve(state) || !(await holdsFiles(old))) return { kind: "none" };
  try {
    if (await holdsFiles(state)) return { kind: (await isNews(old, state)) ? "passed-over" : "none" };
    return await move(old, state);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new UserError(
      `The papers and the database in ${old} cannot be moved to ${state}: ${error.message}. Set PAPERBOY_STATE to the first, or let the user who runs Paperboy write the second.`,
    );
  }
}

/** What lies in a state folder; the database holds tokens of workspaces. */
const OWN_FILES = [
  "papers.jsonl",
  "papers.index",
  KEY_FILE,
  ...["", "-wal", "-shm"].map((end) => `${DATABASE_FILE}${end}`),
];
const OTHERS = 0o077;

/** Takes others' rights away from what is ours. */
async function makePrivate(place: string): Promise<boolean> {
  const found = await stat(place).catch(() => undefined);
  if (found === undefined || found.uid !== process.getuid?.() || (found.mode & OTHERS) === 0) return false;
  return chmod(place, found.mode & 0o700).then(
    () => true,
    () => false,
  );
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  );

/**
 * Takes others' rights away from a state folder and its files, where they belong to the user who runs this: a folder that
 * was moved, or was there before, keeps those that it had. Tells whether there were any.
 */
export async function makeStatePrivate(state: string): Promise<boolean> {
  const files = OWN_FILES.map((name) => path.join(state, name));
  const there = await Promise.all(files.map(isFile));
  const own = files.filter((_file, i) => there[i]);
  // A folder that holds nothing of ours may be anybody's.
  if (own.length === 0) return false;
  const changed = await Promise.all([state, ...own].map(makePrivate));
  return changed.includes(true);
}
