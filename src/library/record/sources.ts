import type { Hash } from "node:crypto";
import type { RemovedPapers } from "./removed.ts";
import { createRemovedPapers } from "./removed.ts";
import type { SourceLabel } from "./source-label.ts";
import type { StoredExtent } from "./stored-file.ts";
import { eachStoredByte, extentOf, openStored, pickMarked, stampOf, storedFile } from "./stored-file.ts";
import { refuseNewer } from "./stored-line.ts";

/** What is known of the sources of a saved index that is as they are. */
export interface FoundSources {
  readonly label: SourceLabel;
  /** Over the pages and the stored papers; absent where these are as they were, so that they need not be read. */
  readonly hash?: Hash;
  /** What the hash comes to. */
  readonly sha256: string;
  readonly extent: StoredExtent;
  readonly removed: RemovedPapers;
}

/** What a saved index says of its sources, where they are as they were then; undefined where that is not known. */
async function unchangedSources(
  state: string,
  pages: Hash,
  label: SourceLabel,
): Promise<FoundSources | undefined> {
  const { known, sha256 } = label;
  if (known === undefined || known.pages !== pages.copy().digest("hex")) return undefined;
  const handle = await openStored(state);
  try {
    if (handle === undefined || (await stampOf(handle)) !== known.stored) return undefined;
    const removed = createRemovedPapers();
    const format = { kind: "format", format: known.format } as const;
    refuseNewer(format, storedFile(state));
    removed.note(format);
    for (const paper of known.removed) removed.note({ kind: "removed", paper });
    return { label, sha256, extent: await extentOf(handle), removed };
  } finally {
    await handle?.close();
  }
}

/** What a saved index was made from, read whole; undefined where it is not what there is now. */
async function readSources(
  state: string,
  pages: Hash,
  label: SourceLabel,
): Promise<FoundSources | undefined> {
  const hash = pages.copy();
  const removed = createRemovedPapers();
  const pick = pickMarked((line) => {
    refuseNewer(line, storedFile(state));
    removed.note(line);
  });
  const extent = await eachStoredByte(state, label.bytes, (bytes) => {
    hash.update(bytes);
    pick(bytes);
  });
  const { sha256 } = label;
  return sha256 === hash.copy().digest("hex") ? { label, hash, sha256, extent, removed } : undefined;
}

/**
 * What a saved index was made from, where that is what there is now, and perhaps more since; undefined where it is not. `pages`
 * is the hash over the bundled pages. The stored papers are read only where somebody has touched them since.
 */
export const findSources = async (
  state: string,
  pages: Hash,
  label: SourceLabel,
): Promise<FoundSources | undefined> =>
  (await unchangedSources(state, pages, label)) ?? readSources(state, pages, label);
