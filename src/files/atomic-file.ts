import type { FileHandle } from "node:fs/promises";
import { open, rename, rm } from "node:fs/promises";
import { draftOf } from "./drafts.ts";

/**
 * Writes a file anew: beside the old one, forced to disk, then renamed over it, so that a crash at any moment leaves
 * the old or the new content whole. Throws what the disk throws, and leaves no draft behind.
 */
export async function writeAtomically(
  file: string,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const draft = draftOf(file);
  try {
    const handle = await open(draft, "w", 0o600);
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Whether an error of the file system says that there is no such file, or no such folder on the way to it. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
