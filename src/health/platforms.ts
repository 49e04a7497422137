import type { Place } from "../schedule/place.ts";
import type { Finding } from "./finding.ts";

/** The platforms that are served, as far as they are looked at. */
export interface ServedPlatforms {
  /** Whether the connection of a platform stands; undefined for one that is not served, such as the terminal. */
  readonly connected: (platform: string) => boolean | undefined;
  /** Whether a digest can be posted in a place of a platform that is served. Rejects where that cannot be found out. */
  readonly inspect: (place: Place) => Promise<Finding>;
}

/** No platform is served: commands are run at a terminal. */
export const noPlatforms: ServedPlatforms = {
  connected: () => undefined,
  inspect: ({ platform }) => Promise.reject(new Error(`${platform} is not served`)),
};
