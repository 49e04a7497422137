import { isRecord, recordsOf, type Json } from "./json.ts";

/** Intents by bit: events/gateway#list-of-intents. */
export const INTENTS = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  guildMessageReactions: 1 << 10,
  directMessages: 1 << 12,
  directMessageReactions: 1 << 13,
  messageContent: 1 << 15,
};

/** The intents that must be granted to the app first. */
export const PRIVILEGED = INTENTS.guildMembers | INTENTS.guildPresences | INTENTS.messageContent;

/** Every bit that is an intent: 0 to 16, 20, 21, 24, 25. */
export const KNOWN_INTENTS = ((1 << 17) - 1) | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);

/** The intent an event needs; 0 for those that every app gets, such as INTERACTION_CREATE. */
export function intentFor(event: string, data: Json): number {
  if (event.startsWith("MESSAGE_REACTION_"))
    return data["guild_id"] === undefined ? INTENTS.directMessageReactions : INTENTS.guildMessageReactions;
  if (event.startsWith("MESSAGE_")) {
    return data["guild_id"] === undefined ? INTENTS.directMessages : INTENTS.guildMessages;
  }
  return /^(GUILD|CHANNEL|THREAD)_/.test(event) ? INTENTS.guilds : 0;
}

/**
 * A message event as an app without MESSAGE_CONTENT gets it: empty, except for its own messages, direct messages and
 * messages that mention it (an answer with a ping does): events/gateway#message-content-intent.
 */
export function withoutContent(data: Json, botId: string): Json {
  if (data["guild_id"] === undefined || data["author"] === undefined) return data;
  const author = data["author"];
  if (isRecord(author) && author["id"] === botId) return data;
  if (recordsOf(data["mentions"]).some(({ id }) => id === botId)) return data;
  const bare: Json = { ...data, content: "", embeds: [], attachments: [], components: [] };
  const answered = data["referenced_message"];
  return isRecord(answered)
    ? { ...bare, referenced_message: withoutContent({ ...answered, guild_id: data["guild_id"] }, botId) }
    : bare;
}
