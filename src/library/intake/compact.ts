import { randomUUID } from "node:crypto";
import { withinLengths } from "../../corpus/long-texts.ts";
import { writeAtomically } from "../../files/atomic-file.ts";
import { readPieces } from "../../files/read-pieces.ts";
import { createTurns } from "../../turns.ts";
import { UserError } from "../../user-error.ts";
import type { RecordLine } from "../record/compaction.ts";
import { RECORD_FORMAT } from "../record/record-format.ts";
import { MARK_LENGTH, openStored, storedFile } from "../record/stored-file.ts";
import { parseStored, renderStored } from "../record/stored-line.ts";
import type { IntakeParts } from "./following.ts";
import type { Progress } from "./progress.ts";

/** What compacting did, in bytes of the stored papers. */
export interface Compaction {
  readonly before: number;
  /** The same as before where nothing was written. */
  readonly after: number;
}

/** Read at once. */
const PIECE_BYTES = 1024 * 1024;

/** A line with what it says, as the index knows it. */
function recordLine(text: string, file: string): RecordLine {
  const line = parseStored(text);
  if (line === undefined) return { text };
  if (line.kind !== "listing") return { text, line };
  const { listing } = withinLengths(line.listing, { file }, MARK_LENGTH);
  return { text, line: { kind: "listing", listing } };
}

/** The lines of the first `end` bytes of the stored papers. */
async function readLines(state: string, end: number): Promise<RecordLine[]> {
  const handle = await openStored(state);
  if (handle === undefined) return [];
  try {
    const lines: RecordLine[] = [];
    let rest: Buffer = Buffer.alloc(0);
    for await (const piece of readPieces(handle, { start: 0, end }, PIECE_BYTES)) {
      const bytes = Buffer.concat([rest, piece]);
      const whole = bytes.lastIndexOf("\n") + 1;
      for (const text of bytes.toString("utf8", 0, whole).split("\n"))
        if (text !== "") lines.push(recordLine(text, storedFile(state)));
      rest = bytes.subarray(whole);
    }
    return lines;
  } finally {
    await handle.close();
  }
}

/**
 * Writes the stored papers anew without what later lines have superseded, where that is more than the share `least` of them.
 * The index must know all that is stored, and the lock must be held. The new file has a name of its own in its first line, and
 * says in its last from what it was made, so that programs that follow go on in it. Until it is renamed over the old one, that
 * one is whole. Holds all lines in memory.
 */
export async function compactStored(
  { state, pageListings, work }: IntakeParts,
  progress: Progress,
  least: number,
): Promise<Compaction> {
  const before = progress.seen();
  const lines = await readLines(state, before);
  const { compactLines } = await import("../record/compaction.ts");
  const kept = await compactLines(await pageListings(), lines, createTurns(work));
  const texts = [
    renderStored({ kind: "format", format: RECORD_FORMAT, generation: randomUUID() }),
    ...kept.map(({ text }) => `${text}\n`),
    renderStored({ kind: "compacted", bytes: before, sha256: progress.sum() }),
  ];
  const after = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const said = lines.filter(({ line }) => line?.kind !== "format" && line?.kind !== "compacted");
  const isSame = kept.length === said.length;
  if (isSame || before - after <= least * before) return { before, after: before };
  const old = await openStored(state);
  if (old === undefined) throw new UserError(`${storedFile(state)} is gone; nothing was changed.`);
  try {
    const { atime, mtime } = await old.stat();
    await writeAtomically(storedFile(state), async (handle) => {
      for (let at = 0; at < texts.length; at += 1000)
        await handle.appendFile(texts.slice(at, at + 1000).join(""));
      // It tells when papers were last taken in.
      await handle.utimes(atime, mtime);
    });
  } finally {
    await old.close();
  }
  return { before, after };
}
