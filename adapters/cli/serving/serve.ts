import type { Log } from "../../../src/log.ts";
import { waitAtMost } from "../../platform/patience.ts";
import type { Platform } from "../../platform/platform.ts";
import { aborted } from "./stops.ts";

/** How long the end may take, in milliseconds: what has not ended then is left for the next start. */
const ENDING = 4000;

/** What is served: platforms, and what has no places for digests. */
export type Service = Pick<Platform, "name" | "start" | "failed" | "stop">;

/** What ends with the platforms, and the operator's wish that all end. */
export interface Ending {
  /** Ends the sending of digests, which needs the platforms. */
  readonly digests: () => Promise<void>;
  readonly asked: AbortSignal;
  readonly log: Pick<Log, "info" | "warn">;
}

/** Ends what is under way, and says what could not be ended in time. */
async function end(platforms: readonly Service[], { digests, log }: Ending): Promise<void> {
  const left = new Set(["digests", ...platforms.map(({ name }) => name)]);
  const all = async (): Promise<void> => {
    await digests();
    left.delete("digests");
    await Promise.all(platforms.map((platform) => platform.stop().then(() => left.delete(platform.name))));
  };
  await waitAtMost(all(), ENDING);
  if (left.size > 0)
    log.warn(
      `Ended after ${ENDING / 1000} s without waiting for ${[...left].join(", ")}; the next start goes on there`,
    );
}

/** Runs platforms until the operator ends the program or one cannot go on; rejects with the reason then. */
export async function serve(platforms: readonly Service[], ending: Ending): Promise<void> {
  const asked = aborted(ending.asked);
  const starting = new Set(platforms.map(({ name }) => name));
  const start = (platform: Service): Promise<unknown> =>
    platform.start().then(() => !ending.asked.aborted && starting.delete(platform.name));
  try {
    if (ending.asked.aborted) return;
    await Promise.race([
      asked,
      ...platforms.map(({ failed }) => failed),
      Promise.all(platforms.map(start)).then(() => asked),
    ]);
  } finally {
    if (ending.asked.aborted && starting.size > 0)
      ending.log.info(`Ended before the start was over of ${[...starting].join(", ")}`);
    await end(platforms, ending);
  }
}
