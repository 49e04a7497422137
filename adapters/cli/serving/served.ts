import type { ServedPlatforms } from "../../../src/health/platforms.ts";
import type { Platform } from "../../platform/platform.ts";

/** Platforms that commands look at, which are made after the commands. */
export interface Served extends ServedPlatforms {
  /** Tells which are served. */
  readonly take: (platforms: readonly Platform[]) => void;
}

/** None is served yet. */
export function createServed(): Served {
  let platforms: readonly Platform[] = [];
  const find = (name: string): Platform | undefined => platforms.find((one) => one.name === name);
  return {
    take: (all) => void (platforms = all),
    connected: (name) => find(name)?.connected(),
    inspect: (place) =>
      find(place.platform)?.inspect(place) ?? Promise.reject(new Error(`${place.platform} is not served`)),
  };
}
