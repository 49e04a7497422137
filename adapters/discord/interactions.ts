import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  MessageContextMenuCommandInteraction,
  RepliableInteraction,
} from "discord.js";
import { MessageFlags } from "discord.js";
import type { Bot } from "../../src/bot/bot.ts";
import type { InvocationMemory } from "../../src/bot/line/invocation-text.ts";
import { expand } from "../../src/bot/line/invocation-text.ts";
import { shortenNames } from "../../src/bot/naming/short-id.ts";
import type { ChannelMemory } from "../../src/memory/channel-memory.ts";
import type { Invocation, Reply } from "../../src/bot/reply.ts";
import { answer, textCard } from "../../src/bot/reply.ts";
import { shareOf, standsBeside } from "../platform/cards.ts";
import { outdated } from "../platform/platform.ts";
import { isPosted } from "./delivery.ts";
import { plainText } from "../platform/plain-text.ts";
import { callerOf } from "./caller.ts";
import { LIMITS } from "./drawing/limits.ts";
import type { Payload } from "./drawing/payload.ts";
import { makePayload } from "./drawing/payload.ts";
import { MARKS } from "./drawing/render.ts";
import { remember } from "./remembering.ts";
import type { Takes } from "./taking.ts";

/** What answering takes. */
export interface Desk {
  readonly bot: Bot;
  readonly memory: InvocationMemory;
  /** What channels remember. Default: nothing. */
  readonly channels?: ChannelMemory;
  /** Default: this is the only program of the app. */
  readonly takes?: Takes;
}

const isDirect = (interaction: { readonly guildId: string | null }): boolean => interaction.guildId === null;

/** A share button where there are others to share with: not in a direct message with the bot. */
const showingIn = (interaction: { readonly guildId: string | null }, reply: Reply) => ({
  ...(isDirect(interaction) ? {} : shareOf(reply)),
  attaches: true,
});

/** Puts a payload in the place of what the answer was, and of what was attached to it. */
async function edit(interaction: Pick<RepliableInteraction, "editReply">, payload: Payload): Promise<void> {
  await interaction.editReply({ ...payload, attachments: [] });
}

/** The name of the command that somebody gives, or types. */
function commandOf({ options }: ChatInputCommandInteraction | AutocompleteInteraction): string {
  const group = options.getSubcommandGroup(false);
  const subcommand = options.getSubcommand();
  return group === null ? subcommand : `${group} ${subcommand}`;
}

/** `/paper …`: acknowledged at once and privately, then answered. */
export async function answerSlash(
  { bot, memory }: Desk,
  interaction: ChatInputCommandInteraction,
): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const group = interaction.options.getSubcommandGroup(false);
  const command = commandOf(interaction);
  const [first] = interaction.options.data;
  const given = (group === null ? first : first?.options?.[0])?.options ?? [];
  const args = Object.fromEntries(given.map(({ name, value }) => [name, String(value ?? "")]));
  const reply = await bot.handle({ command, args, caller: callerOf(interaction) });
  await edit(interaction, await makePayload(reply, memory, showingIn(interaction, reply)));
}

/** Find similar papers, in the menu of a message. */
export async function answerMessageCommand(
  { bot, memory }: Desk,
  interaction: MessageContextMenuCommandInteraction,
): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { content, embeds } = interaction.targetMessage;
  const text = [content, ...embeds.flatMap(({ url, title }) => [url ?? "", title ?? ""])].join("\n");
  const reply = await bot.handleMessage(text, callerOf(interaction));
  await edit(interaction, await makePayload(reply, memory, showingIn(interaction, reply)));
}

/** Completes what somebody is typing into an option. */
export async function answerAutocomplete({ bot }: Desk, interaction: AutocompleteInteraction): Promise<void> {
  const { name, value: text } = interaction.options.getFocused(true);
  const typing = { command: commandOf(interaction), option: name, text };
  const found = await bot.complete(typing, LIMITS.choices);
  const choices = found
    .map(({ label, value }) => ({
      name: plainText(label, LIMITS.choiceName),
      value: shortenNames(value, LIMITS.choiceValue),
    }))
    .filter(({ value }) => value.length <= LIMITS.choiceValue);
  await interaction.respond(choices);
}

/** The text of a custom id after its mark, or of the chosen option. */
function chosenText(interaction: MessageComponentInteraction): string {
  const { customId } = interaction;
  if (interaction.isStringSelectMenu() && MARKS.choose.test(customId)) return interaction.values[0] ?? "";
  return customId.replace(MARKS.share, "").replace(MARKS.run, "");
}

async function share(
  desk: Desk,
  interaction: MessageComponentInteraction,
  invocation: Invocation,
): Promise<void> {
  await interaction.deferUpdate();
  const reply = await desk.bot.handle({ ...invocation, caller: callerOf(interaction) });
  const message = await interaction.followUp(
    await makePayload(reply, desk.memory, { sharedBy: interaction.user.id, attaches: true }),
  );
  // Where the bot is no member it hears nothing of a message any more.
  if (interaction.inCachedGuild()) await remember(desk.channels, reply, "share", message);
}

/**
 * Buttons and menus: a private message is changed in place; under a public one the answer is private, and so is one that
 * stands beside the message.
 */
export async function answerComponent(desk: Desk, interaction: MessageComponentInteraction): Promise<void> {
  const invocation = await expand(chosenText(interaction), desk.memory);
  if (invocation === undefined) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const text = outdated("/paper search query: curriculum learning");
    const reply = answer({ summary: text, tone: "mistake", cards: [textCard(text)] });
    await edit(interaction, await makePayload(reply, desk.memory));
    return;
  }
  if (MARKS.share.test(interaction.customId)) {
    await share(desk, interaction, invocation);
    return;
  }
  const isOwn = isDirect(interaction) && !isPosted(interaction.message);
  const isPrivate = interaction.message.flags.has(MessageFlags.Ephemeral) || isOwn;
  if (isPrivate && !standsBeside(desk.bot, invocation)) await interaction.deferUpdate();
  else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const reply = await desk.bot.handle({ ...invocation, caller: callerOf(interaction) });
  await edit(interaction, await makePayload(reply, desk.memory, showingIn(interaction, reply)));
}
