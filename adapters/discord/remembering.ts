import type {
  Channel,
  Client,
  Message,
  MessageReaction,
  PartialMessage,
  PartialMessageReaction,
} from "discord.js";
import { ChannelType, Events } from "discord.js";
import type { ChannelMemory, MessageRef } from "../../src/memory/channel-memory.ts";
import { papersCarried } from "../../src/bot/papers-carried.ts";
import type { Reply } from "../../src/bot/reply.ts";
import type { Place } from "../../src/schedule/place.ts";

const placeAt = (server: string, channel: string): Place => ({ platform: "discord", server, channel });

/** Who reads what stands in a channel: of a thread that all may join, the members of the channel that it belongs to. */
function readersOf(server: string, channel: Channel): { readonly place: Place; readonly thread?: string } {
  if (!channel.isThread()) return { place: placeAt(server, channel.id) };
  const { id, parentId, type } = channel;
  const own = type === ChannelType.PrivateThread || parentId === null;
  return { place: placeAt(server, own ? id : parentId), thread: id };
}

/** Notes the papers of a message that all in a channel of a server read; of other messages nothing is noted. */
export async function remember(
  memory: ChannelMemory | undefined,
  reply: Reply,
  as: "answer" | "share" | "digest" | "follow" | "club",
  message: Message,
): Promise<void> {
  const { channel, guildId, channelId, id, url } = message;
  if (memory === undefined || guildId === null || channel.isDMBased()) return;
  await memory.posted({
    ...readersOf(guildId, channel),
    room: placeAt(guildId, channelId),
    message: id,
    link: url,
    as,
    papers: papersCarried(reply),
  });
}

function refOf({ guildId, channelId, id }: Message | PartialMessage): MessageRef | undefined {
  return guildId === null ? undefined : { room: placeAt(guildId, channelId), message: id };
}

/** The emoji of a reaction: a character, or the name that a server gave it. */
const nameOf = ({ emoji }: MessageReaction | PartialMessageReaction): string => emoji.name ?? emoji.id ?? "";

/** Has reactions and deletions noted, each as a piece of work; those of the bot itself are none. */
export function listenToReactions(
  client: Client,
  memory: ChannelMemory,
  begin: (what: string, task: () => Promise<void>) => void,
): void {
  const about = (
    message: Message | PartialMessage,
    what: string,
    task: (ref: MessageRef) => Promise<void>,
  ): void => {
    const ref = refOf(message);
    if (ref !== undefined) begin(what, () => task(ref));
  };
  client.on(Events.MessageReactionAdd, (reaction, { id: user }) => {
    if (user === client.user?.id) return;
    const by = { platform: "discord", user };
    about(reaction.message, "A reaction", (ref) => memory.reacted(ref, by, nameOf(reaction)));
  });
  client.on(Events.MessageReactionRemove, (reaction, { id: user }) => {
    const gone = { by: { platform: "discord", user }, name: nameOf(reaction) };
    about(reaction.message, "A reaction", (ref) => memory.unreacted(ref, gone));
  });
  client.on(Events.MessageReactionRemoveEmoji, (reaction) =>
    about(reaction.message, "A reaction", (ref) => memory.unreacted(ref, { name: nameOf(reaction) })),
  );
  client.on(Events.MessageReactionRemoveAll, (message) =>
    about(message, "Reactions", (ref) => memory.unreacted(ref, {})),
  );
  client.on(Events.MessageDelete, (message) =>
    about(message, "A deleted message", (ref) => memory.deleted(ref)),
  );
  client.on(Events.MessageBulkDelete, (messages) => {
    for (const message of messages.values())
      about(message, "A deleted message", (ref) => memory.deleted(ref));
  });
}
