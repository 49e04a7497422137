import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { withFileLock } from "../../files/file-lock.ts";
import type { SharedRecord } from "../../store/kept/record.ts";
import { UserError } from "../../user-error.ts";
import { RECORD_FORMAT } from "./record-format.ts";
import { createSharedCopy, linesOf, localExtent, markCopy, markFile, markOf } from "./shared-copy.ts";
import { storedFile } from "./stored-file.ts";
import { renderStored } from "./stored-line.ts";

/** The name of papers that have none yet: the same for the same bytes, so that it is known whether they were given already. */
async function nameOf(state: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of linesOf(state)) hash.update(piece);
  return hash.digest("hex").slice(0, 32);
}

/**
 * Gives the papers of a state folder to a record that has none, or to one that is to be replaced, and makes them a copy of it;
 * how many bytes those are. May be killed and done again. Throws a UserError where the record has others.
 */
export const giveStored = (state: string, shared: SharedRecord, replace: boolean): Promise<number> =>
  withFileLock(storedFile(state), async () => {
    const id = await shared.id();
    const copy = createSharedCopy(state, shared);
    const { bytes, generation: named } = await localExtent(state);
    if (bytes === 0) return 0;
    const generation = named ?? (await nameOf(state));
    const first = Buffer.from(renderStored({ kind: "format", format: RECORD_FORMAT, generation }));
    const there = await shared.extent();
    if ((await markOf(state)) !== id && there?.generation !== generation) {
      if (there !== undefined && !replace)
        throw new UserError(
          `The database has papers already, ${there.bytes} bytes. Nothing was changed. Name an empty database, or say --replace to remove what is there.`,
        );
      const pieces = async function* (): AsyncGenerator<Buffer> {
        if (named === undefined) yield first;
        yield* linesOf(state);
      };
      if (!(await shared.replace(there, generation, pieces)))
        throw new UserError("Somebody else changed the papers of the database meanwhile. Try again.");
    }
    await markCopy(state, id);
    await copy.pull();
    return (await localExtent(state)).bytes;
  });

/** Brings the copy up to the record a last time, and makes it the papers of this machine alone; how many bytes those are. */
export const keepStored = (state: string, shared: SharedRecord, replace: boolean): Promise<number> =>
  withFileLock(storedFile(state), async () => {
    if (replace) await markCopy(state, await shared.id());
    await createSharedCopy(state, shared).pull();
    await rm(markFile(state), { force: true });
    return (await localExtent(state)).bytes;
  });
