import type { Place } from "../../../src/schedule/place.ts";
import { UserError } from "../../../src/user-error.ts";

const FORMS =
  "Write discord:SERVER/CHANNEL with the ids of Discord (right-click with the developer mode on, Copy ID), slack:WORKSPACE/CHANNEL with those of Slack (T… and C…, at the end of a channel's address), or discord:CHANNEL for a direct conversation.";

const DISCORD = /^discord:(?:(\d{5,21})\/)?(\d{5,21})$/;
const SLACK = /^slack:(T[A-Z0-9]{2,})\/([CDG][A-Z0-9]{2,})$/;

/** Whether a text is the name of a place. */
export const isPlaceName = (text: string): boolean => DISCORD.test(text) || SLACK.test(text);

/** Reads the name of a place: `discord:123/456`, `slack:T1/C1`. Throws a UserError that says how they are written. */
export function readPlace(text: string): Place {
  const [, guild, discord] = DISCORD.exec(text) ?? [];
  if (discord !== undefined)
    return guild === undefined
      ? { platform: "discord", channel: discord, direct: true }
      : { platform: "discord", server: guild, channel: discord };
  const [, server, channel] = SLACK.exec(text) ?? [];
  if (server !== undefined && channel !== undefined)
    return { platform: "slack", server, channel, ...(channel.startsWith("D") ? { direct: true } : {}) };
  throw new UserError(`“${text}” is no place. ${FORMS}`);
}

/** The name of a place, which `readPlace` reads. */
export function placeName({ platform, server, channel }: Place): string {
  return `${platform}:${server === undefined ? "" : `${server}/`}${channel}`;
}
