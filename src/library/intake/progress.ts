import type { Hash } from "node:crypto";
import type { Problem } from "../../corpus/problem.ts";
import { renderProblem } from "../../corpus/problem.ts";
import type { Log } from "../../log.ts";
import type { KnownSources } from "../record/source-label.ts";
import { createSourceLabel } from "../record/source-label.ts";
import type { RemovedPapers } from "../record/removed.ts";
import { eachStoredByte, storedStamp } from "../record/stored-file.ts";
import type { StoredExtent } from "../record/stored-file.ts";

/** How far an index was when it was opened. */
export interface ProgressParts {
  /** Over every byte that the index was made from; where it is absent, it is made of these bytes when something follows. */
  readonly hash?: Hash;
  /** What that comes to, where it is absent. */
  readonly sha256?: string;
  /** The folder of the stored papers. */
  readonly state: string;
  /** Those of which the index knows that they were removed. */
  readonly removed: RemovedPapers;
  /** The same before anything stored was read. */
  readonly startHash: () => Hash;
  /** Bytes of the stored papers that the index knows. */
  readonly seen: number;
  /** The file that these are of; absent where there are none. */
  readonly extent?: StoredExtent;
  /** What could not be read of that, as it was told. */
  readonly problems: readonly string[];
  /** Whether the index is saved as it is. */
  readonly saved: boolean;
  readonly log: Log;
}

/** How far an index has come in the stored papers. */
export interface Progress {
  readonly seen: () => number;
  /** These bytes follow, and the index has what they say. */
  readonly note: (bytes: Buffer) => Promise<void>;
  readonly tell: (problems: readonly Problem[]) => void;
  /** Whether this file begins with what was read. One of another number or name was put in the place of the one that was read. */
  readonly continues: (extent: StoredExtent) => boolean;
  /** Whether a compacted file says just what was read of the one before it. */
  readonly isAt: (compacted: { readonly bytes: number; readonly sha256: string }) => boolean;
  /** Another file was read: so much of it, with this hash over the pages and that. */
  readonly restart: (extent: StoredExtent, read: { readonly hash: Hash; readonly seen: number }) => void;
  /** The sum over all that was read. */
  readonly sum: () => string;
  /** Whether something has changed since the index was saved. */
  readonly isNew: () => boolean;
  /** What the saved index is to be labelled with. */
  readonly label: () => Promise<string>;
  readonly saved: () => void;
  /** Tells why the index cannot be saved, unless it was told since it was saved last. */
  readonly failed: (why: string) => void;
}

/** What the sources are now, where so many bytes are all that is stored. */
async function knownSources(
  { state, removed, startHash }: ProgressParts,
  seen: number,
): Promise<KnownSources | undefined> {
  const stored = await storedStamp(state);
  if (stored?.bytes !== seen) return undefined;
  const pages = startHash().digest("hex");
  return { pages, stored: stored.stamp, format: removed.format(), removed: removed.all() };
}

/** The progress of an index that was opened. */
export function createProgress(parts: ProgressParts): Progress {
  const { hash: begun, extent, seen: start, problems, saved, log, sha256 = "", state, startHash } = parts;
  const told = [...problems];
  let hash = begun;
  const ready = async (): Promise<Hash> => {
    if (hash !== undefined) return hash;
    const made = startHash();
    await eachStoredByte(state, seen, (bytes) => made.update(bytes));
    return (hash = made);
  };
  const sum = (): string => hash?.copy().digest("hex") ?? sha256;
  let seen = start;
  let isSaved = saved;
  let isTold = false;
  let known = extent;
  return {
    seen: () => seen,
    async note(bytes) {
      if (bytes.length === 0) return;
      (await ready()).update(bytes);
      seen += bytes.length;
      isSaved = false;
    },
    tell(more) {
      const lines = more.map(renderProblem);
      for (const line of lines) log.warn(line);
      told.push(...lines);
    },
    continues(now) {
      const isSame =
        known?.file === undefined || (known.file === now.file && known.generation === now.generation);
      const continues = seen === 0 || (now.bytes >= seen && isSame);
      if (continues || now.generation === undefined) known = now;
      return continues;
    },
    isAt: ({ bytes, sha256: other }) => bytes === seen && other === sum(),
    restart(now, read) {
      ({ hash, seen } = read);
      known = now;
      isSaved = false;
    },
    sum,
    isNew: () => !isSaved,
    async label() {
      const unchanged = await knownSources(parts, seen);
      return createSourceLabel({ bytes: seen, hash: await ready(), problems: told, known: unchanged });
    },
    saved() {
      isSaved = true;
      isTold = false;
    },
    failed(why) {
      if (!isTold) log.warn(why);
      isTold = true;
    },
  };
}
