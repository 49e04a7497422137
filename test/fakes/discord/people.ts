import { INTERACTION } from "./checks/callback.ts";
import { COMMAND } from "./checks/commands.ts";
import { SELECT_TYPES } from "./checks/selects.ts";
import { pickMenu, pickSlash, type Picked } from "./client-commands.ts";
import { checkSelection, filledModal, usableComponent, type ModalValues } from "./client-components.ts";
import {
  completeOptions,
  nestOptions,
  partialOptions,
  resolvedOptions,
  type OptionValues,
} from "./client-options.ts";
import { ClientRefusal } from "./client-refusal.ts";
import { startInteraction, type Started } from "./interactions.ts";
import { numberOf, textOf, type Json } from "./json.ts";
import { announce } from "./messages.ts";
import { followInteraction, type InteractionHandle } from "./outcome.ts";
import { permissionBits, userMay } from "./permissions.ts";
import { mentionedUsers } from "./pings.ts";
import { dmWith } from "./places.ts";
import type { Emoji } from "./reactions.ts";
import { react } from "./reactions.ts";
import { memberJson, messageJson, userJson } from "./wire.ts";
import { type Channel, type Message, type User, type World } from "./world.ts";

/** Where something is done; the general channel unless told. */
interface Where {
  readonly channel?: Channel;
}

/** A person who acts as Discord's client lets them; what it would not is a thrown `ClientRefusal`. */
export interface Person {
  readonly id: string;
  readonly user: User;
  /** Their direct messages with the bot. */
  readonly dm: Channel;
  /** Runs a slash command by its full name, `paper search`. */
  command(typed: string, values?: OptionValues, where?: Where): InteractionHandle;
  /** Types into an option; the last of `values` is the one in focus, unless told. */
  autocomplete(typed: string, values: OptionValues, where?: Where & { focused?: string }): InteractionHandle;
  messageCommand(name: string, message: Message): InteractionHandle;
  userCommand(name: string, target: User, where?: Where): InteractionHandle;
  click(message: Message, customId: string): InteractionHandle;
  select(message: Message, customId: string, values: readonly string[]): InteractionHandle;
  /** Fills in and sends the modal that an interaction opened, once. */
  submitModal(opened: InteractionHandle, values?: ModalValues): InteractionHandle;
  /** Puts an emoji below a message, or takes it away. */
  react(message: Message, emoji: Emoji, change?: { gone?: boolean }): void;
  /** Says something; `<@id>` mentions, and so does an answer unless `ping` is false. */
  say(channel: Channel, content: string, answering?: { to: Message; ping?: boolean }): Message;
}

/** What a person acts on. */
export interface Stage {
  readonly world: World;
  readonly general: Channel;
  readonly patienceMs: number;
}

/** The actions of one person. */
export function createPerson(stage: Stage, user: User): Person {
  const { world } = stage;
  const start = (started: Omit<Started, "user">): InteractionHandle =>
    followInteraction(startInteraction(world, { ...started, user }), stage.patienceMs);
  const place = (where?: Where): Channel => where?.channel ?? stage.general;
  const submitted = new Set<Json>();
  return {
    id: user.id,
    user,
    dm: dmWith(world, user),
    command: (typed, values = {}, where) => {
      const channel = place(where);
      const picked = pickSlash(world, typed, { user, channel });
      const options = completeOptions(picked, values);
      const resolved = resolvedOptions(world, channel, options);
      const data = { ...slashData(picked, options), ...(resolved === undefined ? {} : { resolved }) };
      return start({ type: INTERACTION.command, channel, label: `/${typed}`, data });
    },
    autocomplete: (typed, values, where) => {
      const channel = place(where);
      const picked = pickSlash(world, typed, { user, channel });
      const focused = where?.focused ?? Object.keys(values).at(-1) ?? "";
      const data = slashData(picked, partialOptions(picked, values, focused));
      return start({ type: INTERACTION.autocomplete, channel, label: `/${typed}`, data });
    },
    messageCommand: (name, message) => start(onMessage(world, user, name, message)),
    userCommand: (name, target, where) => start(onUser(world, { user, channel: place(where) }, name, target)),
    click: (message, customId) => start(component(message, usableComponent(message, user, customId, [2]))),
    select: (message, customId, values) => {
      const select = usableComponent(message, user, customId, SELECT_TYPES);
      checkSelection(world, select, values);
      return start(component(message, select, values));
    },
    submitModal: (opened, values = {}) => {
      const { modal, channel, source, user: opener } = opened.interaction;
      if (modal === undefined || opener !== user)
        throw new ClientRefusal("No modal is open for this person.");
      if (submitted.has(modal)) throw new ClientRefusal("The modal was sent already.");
      const label = textOf(modal["custom_id"]);
      const data = { custom_id: label, components: filledModal(world, modal, values) };
      submitted.add(modal);
      return start({
        type: INTERACTION.modal,
        channel,
        label,
        data,
        ...(source === undefined ? {} : { source }),
      });
    },
    react: (message, emoji, { gone = false } = {}) => react(world, { user, message, emoji, gone }),
    say: (channel, content, answering) => say(world, { user, channel }, content, answering),
  };
}

