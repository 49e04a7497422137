import { stat } from "node:fs/promises";
import type { Encoding } from "../search/embedded/meaning/model-vectors.ts";
import type { IndexCounts, PaperIndex } from "../search/paper-index.ts";
import { storedFile } from "./record/stored-file.ts";

/** What a library knows of itself. */
export interface LibraryFacts extends IndexCounts {
  /** How far a sentence encoder has read the papers; absent where none is installed. */
  readonly encoding?: Encoding;
  /** The engine of its own that searches them; absent where this process does. */
  readonly engine?: string;
  /** When papers were last taken in; absent for a library of the bundled pages alone. */
  readonly updatedAt?: Date;
}

/** What a library knows of itself: counted when it is asked for, and kept until a paper changes. */
export function createFacts(
  index: PaperIndex,
  { state }: { readonly state: string },
): () => Promise<LibraryFacts> {
  let known: { readonly version: number; readonly counts: Promise<IndexCounts> } | undefined;
  const counted = (): Promise<IndexCounts> => {
    const version = index.version();
    if (known?.version === version) return known.counts;
    const counts = index.counts();
    known = { version, counts };
    counts.catch(() => (known = undefined));
    return counts;
  };
  return async () => {
    const counts = await counted();
    const stored = await stat(storedFile(state)).catch(() => undefined);
    return { ...counts, ...(stored === undefined ? {} : { updatedAt: stored.mtime }) };
  };
}
