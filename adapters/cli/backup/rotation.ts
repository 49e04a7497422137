import { lstat, readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Log } from "../../../src/log.ts";
import type { Once } from "../../../src/store/store.ts";
import { StorageError } from "../../../src/store/storage-error.ts";
import { createTroubles } from "../../../src/troubles.ts";
import { HOUR_MS, MINUTE_MS, startRhythm } from "../serving/schedule.ts";
import type { BackupSettings } from "./backup-settings.ts";
import type { MadeBy } from "./make.ts";
import { backUpState } from "./make.ts";

/** The names of backups that were made by themselves: no other file is ever removed. */
const NAME = /^paperboy-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.tar\.gz$/;

const nameOf = (at: Date): string =>
  `paperboy-${at
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-")}.tar.gz`;

const timeOf = (name: string): number => Date.parse(name.replace(NAME, "$1T$2:$3:$4Z"));

/** The backups in a folder that were made by themselves, the oldest first. */
async function madeIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => NAME.test(name)).toSorted();
  const found = await Promise.all(names.map((name) => lstat(path.join(folder, name)).catch(() => undefined)));
  return names.filter((_name, i) => found[i]?.isFile() === true);
}

/** Looked each hour, between the digests; a backup is due a little before its time has passed since the last one. */
const LOOK = { every: HOUR_MS, after: 20 * MINUTE_MS };
const EARLY_MS = 10 * MINUTE_MS;
const FAILING = "backups";

/** What backups are made with. */
export interface RotationParts extends Pick<BackupSettings, "every" | "keep" | "folder"> {
  readonly state: string;
  readonly by: Omit<MadeBy, "madeAt">;
  readonly once: () => Promise<Once>;
  readonly now: () => Date;
  readonly log: Log;
}

/** Makes a backup where one is due and no other process makes it, and removes the oldest beyond those that are kept. */
export async function backUpIfDue(parts: RotationParts, troubles = createTroubles()): Promise<void> {
  const { every, keep, folder, state, by, once, now, log } = parts;
  const newest = (await madeIn(folder)).findLast((name) => timeOf(name) <= now().getTime());
  if (newest !== undefined && now().getTime() - timeOf(newest) < every - EARLY_MS) return;
  const name = nameOf(now());
  const key = `backup into ${folder}`;
  try {
    const claims = await once();
    if (!(await claims.claim(key, HOUR_MS / 2))) return;
    await backUpState(state, path.join(folder, name), { ...by, madeAt: now().toISOString() });
    const made = await madeIn(folder);
    for (const old of made.slice(0, Math.max(0, made.length - keep))) await rm(path.join(folder, old));
    log.info(`Backed up into ${path.join(folder, name)}; the last ${keep} are kept`);
    troubles.ends(FAILING, () => log.info("Backups are made again"));
  } catch (error) {
    if (error instanceof StorageError) return;
    const why = error instanceof Error ? error.message : String(error);
    troubles.begins(FAILING, () =>
      log.error(
        `No backup could be made: ${why} It is tried again each hour; make room, or set PAPERBOY_BACKUP_FOLDER to another folder`,
      ),
    );
  }
}

/** Makes backups while the program runs; resolves with what ends that, after the one under way. */
export function startBackups(parts: RotationParts): () => Promise<void> {
  const troubles = createTroubles();
  const first = backUpIfDue(parts, troubles);
  const end = startRhythm(LOOK, () => first.then(() => backUpIfDue(parts, troubles)));
  return async () => {
    await end();
    await first;
  };
}
