import { randomBytes } from "node:crypto";
import { access, constants } from "node:fs/promises";
import path from "node:path";
import type { Reading } from "../../../src/reading/reading.ts";
import { createReading } from "../../../src/reading/reading.ts";
import type { Library } from "../../../src/library/library.ts";
import type { Log } from "../../../src/log.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Settings } from "../settings/settings.ts";
import { now } from "../surroundings.ts";

/** What reading lists are opened with. `reads` says that `store` may be a copy, in which nothing is kept. */
interface ReadingSettings {
  readonly settings: Settings;
  readonly reads: boolean;
  readonly index: Library["index"];
  readonly log: Log;
  readonly store: () => Promise<Store>;
}

/** Whether a folder, or the nearest one above it that is there, may be written. */
async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return true;
  } catch (error) {
    const above = path.dirname(folder);
    return (error as NodeJS.ErrnoException).code === "ENOENT" && above !== folder && isWritable(above);
  }
}

/**
 * Opens reading lists. A chat and a single command only read the rest of the database, so that what people save there is
 * kept over a connection of its own; where the state folder may only be read nothing can be kept, and that is said.
 */
export async function openReading({
  settings: { library, keys, database },
  reads,
  index,
  log,
  store,
}: ReadingSettings): Promise<{ readonly reading: Reading; readonly close: () => Promise<void> }> {
  const parts = { index, now, newId: () => randomBytes(9).toString("base64url") };
  // A database on a server is never a copy.
  if (!reads || database !== undefined)
    return { reading: createReading({ ...parts, store: await store() }), close: async () => {} };
  if (!(await isWritable(library.state)))
    return {
      reading: createReading({ ...parts, store: await store(), readOnly: true }),
      close: async () => {},
    };
  const { openStore } = await import("./open-store.ts");
  const own = await openStore({ library, keys }, false, log);
  return { reading: createReading({ ...parts, store: own }), close: own.close };
}
