import { ClientRefusal } from "./client-refusal.ts";
import type { Json } from "./json.ts";
import { memberJson } from "./wire.ts";
import type { Message, User, World } from "./world.ts";

/** An emoji: a character, or one that a server named, with its id. */
export type Emoji = string | { readonly id: string; readonly name: string };

const whereOf = ({ id, channel }: Message): Json => ({
  channel_id: channel.id,
  message_id: id,
  ...(channel.guild === undefined ? {} : { guild_id: channel.guild.id }),
});

const emojiJson = (emoji: Emoji): Json =>
  typeof emoji === "string" ? { id: null, name: emoji } : { ...emoji, animated: false };

/** Somebody puts an emoji below a message, or takes it away: events/gateway-events#message-reaction-add. */
export function react(
  world: World,
  { user, message, emoji, gone }: { user: User; message: Message; emoji: Emoji; gone: boolean },
): void {
  if (message.onlyFor !== undefined) throw new ClientRefusal("Nobody can react to an ephemeral message.");
  if (message.deleted) throw new ClientRefusal("The message is deleted.");
  const { guild } = message.channel;
  const common = { user_id: user.id, ...whereOf(message), emoji: emojiJson(emoji), burst: false, type: 0 };
  if (gone) return world.emit("MESSAGE_REACTION_REMOVE", common);
  world.emit("MESSAGE_REACTION_ADD", {
    ...common,
    message_author_id: message.author.id,
    ...(guild === undefined ? {} : { member: memberJson(user, guild, true) }),
  });
}

/** A moderator takes all reactions away, or those of one emoji. */
export function clearReactions(world: World, message: Message, emoji?: Emoji): void {
  if (emoji === undefined) world.emit("MESSAGE_REACTION_REMOVE_ALL", whereOf(message));
  else world.emit("MESSAGE_REACTION_REMOVE_EMOJI", { ...whereOf(message), emoji: emojiJson(emoji) });
}
