import type { Message } from "discord.js";
import { DiscordAPIError, RESTJSONErrorCodes } from "discord.js";
import { writerOf } from "./caller.ts";
import { escapeDiscord } from "./drawing/escape.ts";
import type { Desk } from "./interactions.ts";
import { makePayload } from "./drawing/payload.ts";
import { missingPermissions } from "./permissions.ts";
import { remember } from "./remembering.ts";
import { isTaken } from "./taking.ts";

/** What a message says to the bot; undefined when it does not speak to it. */
function saidToBot(message: Message, botId: string): string | undefined {
  if (message.author.bot || message.system) return undefined;
  const mention = new RegExp(`<@!?${botId}>`, "g");
  if (mention.test(message.content)) return message.content.replace(mention, " ").trim();
  return message.guildId === null ? message.content.trim() : undefined;
}

const isForbidden = (error: unknown): boolean =>
  error instanceof DiscordAPIError &&
  (error.code === RESTJSONErrorCodes.MissingPermissions || error.code === RESTJSONErrorCodes.MissingAccess);

/** Tells the person privately which permission is missing, and where it is given. */
async function explainPermission(message: Message): Promise<void> {
  if (!message.inGuild()) return;
  const granted = message.guild.members.me?.permissionsIn(message.channel).bitfield ?? 0n;
  const missing = missingPermissions(granted, message.channel.isThread());
  const names = missing.length === 0 ? "a permission" : missing.join(", ");
  const channel = escapeDiscord(message.channel.name);
  await message.author.send({
    content:
      `I cannot answer in #${channel}: I lack ${names} there. Somebody who may manage the channel can give it: ` +
      `right-click the channel, Edit Channel, Permissions, add Paperboy, allow ${names}. Until then /paper works, privately.`,
    allowedMentions: { parse: [] },
  });
}

/** Answers a message that mentions the bot, in its channel; in direct messages every message speaks to it. */
export async function answerMention(
  { bot, memory, channels, takes }: Desk,
  message: Message,
  botId: string,
): Promise<void> {
  const said = saidToBot(message, botId);
  if (said === undefined || !(await isTaken(takes, message.id))) return;
  const reply = await bot.handleLine(said, writerOf(message));
  const payload = await makePayload(reply, memory, { attaches: message.guildId === null });
  try {
    const answered = await message.reply({ ...payload, failIfNotExists: false });
    await remember(channels, reply, "answer", answered);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    await explainPermission(message);
  }
}
