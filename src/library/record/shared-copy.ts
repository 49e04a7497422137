import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, stat, truncate } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { isMissing, writeAtomically } from "../../files/atomic-file.ts";
import { readPieces } from "../../files/read-pieces.ts";
import type { SharedExtent, SharedRecord } from "../../store/kept/record.ts";
import { UserError } from "../../user-error.ts";
import { RECORD_FORMAT } from "./record-format.ts";
import { extentOf, lastLineEnd, openStored, storedFile } from "./stored-file.ts";
import type { StoredLine } from "./stored-line.ts";
import { renderStored } from "./stored-line.ts";

/** Beside the stored papers: of which shared record they are a copy. */
const MARK = "papers.copy-of";

/** Read at once. */
const PIECE_BYTES = 1024 * 1024;

/** The copy of a shared record in a state folder. */
export interface SharedCopy {
  /** Brings the copy up to the record. Call it under the lock of the stored papers. */
  readonly pull: () => Promise<void>;
  /** Adds lines to the record and the copy, and gives what follows there; undefined where others were first, and nothing is added. */
  readonly push: (lines: readonly StoredLine[]) => Promise<Buffer | undefined>;
  /** Puts the copy, which was written anew, in the place of the record; false where others were first. */
  readonly pushAnew: () => Promise<boolean>;
}

/** Where that is noted. */
export const markFile = (state: string): string => path.join(state, MARK);

/** Of which record the stored papers of a folder are a copy; undefined for papers of a machine alone. */
export const markOf = (state: string): Promise<string | undefined> =>
  readFile(markFile(state), "utf8").then(
    (text) => text.trim(),
    (error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    },
  );

/** Marks the stored papers of a folder as a copy of a shared record. */
export async function markCopy(state: string, id: string): Promise<void> {
  await mkdir(state, { recursive: true, mode: 0o700 });
  await writeAtomically(markFile(state), async (handle) => {
    await handle.writeFile(`${id}\n`);
  });
}

/** What a copy is; nothing where there is none. */
export async function localExtent(state: string): Promise<{ bytes: number; generation?: string }> {
  const handle = await openStored(state);
  try {
    if (handle === undefined) return { bytes: 0 };
    const { generation } = await extentOf(handle);
    const bytes = await lastLineEnd(handle);
    return generation === undefined ? { bytes } : { bytes, generation };
  } finally {
    await handle?.close();
  }
}

/** Refuses papers that are no copy of the record, which must not be lost and must not be added to. */
async function requireCopy(state: string, shared: SharedRecord): Promise<void> {
  const [id, mark] = [await shared.id(), await markOf(state)];
  if (mark === id) return;
  const file = storedFile(state);
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  const isBeginning =
    size > 0 && (await localExtent(state)).generation === ((await shared.extent())?.generation ?? "");
  if (size > 0 && !isBeginning)
    throw new UserError(
      `The papers in ${file} are ${mark === undefined ? "of this machine alone" : "a copy of another database's"}, and PAPERBOY_DATABASE_URL names a database that machines share. Give them to it with “paperboy migrate --to-postgres” where it has none, or move the file away to use those of the database.`,
    );
  await markCopy(state, id);
}

/** Adds what follows to the copy. A last line that a crash left unfinished is cut off first. */
async function addFollowing(state: string, shared: SharedRecord, from: SharedExtent): Promise<void> {
  const file = storedFile(state);
  const handle = await open(file, "a", 0o600);
  try {
    if ((await handle.stat()).size > from.bytes) await truncate(file, from.bytes);
    for await (const piece of shared.after(from)) await handle.appendFile(piece);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function pull(state: string, shared: SharedRecord): Promise<void> {
  await requireCopy(state, shared);
  const there = await shared.extent();
  if (there === undefined) return;
  const here = await localExtent(state);
  const { generation } = there;
  if (here.generation === generation && here.bytes <= there.bytes) {
    if (here.bytes < there.bytes) await addFollowing(state, shared, { generation, bytes: here.bytes });
    return;
  }
  // It was written anew, or put back as it was at an earlier time.
  await writeAtomically(storedFile(state), async (handle) => {
    for await (const piece of shared.after({ generation, bytes: 0 })) await handle.appendFile(piece);
  });
}

/** Whole lines of the stored papers, in pieces. */
export async function* linesOf(state: string): AsyncGenerator<Buffer> {
  const handle = await openStored(state);
  if (handle === undefined) return;
  try {
    const end = await lastLineEnd(handle);
    let rest: Buffer = Buffer.alloc(0);
    for await (const piece of readPieces(handle, { start: 0, end }, PIECE_BYTES)) {
      const all = Buffer.concat([rest, piece]);
      const whole = all.lastIndexOf("\n") + 1;
      rest = Buffer.from(all.subarray(whole));
      if (whole > 0) yield Buffer.from(all.subarray(0, whole));
    }
  } finally {
    await handle.close();
  }
}

/** Begins the record, under a name of its own. */
async function pushFirst(
  state: string,
  shared: SharedRecord,
  lines: readonly StoredLine[],
): Promise<Buffer | undefined> {
  const generation = randomUUID();
  const named: StoredLine = { kind: "format", format: RECORD_FORMAT, generation };
  const first = Buffer.from([named, ...lines].map(renderStored).join(""));
  if (!(await shared.replace(undefined, generation, () => Readable.from([first])))) return undefined;
  await pull(state, shared);
  return first;
}

/** Opens the copy of a shared record in a state folder. */
export function createSharedCopy(state: string, shared: SharedRecord): SharedCopy {
  return {
    pull: () => pull(state, shared),
    async push(lines) {
      const { bytes, generation } = await localExtent(state);
      if (generation === undefined) return pushFirst(state, shared, lines);
      const added = Buffer.from(lines.map(renderStored).join(""));
      if (added.length > 0 && !(await shared.append({ generation, bytes }, added))) return undefined;
      await pull(state, shared);
      return added;
    },
    async pushAnew() {
      const { generation } = await localExtent(state);
      return (
        generation !== undefined && shared.replace(await shared.extent(), generation, () => linesOf(state))
      );
    },
  };
}
