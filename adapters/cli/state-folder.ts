import { cp, mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import envPaths from "env-paths";
import { draftOf, removeLeftDrafts } from "../../src/files/drafts.ts";
import { isMissing } from "../../src/files/atomic-file.ts";

/** The user's data folder by the convention of the platform: `~/.local/share/paperboy` or `$XDG_DATA_HOME` on Linux. */
export function userDataFolder(): string {
  return envPaths("paperboy", { suffix: "" }).data;
}

/** What became of a state folder inside the program's own folder, where earlier versions kept it. */
export type Adopted =
  | { readonly kind: "none" }
  | { readonly kind: "moved" }
  /** Both are there; the new one is used. */
  | { readonly kind: "passed-over" };

/** Whether a folder is there and holds anything. */
async function holdsFiles(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/**
 * Moves the state folder `old` to `state` where that is not there yet. A crash at any moment leaves one of them whole: what
 * cannot be renamed, to another disk or out of a folder that is only read, is copied under another name first.
 */
export async function adoptState(old: string, state: string): Promise<Adopted> {
  await removeLeftDrafts(state);
  if (path.resolve(old) === path.resolve(state) || !(await holdsFiles(old))) return { kind: "none" };
  if (await holdsFiles(state)) return { kind: "passed-over" };
  await mkdir(path.dirname(state), { recursive: true, mode: 0o700 });
  try {
    // An empty folder of that name; one that another program has just filled stays.
    await rmdir(state).catch(() => undefined);
    await rename(old, state);
  } catch (error) {
    if (isMissing(error)) return { kind: "none" };
    const copy = draftOf(state);
    await cp(old, copy, { recursive: true });
    await rename(copy, state);
    await rm(old, { recursive: true, force: true }).catch(() => undefined);
  }
  return { kind: "moved" };
}
