import type { Preferences } from "../store/store.ts";
import type { Place } from "./place.ts";
import { deedIn } from "./place.ts";
import { isZone } from "./slots/zones.ts";

/** The time zones that people named for their servers. */
export interface ServerZones {
  /** The time zone of a server or, in a direct conversation, of the channel; undefined until somebody names one. */
  readonly zoneOf: (place: Place) => Promise<string | undefined>;
  /** `by` is who does it, by the platform's id. */
  readonly setZone: (place: Place, zone: string, by: string) => Promise<void>;
}

const zoneKey = ({ platform, server, channel, direct }: Place): string =>
  `zone:${platform}:${direct === true ? channel : (server ?? channel)}`;

/** The zones that are kept among the preferences. */
export function createServerZones(preferences: Preferences): ServerZones {
  return {
    async zoneOf(place) {
      const zone = await preferences.get(zoneKey(place));
      return zone !== undefined && isZone(zone) ? zone : undefined;
    },
    async setZone(place, zone, by) {
      const before = await preferences.get(zoneKey(place));
      const detail = before === undefined ? zone : `${before} → ${zone}`;
      const deed = deedIn(place, { by, action: "zone", subject: "", detail });
      await preferences.set(zoneKey(place), zone, deed);
    },
  };
}
