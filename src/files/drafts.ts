import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { isRunning } from "./process-identity.ts";

const ENDING = /^\.(\d+)\.new$/;

/** Where a file or folder is made that is then renamed to `place`; the name tells whose it is. */
export const draftOf = (place: string): string => `${place}.${process.pid}.new`;

/** The drafts of a place, whoever makes them or has made them. */
export async function draftsOf(place: string): Promise<readonly string[]> {
  const [folder, name] = [path.dirname(place), path.basename(place)];
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((one) => one.startsWith(name) && ENDING.test(one.slice(name.length)))
    .map((one) => path.join(folder, one));
}

/** Removes the drafts of a place that programs left which run no more. What cannot be removed stays. */
export async function removeLeftDrafts(place: string): Promise<void> {
  for (const draft of await draftsOf(place)) {
    const pid = Number(ENDING.exec(draft.slice(place.length))?.[1]);
    if (!isRunning(pid)) await rm(draft, { recursive: true, force: true }).catch(() => undefined);
  }
}
