import type { GrowingLibrary } from "../../../src/library/library.ts";
import type { Log } from "../../../src/log.ts";
import { MINUTE_MS, startRhythm } from "../serving/schedule.ts";

type Encoded = Pick<GrowingLibrary, "encoding" | "encode">;

/** Fewer papers are read without a word: those that came in since. */
const WORTH_TELLING = 100;

const left = (library: Encoded): number => {
  const encoding = library.encoding();
  return encoding === undefined ? 0 : encoding.papers - encoding.encoded;
};

/** Has the encoder read what it has not, and says so where that takes a while. */
async function encodeOnce(library: Encoded, log: Log, stop: AbortSignal): Promise<void> {
  const started = performance.now();
  let said = 0;
  const tell = (): void => {
    const encoding = library.encoding();
    if (said > 0 || encoding === undefined || left(library) < WORTH_TELLING) return;
    said = left(library);
    log.info(
      `${encoding.encoder?.name ?? "The sentence encoder"} reads ${said} papers, the newest first; until it has read nearly all of them searches go on without it`,
    );
  };
  await library.encode(stop, tell);
  if (said === 0 || stop.aborted) return;
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  log.info(
    `${library.encoding()?.encoder?.name ?? "The sentence encoder"} has read all papers, in ${minutes} minutes`,
  );
}

/**
 * Has the sentence encoder read papers while the program goes on, now and as they come; resolves with what ends that. Why
 * an encoder cannot run is told by itself, once.
 */
export function startEncoding(library: Encoded, log: Log): () => Promise<void> {
  if (library.encoding() === undefined) return () => Promise.resolve();
  const stop = new AbortController();
  let underWay: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    underWay ??= encodeOnce(library, log, stop.signal)
      .catch((error: unknown) => {
        if (library.encoding()?.problem === undefined && !stop.signal.aborted)
          log.error("The sentence encoder could not read on; it is tried again within a minute", { error });
      })
      .finally(() => (underWay = undefined));
    await underWay;
  };
  const end = startRhythm({ every: MINUTE_MS }, async () => {
    if (library.encoding()?.problem === undefined && left(library) > 0) void look();
  });
  void look();
  return async () => {
    stop.abort();
    await end();
    await underWay;
  };
}
