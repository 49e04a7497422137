import type { BaseInteraction, Message } from "discord.js";
import { InteractionContextType, PermissionFlagsBits } from "discord.js";
import type { Authority, Caller } from "../../src/bot/command.ts";

const WHO = "members who may manage the channel (the permission Manage Channels)";

const authorityOf = (may: boolean): Authority => (may ? { kind: "may" } : { kind: "may-not", who: WHO });

/**
 * Who uses a command, button or menu, and where. No place where the bot cannot
 * post: in servers that it is no member of, and in what people write to each other.
 */
export function callerOf(interaction: BaseInteraction): Caller {
  const { user, channelId, guildId } = interaction;
  const caller: Caller = { platform: "discord", user: user.id };
  if (channelId === null || interaction.context === InteractionContextType.PrivateChannel) return caller;
  if (guildId === null)
    return { ...caller, place: { platform: "discord", channel: channelId, direct: true } };
  if (!interaction.inCachedGuild()) return caller;
  const may = interaction.memberPermissions.has(PermissionFlagsBits.ManageChannels);
  return {
    ...caller,
    place: { platform: "discord", server: guildId, channel: channelId },
    authority: () => Promise.resolve(authorityOf(may)),
  };
}

/** Who wrote a message, and where. */
export function writerOf(message: Message): Caller {
  const { author, channelId, guildId } = message;
  const caller: Caller = { platform: "discord", user: author.id };
  if (guildId === null)
    return { ...caller, place: { platform: "discord", channel: channelId, direct: true } };
  if (!message.inGuild()) return caller;
  const permissions = message.member?.permissionsIn(message.channel);
  const may = permissions?.has(PermissionFlagsBits.ManageChannels) ?? false;
  return {
    ...caller,
    place: { platform: "discord", server: guildId, channel: channelId },
    authority: () => Promise.resolve(authorityOf(may)),
  };
}
