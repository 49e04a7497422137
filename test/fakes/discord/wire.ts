import { INTERACTION } from "./checks/callback.ts";
import type { Json } from "./json.ts";
import { DM_PERMISSIONS, EVERYONE_PERMISSIONS } from "./permissions.ts";
import type { Channel, Guild, Message, RegisteredCommand, User, World } from "./world.ts";

const CHANNEL_TYPES = { text: 0, dm: 1, "group-dm": 3, announcement: 5, thread: 11 };

/** A user object: resources/user. */
export function userJson(user: User): Json {
  return {
    id: user.id,
    username: user.name,
    discriminator: "0",
    global_name: user.bot ? null : user.name,
    avatar: null,
    avatar_decoration_data: null,
    banner: null,
    accent_color: null,
    public_flags: 0,
    ...(user.bot ? { bot: true } : {}),
  };
}

/** A guild member; `withUser` false leaves the user out, as in messages. */
export function memberJson(user: User, guild: Guild, withUser = true): Json {
  const own = guild.roles.filter((role) => role.name === roleNameOf(user));
  return {
    ...(withUser ? { user: userJson(user) } : {}),
    roles: own.map((role) => role.id),
    nick: null,
    avatar: null,
    banner: null,
    joined_at: "2024-01-01T00:00:00.000000+00:00",
    premium_since: null,
    communication_disabled_until: null,
    pending: false,
    deaf: false,
    mute: false,
    flags: 0,
  };
}

/** The role that gives one person their permissions, so that discord.js computes them too. */
export function roleNameOf(user: User): string {
  return `permissions of ${user.name}`;
}

function roleJson(role: { id: string; name: string; mentionable: boolean; permissions: bigint }): Json {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    mentionable: role.mentionable,
    position: 0,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

/** A channel; the bot's own overwrite makes discord.js compute exactly its permissions here. */
export function channelJson(channel: Channel, world: World): Json {
  const base = { id: channel.id, type: CHANNEL_TYPES[channel.kind], flags: 0 };
  if (channel.kind === "dm" || channel.kind === "group-dm") {
    const recipients = channel.recipient === undefined ? [] : [userJson(channel.recipient)];
    return { ...base, last_message_id: null, recipients };
  }
  const inGuild = {
    ...base,
    name: channel.name,
    guild_id: channel.guild?.id,
    nsfw: false,
    last_message_id: null,
  };
  if (channel.kind === "thread") return { ...inGuild, ...threadParts(channel, world) };
  const { botPermissions } = channel;
  const overwrite = {
    id: world.bot.id,
    type: 1,
    allow: String(botPermissions),
    deny: String(~botPermissions & ((1n << 53n) - 1n)),
  };
  return { ...inGuild, position: 0, topic: null, parent_id: null, permission_overwrites: [overwrite] };
}

function threadParts(channel: Channel, world: World): Json {
  return {
    parent_id: channel.parent?.id,
    owner_id: world.bot.id,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    rate_limit_per_user: 0,
    thread_metadata: {
      archived: false,
      auto_archive_duration: channel.archiveMinutes,
      archive_timestamp: new Date(world.now()).toISOString(),
      locked: false,
    },
  };
}

/** A guild as GUILD_CREATE has it. */
export function guildJson(guild: Guild, world: World): Json {
  const channels = [...world.channels.values()].filter((channel) => channel.guild === guild);
  const people = [...world.users.values()];
  return {
    ...guildObject(guild),
    member_count: people.length,
    large: false,
    joined_at: "2024-01-01T00:00:00.000000+00:00",
    unavailable: false,
    members: [memberJson(world.bot, guild)],
    channels: channels.filter(({ kind }) => kind !== "thread").map((channel) => channelJson(channel, world)),
    threads: channels.filter(({ kind }) => kind === "thread").map((channel) => channelJson(channel, world)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** A guild as REST has it: resources/guild. */
export function guildObject(guild: Guild): Json {
  const everyone = { id: guild.id, name: "@everyone", mentionable: false, permissions: EVERYONE_PERMISSIONS };
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    owner_id: "100000000000000001",
    roles: [everyone, ...guild.roles].map(roleJson),
    emojis: [],
    stickers: [],
    features: [],
    preferred_locale: "en-US",
    system_channel_id: null,
    system_channel_flags: 0,
    afk_channel_id: null,
    afk_timeout: 300,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
  };
}

/** A message as REST and the gateway have it: resources/message. */
export function messageJson(message: Message, world: World): Json {
  const { repliesTo, thread, interaction } = message;
  return {
    id: message.id,
    channel_id: message.channel.id,
    type: messageType(message),
    author: userJson(message.author),
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments,
    flags: message.flags,
    timestamp: new Date(message.sentAt).toISOString(),
    edited_timestamp: message.editedAt === undefined ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    pinned: false,
    mention_everyone: message.pings.everyone,
    mentions: message.pings.users.flatMap((id) => known(world.users.get(id))),
    mention_roles: message.pings.roles,
    ...(message.author.bot ? { application_id: world.applicationId } : {}),
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
    ...(thread === undefined ? {} : { thread: channelJson(thread, world) }),
    ...(repliesTo === undefined ? {} : replyParts(repliesTo, world)),
    ...(interaction === undefined
      ? {}
      : { webhook_id: world.applicationId, interaction_metadata: interactionMetadata(message) }),
  };
}

function replyParts(answered: Message, world: World): Json {
  return {
    message_reference: {
      type: 0,
      message_id: answered.id,
      channel_id: answered.channel.id,
      ...(answered.channel.guild === undefined ? {} : { guild_id: answered.channel.guild.id }),
    },
    referenced_message: messageJson(answered, world),
  };
}

function interactionMetadata({ interaction }: Message): Json | undefined {
  if (interaction === undefined) return undefined;
  return {
    id: interaction.id,
    type: interaction.type,
    user: userJson(interaction.user),
    authorizing_integration_owners: {},
  };
}

/** 0 a plain message, 19 a reply, 20 the response to a command. */
function messageType({ interaction, repliesTo }: Message): number {
  if (repliesTo !== undefined) return 19;
  return interaction?.type === INTERACTION.command && interaction.first === undefined ? 20 : 0;
}

function known(user: User | undefined): Json[] {
  return user === undefined ? [] : [userJson(user)];
}

/** What a gateway message event carries beyond the message: where it was and who said it. */
export function messageEvent(message: Message, world: World): Json {
  const { guild } = message.channel;
  const place =
    guild === undefined ? {} : { guild_id: guild.id, member: memberJson(message.author, guild, false) };
  return { ...messageJson(message, world), ...place, channel_type: CHANNEL_TYPES[message.channel.kind] };
}

/** A registered command as Discord gives it back. */
export function commandJson({ id, version, guildId, declared }: RegisteredCommand, world: World): Json {
  return {
    type: 1,
    nsfw: false,
    default_member_permissions: null,
    description: "",
    contexts: null,
    ...(guildId === undefined ? { integration_types: [0], dm_permission: true } : { guild_id: guildId }),
    ...declared,
    id,
    version,
    application_id: world.applicationId,
  };
}

/** What a partial channel in an interaction holds, with the person's permissions there. */
export function partialChannelJson(channel: Channel, user: User, world: World): Json {
  const permissions = channel.guild === undefined ? DM_PERMISSIONS : user.permissions;
  return { ...channelJson(channel, world), permissions: String(permissions) };
}
