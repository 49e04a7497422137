import { access, constants, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { requireFile } from "../files/file-kind.ts";
import { copyDatabase } from "./backup.ts";
import { IN_MEMORY, openSqliteStore } from "./sqlite.ts";
import type { Store } from "./store.ts";

const isWritable = async (file: string): Promise<boolean> =>
  access(file, constants.W_OK).then(
    () => true,
    () => false,
  );

/** Opens a copy of its own, in the machine's temporary folder until it is closed. What is written there is lost. */
async function openCopy(file: string, now: () => Date): Promise<Store> {
  const folder = await mkdtemp(path.join(tmpdir(), "paperboy-"));
  const remove = async (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const copy = path.join(folder, path.basename(file));
    await copyDatabase(file, copy);
    const store = await openSqliteStore(copy, now);
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
  return writable ? openSqliteStore(file, now) : openCopy(file, now);
}