type Beginning = Omit<Started, "user">;

interface Actor {
  readonly user: User;
  readonly channel: Channel;
}

function slashData(picked: Picked, options: readonly Json[]): Json {
  const { id, guildId, declared } = picked.command;
  return {
    id,
    name: declared["name"],
    type: COMMAND.slash,
    ...(guildId === undefined ? {} : { guild_id: guildId }),
    options: nestOptions(picked, options),
  };
}

function onMessage(world: World, user: User, name: string, message: Message): Beginning {
  const { channel } = message;
  const { id } = pickMenu(world, name, COMMAND.message, { user, channel });
  if (message.deleted || (message.onlyFor !== undefined && message.onlyFor !== user)) {
    throw new ClientRefusal(`${user.name} does not see this message.`);
  }
  // The target comes with its content even to apps without MESSAGE_CONTENT.
  const resolved = { messages: { [message.id]: messageJson(message, world) } };
  const data = { id, name, type: COMMAND.message, target_id: message.id, resolved };
  return { type: INTERACTION.command, channel, label: name, data };
}

function onUser(world: World, { user, channel }: Actor, name: string, target: User): Beginning {
  const { id } = pickMenu(world, name, COMMAND.user, { user, channel });
  const members =
    channel.guild === undefined ? {} : { members: { [target.id]: memberJson(target, channel.guild, false) } };
  const resolved = { users: { [target.id]: userJson(target) }, ...members };
  const data = { id, name, type: COMMAND.user, target_id: target.id, resolved };
  return { type: INTERACTION.command, channel, label: name, data };
}

function component(message: Message, used: Json, values?: readonly string[]): Beginning {
  const customId = textOf(used["custom_id"]);
  const data = {
    id: numberOf(used["id"]),
    custom_id: customId,
    component_type: used["type"],
    ...(values === undefined ? {} : { values }),
  };
  return { type: INTERACTION.component, channel: message.channel, label: customId, data, source: message };
}

function say(
  world: World,
  { user, channel }: Actor,
  content: string,
  answering?: { to: Message; ping?: boolean },
): Message {
  const users = mentionedUsers(content).filter((id) => world.users.has(id));
  if (answering !== undefined && answering.ping !== false) users.push(answering.to.author.id);
  const mayAll = channel.guild !== undefined && userMay(user, permissionBits(["MentionEveryone"]));
  const message: Message = {
    id: world.newId(),
    channel,
    author: user,
    sentAt: world.now(),
    interaction: undefined,
    onlyFor: undefined,
    repliesTo: answering?.to,
    nonce: undefined,
    content,
    embeds: [],
    components: [],
    attachments: [],
    flags: 0,
    pings: { users: [...new Set(users)], roles: [], everyone: mayAll && /@(everyone|here)/.test(content) },
    editedAt: undefined,
    edits: 0,
    deleted: false,
    thread: undefined,
  };
  announce(world, message);
  return message;
}
