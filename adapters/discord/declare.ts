import type { RESTPostAPIApplicationCommandsJSONBody } from "discord.js";
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from "discord.js";
import type { Command } from "../../src/bot/command.ts";
import { LIMITS } from "./limits.ts";

/** The slash command that holds all others, and the command in the menu of a message. */
const SLASH_COMMAND = "paper";
const MESSAGE_COMMAND = "Find similar papers";

type Declared = RESTPostAPIApplicationCommandsJSONBody;
type SlashDeclared = Extract<Declared, { type?: ApplicationCommandType.ChatInput | undefined }>;
type Subcommand = NonNullable<SlashDeclared["options"]>[number];
type Option = Extract<
  NonNullable<Extract<Subcommand, { type: ApplicationCommandOptionType.Subcommand }>["options"]>[number],
  object
>;

/** Everywhere: in servers, in direct messages with the bot, and where somebody brought it along. */
const EVERYWHERE = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
};

function declareOption(name: string, option: Command["options"][string]): Option {
  const { description, required, form, completesTitles } = option;
  const facts = { name, description, required };
  switch (form.kind) {
    case "text":
      return {
        ...facts,
        type: ApplicationCommandOptionType.String,
        max_length: Math.min(form.maxLength, LIMITS.optionLength),
        ...(completesTitles ? { autocomplete: true as const } : {}),
      };
    case "integer":
      return {
        ...facts,
        type: ApplicationCommandOptionType.Integer,
        min_value: form.min,
        max_value: form.max,
      };
    case "choice":
      return {
        ...facts,
        type: ApplicationCommandOptionType.String,
        choices: form.choices.map((choice) => ({ name: choice, value: choice })),
      };
  }
}

function declareSubcommand({ name, description, options }: Command): Subcommand {
  const declared = Object.entries(options)
    .filter(([, option]) => !option.internal)
    .toSorted(([, a], [, b]) => Number(b.required) - Number(a.required))
    .map(([option, facts]) => declareOption(option, facts));
  return { type: ApplicationCommandOptionType.Subcommand, name, description, options: declared };
}

/** All that Discord is told of the commands. */
export function declareCommands(commands: readonly Command[]): Declared[] {
  return [
    {
      type: ApplicationCommandType.ChatInput,
      name: SLASH_COMMAND,
      description: "Find research papers",
      options: commands.map(declareSubcommand),
      ...EVERYWHERE,
    },
    { type: ApplicationCommandType.Message, name: MESSAGE_COMMAND, ...EVERYWHERE },
  ];
}
