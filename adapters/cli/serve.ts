import type { Log } from "../../src/log.ts";
import { waitAtMost } from "../platform/patience.ts";
import type { Platform } from "../platform/platform.ts";

/** How long the end may take, in milliseconds: what has not ended then is left for the next start. */
const ENDING = 4000;
/** After that a request that a platform never answers would keep the process alive; it is left behind. */
const LEAVING = 700;

/** Resolves when the operator asks the program to end: Ctrl-C, or a signal of whatever runs it. */
function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

/** Ends what is under way, and says what could not be ended in time. */
async function end(
  platforms: readonly Platform[],
  ending: () => Promise<void>,
  log: Pick<Log, "warn">,
): Promise<void> {
  const left = new Set(["digests", ...platforms.map(({ name }) => name)]);
  const all = async (): Promise<void> => {
    await ending();
    left.delete("digests");
    await Promise.all(platforms.map((platform) => platform.stop().then(() => left.delete(platform.name))));
  };
  await waitAtMost(all(), ENDING);
  if (left.size > 0)
    log.warn(
      `Ended after ${ENDING / 1000} s without waiting for ${[...left].join(", ")}; the next start goes on there`,
    );
  // Does not keep the process alive by itself.
  setTimeout(() => process.exit(), LEAVING).unref();
}

/** Runs platforms until the operator ends the program or one cannot go on; rejects with the reason then. */
export async function serve(
  platforms: readonly Platform[],
  ending: () => Promise<void>,
  log: Pick<Log, "warn">,
): Promise<void> {
  const asked = askedToEnd();
  const failures = platforms.map(({ failed }) => failed);
  try {
    await Promise.race([
      asked,
      ...failures,
      Promise.all(platforms.map((platform) => platform.start())).then(() => asked),
    ]);
  } finally {
    await end(platforms, ending, log);
  }
}
