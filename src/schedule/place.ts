import type { Deed } from "../store/kept/audit.ts";

/** Where a message goes. */
export interface Place {
  readonly platform: string;
  /** The server or workspace, where the platform has them. */
  readonly server?: string;
  readonly channel: string;
  /** A direct conversation of one person with the bot. */
  readonly direct?: true;
}

/** One text for one place, for keys and hashes. */
export function placeKey({ platform, server = "", channel }: Place): string {
  return JSON.stringify([platform, server, channel]);
}

/** The platform of a place, by its key. */
export function platformIn(key: string): string {
  const [platform] = JSON.parse(key) as [string];
  return platform;
}

/** What somebody did to what is sent to a place. */
export function deedIn(place: Place, deed: Pick<Deed, "by" | "action" | "subject" | "detail">): Deed {
  const { platform, server, channel, direct } = place;
  return {
    platform,
    channel,
    ...(server === undefined ? {} : { server }),
    ...(direct === undefined ? {} : { direct }),
    ...deed,
  };
}
