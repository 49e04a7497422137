import { workspaceOf, type Channel, type Message, type Person, type View, type World } from "./world.ts";
import { recordsOf, type Json } from "./json.ts";

/** A message as Web API answers and payloads show it. */
export function messageJson(world: World, message: Message, withMetadata = true): Json {
  const { botId, botUser, id } = workspaceOf(world, message.channel.teamId);
  const written = message.user === botUser.id ? { bot_id: botId, app_id: world.app.id } : {};
  return {
    type: "message",
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: id,
    ...written,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.edits > 0 ? { edited: { user: message.user, ts: message.ts } } : {}),
    ...(withMetadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  };
}

/** A conversation as `conversations.info` shows it. */
export function channelJson(world: World, channel: Channel): Json {
  const { botUser } = workspaceOf(world, channel.teamId);
  const isMember = channel.members.has(botUser.id);
  const other = [...channel.members].find((id) => id !== botUser.id);
  if (channel.kind === "im") {
    return { id: channel.id, created: 1_700_000_000, is_im: true, is_org_shared: false, user: other };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === "private",
    is_archived: channel.archived,
    is_general: channel.name === "general",
    is_member: isMember,
    created: 1_700_000_000,
    creator: other,
    context_team_id: channel.teamId,
  };
}

/** Someone as `users.info` shows them. */
export function personJson(person: Person): Json {
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: false,
    real_name: person.realName,
    tz: person.timeZone,
    tz_label: person.timeZone,
    tz_offset: offsetOf(person.timeZone),
    profile: { real_name: person.realName, display_name: person.name, team: person.teamId },
    is_admin: person.isAdmin ?? false,
    is_bot: person.isBot,
    is_app_user: false,
    updated: 1_700_000_000,
  };
}

/** Seconds east of UTC in winter: enough for a field that apps should not reckon with. */
function offsetOf(timeZone: string): number {
  const winter = new Date("2026-01-15T12:00:00Z");
  const hour = Number(
    new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(winter),
  );
  return (hour - 12) * 3600;
}

/** A view as answers and payloads show it. */
export function viewJson(world: World, view: View, state: Json = {}): Json {
  const { botId } = workspaceOf(world, view.teamId);
  const blocks = recordsOf(view.content["blocks"]).map((block, at) => ({ block_id: `b${at}`, ...block }));
  return {
    id: view.id,
    team_id: view.teamId,
    type: view.kind,
    title: { type: "plain_text", text: view.kind === "home" ? "View Title" : "", emoji: true },
    submit: null,
    close: null,
    callback_id: "",
    external_id: "",
    private_metadata: "",
    clear_on_close: false,
    notify_on_close: false,
    ...view.content,
    blocks,
    state: { values: state },
    hash: view.hash,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: world.app.id,
    app_installed_team_id: view.teamId,
    bot_id: botId,
  };
}
