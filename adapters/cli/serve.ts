import type { Platform } from "../platform/platform.ts";

/** Resolves when the operator asks the program to end: Ctrl-C, or a signal of whatever runs it. */
function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

/** Runs platforms until the operator ends the program or one cannot go on; rejects with the reason then. */
export async function serve(platforms: readonly Platform[], ending: () => Promise<void>): Promise<void> {
  const end = askedToEnd();
  const failures = platforms.map(({ failed }) => failed);
  try {
    await Promise.race([
      end,
      ...failures,
      Promise.all(platforms.map((platform) => platform.start())).then(() => end),
    ]);
  } finally {
    await ending();
    await Promise.all(platforms.map((platform) => platform.stop()));
  }
}
