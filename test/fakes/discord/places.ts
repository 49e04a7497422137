import type { PermissionsString } from "discord.js";
import { DM_PERMISSIONS, EVERYONE_PERMISSIONS, permissionBits } from "./permissions.ts";
import { channelJson, guildJson, roleNameOf } from "./wire.ts";
import { type Channel, type Guild, type Message, type Role, type User, type World } from "./world.ts";

/** A new guild with roles for everybody known; the app hears of it where the bot is a member. */
export function addGuild(world: World, name: string, botMember: boolean): Guild {
  const guild: Guild = { id: world.newId(), name, botMember, roles: [] };
  world.guilds.set(guild.id, guild);
  for (const user of world.users.values()) addPersonalRole(world, guild, user);
  if (botMember) world.emit("GUILD_CREATE", guildJson(guild, world));
  return guild;
}

/** What a channel of a guild may be told; the bot may do there what everyone may, unless told. */
export interface ChannelSettings {
  readonly guild: Guild;
  readonly kind?: "text" | "announcement";
  readonly botPermissions?: readonly PermissionsString[];
}

/** A new channel of a guild. */
export function addChannel(world: World, name: string, settings: ChannelSettings): Channel {
  const { guild, kind = "text", botPermissions } = settings;
  const permissions = botPermissions === undefined ? EVERYONE_PERMISSIONS : permissionBits(botPermissions);
  const channel = place(world, { kind, name, guild, botPermissions: permissions });
  world.channels.set(channel.id, channel);
  if (guild.botMember) world.emit("CHANNEL_CREATE", channelJson(channel, world));
  return channel;
}

/** A new public thread on a message; it has the id of that message. */
export function addThread(
  world: World,
  message: Message,
  { name, archiveMinutes }: { name: string; archiveMinutes: number },
): Channel {
  const parent = message.channel;
  const thread = place(world, {
    id: message.id,
    kind: "thread",
    name,
    guild: parent.guild,
    parent,
    archiveMinutes,
  });
  world.channels.set(thread.id, thread);
  message.thread = thread;
  world.emit("THREAD_CREATE", { ...channelJson(thread, world), newly_created: true });
  return thread;
}

/** The direct messages between a person and the bot; made when first asked for. */
export function dmWith(world: World, user: User): Channel {
  for (const channel of world.channels.values()) {
    if (channel.kind === "dm" && channel.recipient === user) return channel;
  }
  const channel = place(world, { kind: "dm", recipient: user, botPermissions: DM_PERMISSIONS });
  world.channels.set(channel.id, channel);
  return channel;
}

/** A private channel that the bot is not in, where only apps installed to a person work. */
export function addGroupDm(world: World, name: string): Channel {
  const channel = place(world, { kind: "group-dm", name });
  world.channels.set(channel.id, channel);
  return channel;
}

/** A new role of a guild. */
export function addRole(world: World, guild: Guild, name: string, mentionable: boolean): Role {
  const role = { id: world.newId(), name, mentionable, permissions: 0n };
  guild.roles.push(role);
  return role;
}

/** Gives a person the role that carries their permissions, so that discord.js computes them as well. */
export function addPersonalRole(world: World, guild: Guild, user: User): void {
  if (user.bot) return;
  const { permissions } = user;
  guild.roles.push({ id: world.newId(), name: roleNameOf(user), mentionable: false, permissions });
}

/** Changes what the bot may do in a channel and tells the app. */
export function setBotPermissions(world: World, channel: Channel, names: readonly PermissionsString[]): void {
  channel.botPermissions = permissionBits(names);
  if (channel.guild?.botMember === true) world.emit("CHANNEL_UPDATE", channelJson(channel, world));
}

/** Takes a channel away, with its threads and messages, and tells the app. */
export function deleteChannel(world: World, channel: Channel): void {
  for (const other of world.channels.values()) if (other.parent === channel) world.channels.delete(other.id);
  for (const message of world.messages.values()) {
    if (message.channel === channel || message.channel.parent === channel) world.messages.delete(message.id);
  }
  world.channels.delete(channel.id);
  const event = channel.kind === "thread" ? "THREAD_DELETE" : "CHANNEL_DELETE";
  if (channel.guild?.botMember === true) world.emit(event, channelJson(channel, world));
}

/** Takes the bot out of a guild and tells the app. */
export function kickBot(world: World, guild: Guild): void {
  guild.botMember = false;
  world.emit("GUILD_DELETE", { id: guild.id, unavailable: false });
}

function place(world: World, parts: Partial<Channel> & Pick<Channel, "kind">): Channel {
  return {
    id: world.newId(),
    name: "",
    guild: undefined,
    parent: undefined,
    recipient: undefined,
    botPermissions: 0n,
    archiveMinutes: 0,
    ...parts,
  };
}
