import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import { isMissing } from "../../../src/files/atomic-file.ts";
import type { GrowingLibrary } from "../../../src/library/library.ts";
import { storedFile } from "../../../src/library/record/stored-file.ts";
import type { Log } from "../../../src/log.ts";
import { createTroubles } from "../../../src/troubles.ts";
import { HOUR_MS, MINUTE_MS, startRhythm } from "../serving/schedule.ts";

/** What compacting by itself works with. */
interface CompactingParts {
  readonly library: Pick<GrowingLibrary, "index">;
  readonly state: string;
  /** The settings of the program that is started for it. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
}

/** Once a day, between the digests. */
const LOOK = { every: 24 * HOUR_MS, after: 35 * MINUTE_MS };

const LINE_END = 10;

/** Less is read in a tenth of a second, and not worth the work. */
const LEAST_BYTES = 10_000_000;

/** Whether so much may be superseded that it is worth looking: more than two lines for each paper, in a file of some length. */
async function isWorth(state: string, papers: number): Promise<boolean> {
  const file = storedFile(state);
  const size = await stat(file).then(
    (found) => found.size,
    (error: unknown) => {
      if (isMissing(error)) return 0;
      throw error;
    },
  );
  if (size < LEAST_BYTES) return false;
  let lines = 0;
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>)
    for (let at = piece.indexOf(LINE_END); at >= 0; at = piece.indexOf(LINE_END, at + 1)) lines++;
  return lines > 2 * papers;
}

/** Runs `compact --if-half` as a program of its own, which gives its memory back when it ends; resolves with what it said. */
function runApart(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = [process.argv[1] ?? "", "compact", "--if-half"];
    const child = execFile(process.execPath, args, { env, signal }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  });
}

/**
 * Compacts the stored papers each day where more than half of their bytes are superseded. What this gives ends it.
 */
export function startCompacting({ library, state, env, log }: CompactingParts): () => Promise<void> {
  const troubles = createTroubles();
  const ending = new AbortController();
  const look = async (): Promise<void> => {
    try {
      if (!(await isWorth(state, await library.index.size()))) return;
      const said = await runApart(env, ending.signal);
      troubles.ends("compacting", () => log.info("papers.jsonl can be compacted again"));
      log.info(said.trim());
    } catch (error) {
      if (ending.signal.aborted) return;
      troubles.begins("compacting", () =>
        log.warn(
          "papers.jsonl could not be compacted; it is tried again each day. “paperboy compact” says why",
          { error },
        ),
      );
    }
  };
  const stop = startRhythm(LOOK, look);
  return async () => {
    ending.abort();
    await stop();
  };
}
