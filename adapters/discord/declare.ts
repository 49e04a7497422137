import type { RESTPostAPIApplicationCommandsJSONBody } from "discord.js";
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from "discord.js";
import type { Command } from "../../src/bot/command.ts";
import { GROUPS } from "../../src/bot/groups.ts";
import { plainText } from "../platform/plain-text.ts";
import { LIMITS } from "./drawing/limits.ts";

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

function declareOption(name: string, option: Command["options"][string], longest: number): Option {
  const { description, brief = description, required, form, completedBy } = option;
  const words = description.length > longest ? brief : description;
  const facts = { name, description: plainText(words, longest), required };
  switch (form.kind) {
    case "text":
      return {
        ...facts,
        type: ApplicationCommandOptionType.String,
        max_length: Math.min(form.maxLength, LIMITS.optionLength),
        ...(completedBy !== undefined ? { autocomplete: true as const } : {}),
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

type Plain = Extract<Subcommand, { type: ApplicationCommandOptionType.Subcommand }>;

function declareSubcommand({ description, options }: Command, name: string, longest: number): Plain {
  const declared = Object.entries(options)
    .filter(([, option]) => !option.internal)
    .toSorted(([, a], [, b]) => Number(b.required) - Number(a.required))
    .map(([option, facts]) => declareOption(option, facts, longest));
  return { type: ApplicationCommandOptionType.Subcommand, name, description, options: declared };
}

/** Commands of one word, and those of two under a group of their first. */
function declareSubcommands(commands: readonly Command[], longest: number): Subcommand[] {
  const groups = new Map<string, Plain[]>();
  const declared = commands.map((command): Subcommand | undefined => {
    const [first = "", second] = command.name.split(" ");
    if (second === undefined) return declareSubcommand(command, first, longest);
    const group = groups.get(first);
    const subcommand = declareSubcommand(command, second, longest);
    if (group !== undefined) {
      group.push(subcommand);
      return undefined;
    }
    const members = [subcommand];
    groups.set(first, members);
    return {
      type: ApplicationCommandOptionType.SubcommandGroup,
      name: first,
      description: GROUPS[first] ?? first,
      options: members,
    };
  });
  return declared.filter((one) => one !== undefined);
}

/** The characters of a declaration that count: names, descriptions and choices, of all that is in it. */
function sizeOf(declared: Sized): number {
  const { name, description = "", value = "", options = [], choices = [] } = declared;
  const inside = [...options, ...choices].reduce((sum, one) => sum + sizeOf(one), 0);
  return name.length + description.length + String(value).length + inside;
}

interface Sized {
  readonly name: string;
  readonly description?: string;
  readonly value?: string | number;
  readonly options?: readonly Sized[];
  readonly choices?: readonly Sized[];
}

/** Shorter descriptions of options would say nothing. */
const SHORTEST = 20;

/** The commands below the slash command; where they are too much for it, the longest descriptions of options are said in brief, and where that is too much still, cut as little as need be. */
function fittingSubcommands(commands: readonly Command[], room: number): Subcommand[] {
  for (let longest: number = LIMITS.optionDescription; ; longest--) {
    const declared = declareSubcommands(commands, longest);
    const size = declared.reduce((sum, one) => sum + sizeOf(one as Sized), 0);
    if (size <= room || longest <= SHORTEST) return declared;
  }
}

/** All that Discord is told of the commands. */
export function declareCommands(commands: readonly Command[]): Declared[] {
  const description = "Find research papers";
  return [
    {
      type: ApplicationCommandType.ChatInput,
      name: SLASH_COMMAND,
      description,
      options: fittingSubcommands(commands, LIMITS.command - SLASH_COMMAND.length - description.length),
      ...EVERYWHERE,
    },
    { type: ApplicationCommandType.Message, name: MESSAGE_COMMAND, ...EVERYWHERE },
  ];
}
