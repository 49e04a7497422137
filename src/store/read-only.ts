import { access, constants, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { requireFile } from "../files/file-kind.ts";
import { isRunning } from "../files/process-identity.ts";
import { copyDatabase } from "./backup.ts";
import { KEY_FILE } from "./secrets/key-file.ts";
import type { StoreKeys } from "./sqlite.ts";
import { IN_MEMORY, openSqliteStore } from "./sqlite.ts";
import type { Store } from "./store.ts";

const isWritable = async (file: string): Promise<boolean> =>
  access(file, constants.W_OK).then(
    () => true,
    () => false,
  );

const COPY = /^paperboy-(\d+)-/;

/** Removes the copies of programs that were killed. Those of other users stay. */
async function removeLeft(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = COPY.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Opens a copy of a database that is there, in the machine's temporary folder until it is closed. What is written there is lost. */
export async function openCopy(file: string, now: () => Date, keys: StoreKeys = {}): Promise<Store> {
  await removeLeft();
  const folder = await mkdtemp(path.join(tmpdir(), `paperboy-${process.pid}-`));
  const remove = async (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const copy = path.join(folder, path.basename(file));
    await copyDatabase(file, copy);
    const store = await openSqliteStore(copy, now, {
      keyFile: path.join(path.dirname(file), KEY_FILE),
      ...keys,
      seal: false,
    });
    return {
      ...store,
      async close() {
        await store.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * Opens a store for what only reads, or for work that may be forgotten: where the file or its folder may not be written
 * it is a copy, where there is no file an empty one in memory. Throws a UserError where the file is no sound database.
 */
export async function openStoreToRead(file: string, now: () => Date): Promise<Store> {
  await requireFile(file);
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (!exists) return openSqliteStore(IN_MEMORY, now);
  const writable = (await isWritable(file)) && (await isWritable(path.dirname(file)));
  return writable ? openSqliteStore(file, now, { seal: false }) : openCopy(file, now);
}
