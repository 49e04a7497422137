import type { BaseInteraction, Message, PermissionsBitField, User } from "discord.js";
import { DiscordAPIError, InteractionContextType, PermissionFlagsBits, RESTJSONErrorCodes } from "discord.js";
import type { Authority, Caller } from "../../src/bot/command.ts";

const WHO = "members who may manage the channel (the permission Manage Channels)";

const MANAGERS = "members who may manage the server (the permission Manage Server)";

const authorityOf = (may: boolean, who: string): Authority =>
  may ? { kind: "may" } : { kind: "may-not", who };

/** What somebody with some permissions in a channel may change there, and see of its server. */
function rightsOf(
  permissions: Readonly<PermissionsBitField> | null | undefined,
): Pick<Caller, "authority" | "oversight"> {
  const may = (permission: bigint): boolean => permissions?.has(permission) ?? false;
  return {
    authority: () => Promise.resolve(authorityOf(may(PermissionFlagsBits.ManageChannels), WHO)),
    oversight: () => Promise.resolve(authorityOf(may(PermissionFlagsBits.ManageGuild), MANAGERS)),
  };
}

/** Writes to somebody; undefined where that person's direct messages are closed to the bot (topics/opcodes-and-status-codes). */
const writeTo =
  (user: User): NonNullable<Caller["writePrivately"]> =>
  async (text) => {
    try {
      const { channelId } = await user.send({ content: text, allowedMentions: { parse: [] } });
      return { platform: "discord", channel: channelId, direct: true };
    } catch (error) {
      const isClosed =
        error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.CannotSendMessagesToThisUser;
      if (isClosed) return undefined;
      throw error;
    }
  };

/**
 * Who uses a command, button or menu, and where. No place where the bot cannot
 * post: in servers that it is no member of, and in what people write to each other.
 */
export function callerOf(interaction: BaseInteraction): Caller {
  const { user, channelId, guildId } = interaction;
  const caller: Caller = { platform: "discord", user: user.id, writePrivately: writeTo(user) };
  if (channelId === null || interaction.context === InteractionContextType.PrivateChannel) return caller;
  if (guildId === null)
    return { ...caller, place: { platform: "discord", channel: channelId, direct: true } };
  if (!interaction.inCachedGuild()) return caller;
  return {
    ...caller,
    place: { platform: "discord", server: guildId, channel: channelId },
    ...rightsOf(interaction.memberPermissions),
  };
}

/** Who wrote a message, and where. */
export function writerOf(message: Message): Caller {
  const { author, channelId, guildId } = message;
  const caller: Caller = { platform: "discord", user: author.id, writePrivately: writeTo(author) };
  if (guildId === null)
    return { ...caller, place: { platform: "discord", channel: channelId, direct: true } };
  if (!message.inGuild()) return caller;
  return {
    ...caller,
    place: { platform: "discord", server: guildId, channel: channelId },
    ...rightsOf(message.member?.permissionsIn(message.channel)),
    overheard: true,
  };
}
