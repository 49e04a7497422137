import { PermissionFlagsBits, type PermissionsString } from "discord.js";
import type { Channel, User } from "./world.ts";

/** The bit set of some permissions by discord.js's names. */
export function permissionBits(names: readonly PermissionsString[]): bigint {
  return names.reduce((set, name) => set | PermissionFlagsBits[name], 0n);
}

/** What @everyone may do in a guild: the usual of a new server, without mentioning everyone. */
export const EVERYONE_PERMISSIONS = permissionBits([
  "ViewChannel",
  "SendMessages",
  "SendMessagesInThreads",
  "CreatePublicThreads",
  "EmbedLinks",
  "AttachFiles",
  "AddReactions",
  "ReadMessageHistory",
  "UseApplicationCommands",
]);

/** What everyone may do in a direct message. */
export const DM_PERMISSIONS = EVERYONE_PERMISSIONS & ~permissionBits(["CreatePublicThreads"]);

/** What the bot may do in a channel, as a bit set; a thread has what its parent has. */
export function botPermissionsIn(channel: Channel): bigint {
  return (channel.parent ?? channel).botPermissions;
}

/** Whether the bot may do all of this in a channel; administrators may do everything. */
export function botMay(channel: Channel, ...names: PermissionsString[]): boolean {
  return holds(botPermissionsIn(channel), permissionBits(names));
}

/** Whether the bot is where a channel is and may look into it, so that events and requests there concern it. */
export function botSees(channel: Channel): boolean {
  if (channel.guild === undefined) return channel.kind === "dm";
  return channel.guild.botMember && botMay(channel, "ViewChannel");
}

/** Whether a person may do all of this in a guild. */
export function userMay(user: User, needed: bigint): boolean {
  return holds(user.permissions, needed);
}

function holds(set: bigint, needed: bigint): boolean {
  return (set & PermissionFlagsBits.Administrator) !== 0n || (set & needed) === needed;
}
