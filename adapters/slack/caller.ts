import { webApi } from "@slack/bolt";
import type { Authority, Caller } from "../../src/bot/command.ts";
import { escapeSlack } from "./drawing/escape.ts";

/** Somebody in Slack, where that person is, and a client for asking what the person may do. */
export interface Whereabouts {
  readonly user: string;
  readonly team: string | undefined;
  readonly channel: string | undefined;
  readonly client: webApi.WebClient;
}

const WHO = "workspace admins and the person who created the channel";

const isSlackError = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof webApi.WebAPIPlatformError && codes.includes(error.data.error);

const UNSEEN: Authority = {
  kind: "cannot",
  why: "I do not see this conversation, so I cannot post in it. In a private channel type /invite @Paperboy first.",
};

/** Whether somebody is an admin or owner of the workspace. */
async function isAdmin(client: webApi.WebClient, user: string): Promise<boolean> {
  const { user: person } = await client.users.info({ user });
  return person?.is_admin === true || person?.is_owner === true;
}

/** Whether somebody may see what was changed in the workspace. */
async function oversightOf(client: webApi.WebClient, user: string): Promise<Authority> {
  return (await isAdmin(client, user))
    ? { kind: "may" }
    : { kind: "may-not", who: "admins and owners of the workspace" };
}

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
    // Conversations of several people are of a kind that the app has no scope for.
    if (isSlackError(error, "channel_not_found", "missing_scope")) return UNSEEN;
    throw error;
  }
  return (await isAdmin(client, user)) ? { kind: "may" } : { kind: "may-not", who: WHO };
}

/** Whether a direct conversation is one with the bot: between two people it cannot post. */
async function authorityInDirect(client: webApi.WebClient, channel: string): Promise<Authority> {
  try {
    await client.conversations.history({ channel, limit: 1 });
    return { kind: "may" };
  } catch (error) {
    if (!isSlackError(error, "channel_not_found", "not_in_channel", "missing_scope")) throw error;
    return {
      kind: "cannot",
      why: "I am not part of this conversation. Write to me directly, under Apps, to set up a digest of your own.",
    };
  }
}

/** What Slack says where the app cannot write to a person (reference/methods/chat.postMessage). */
const CLOSED = [
  "channel_not_found",
  "user_not_found",
  "messages_tab_disabled",
  "cannot_dm_bot",
  "restricted_action",
];

/** Writes to somebody; the answer names the conversation, so that no scope is needed to open it. */
const writeTo =
  ({ user, team, client }: Whereabouts): NonNullable<Caller["writePrivately"]> =>
  async (text) => {
    try {
      const { channel } = await client.chat.postMessage({ channel: user, text: escapeSlack(text) });
      if (channel === undefined) return undefined;
      return { platform: "slack", ...(team === undefined ? {} : { server: team }), channel, direct: true };
    } catch (error) {
      if (isSlackError(error, ...CLOSED)) return undefined;
      throw error;
    }
  };

/** Who calls, and where. In a direct conversation with the bot everybody may change what comes there. */
export function callerAt(there: Whereabouts): Caller {
  const { user, team, channel, client } = there;
  // Slack’s ids of people are those of a workspace. Who answers with a file takes `withoutFiles` away.
  const caller: Caller = {
    platform: "slack",
    user,
    withoutFiles: true,
    writePrivately: writeTo(there),
    ...(team === undefined ? {} : { workspace: team }),
  };
  if (channel === undefined || team === undefined) return caller;
  const place = { platform: "slack", server: team, channel };
  if (channel.startsWith("D")) {
    const authority = (): Promise<Authority> => authorityInDirect(client, channel);
    return { ...caller, place: { ...place, direct: true }, authority };
  }
  return {
    ...caller,
    place,
    authority: () => authorityIn(client, user, channel),
    oversight: () => oversightOf(client, user),
  };
}
