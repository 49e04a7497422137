import { webApi } from "@slack/bolt";
import type { Authority, Caller } from "../../src/bot/command.ts";

/** Somebody in Slack, where that person is, and a client for asking what the person may do. */
export interface Whereabouts {
  readonly user: string;
  readonly team: string | undefined;
  readonly channel: string | undefined;
  readonly client: webApi.WebClient;
}

const WHO = "workspace admins and the person who created the channel";

/** Whether somebody may change a channel's digests: admins and owners of the workspace, and who created the channel. */
async function authorityIn(client: webApi.WebClient, user: string, channel: string): Promise<Authority> {
  try {
    const { channel: info } = await client.conversations.info({ channel });
    if (info?.is_member === false) {
      return {
        kind: "cannot",
        why: "I am not in this channel. Type /invite @Paperboy first, then try again.",
      };
    }
    if (info?.creator === user) return { kind: "may" };
  } catch (error) {
    if (!(error instanceof webApi.WebAPIPlatformError) || error.data.error !== "channel_not_found")
      throw error;
    return {
      kind: "cannot",
      why: "I do not see this conversation, so I cannot post in it. In a private channel type /invite @Paperboy first.",
    };
  }
  const { user: person } = await client.users.info({ user });
  const isAdmin = person?.is_admin === true || person?.is_owner === true;
  return isAdmin ? { kind: "may" } : { kind: "may-not", who: WHO };
}

/** Who calls, and where. In a direct conversation everybody may change what comes there. */
export function callerAt({ user, team, channel, client }: Whereabouts): Caller {
  const caller: Caller = { platform: "slack", user };
  if (channel === undefined || team === undefined) return caller;
  const place = { platform: "slack", server: team, channel };
  if (channel.startsWith("D")) return { ...caller, place };
  return { ...caller, place, authority: () => authorityIn(client, user, channel) };
}
