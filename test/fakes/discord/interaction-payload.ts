import type { Json } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { DM_PERMISSIONS, botPermissionsIn } from "./permissions.ts";
import { memberJson, messageJson, partialChannelJson, userJson } from "./wire.ts";
import type { Channel, Interaction, User, World } from "./world.ts";

/** Interaction contexts: a server, the app's direct messages, other private channels. */
export const CONTEXT = { guild: 0, botDm: 1, privateChannel: 2 };

/** The context of an interaction that begins in a channel. */
export function contextOf(channel: Channel): number {
  if (channel.guild !== undefined) return CONTEXT.guild;
  return channel.kind === "dm" ? CONTEXT.botDm : CONTEXT.privateChannel;
}

/** INTERACTION_CREATE with everything the real one carries: interactions/receiving-and-responding. */
export function interactionJson(world: World, interaction: Interaction, data: Json): Json {
  const { user, channel, source } = interaction;
  const permissions = channel.guild === undefined ? DM_PERMISSIONS : botPermissionsIn(channel);
  return {
    id: interaction.id,
    application_id: world.applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: partialChannelJson(channel, user, world),
    ...personParts(user, channel),
    ...(source === undefined ? {} : { message: messageJson(source, world) }),
    app_permissions: String(permissions),
    locale: user.locale,
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: owners(user, channel),
    context: contextOf(channel),
    attachment_size_limit: LIMITS.attachmentBytes,
  };
}

function personParts(user: User, channel: Channel): Json {
  const { guild } = channel;
  if (guild === undefined) return { user: userJson(user) };
  return {
    guild_id: guild.id,
    guild: { id: guild.id, locale: "en-US", features: [] },
    guild_locale: "en-US",
    member: { ...memberJson(user, guild), permissions: String(user.permissions) },
  };
}

/** Whose installation makes the interaction possible: by "0" the guild ("0" in direct messages), by "1" the user. */
function owners(user: User, channel: Channel): Json {
  const byUser = user.hasApp ? { "1": user.id } : {};
  if (channel.guild === undefined) return channel.kind === "dm" ? { "0": "0", ...byUser } : byUser;
  return channel.guild.botMember ? { "0": channel.guild.id, ...byUser } : byUser;
}
