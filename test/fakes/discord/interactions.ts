import { CALLBACK, INTERACTION, callbackData } from "./checks/callback.ts";
import { refusals } from "./api-error.ts";
import { FLAGS, has } from "./flags.ts";
import { numberOf, recordsOf, type Json } from "./json.ts";
import { createMessage, editMessage } from "./messages.ts";
import { interactionJson } from "./interaction-payload.ts";
import { newToken, type Channel, type Interaction, type Message, type User, type World } from "./world.ts";

/** What a person's client sends to begin an interaction. */
export interface Started {
  readonly type: number;
  readonly user: User;
  readonly channel: Channel;
  readonly label: string;
  /** The `data` of the payload. */
  readonly data: Json;
  readonly source?: Message;
}

/** Sends INTERACTION_CREATE and starts the clock of the first response. */
export function startInteraction(world: World, started: Started): Interaction {
  const { channel } = started;
  const interaction: Interaction = {
    id: world.newId(),
    token: newToken(),
    type: started.type,
    user: started.user,
    channel,
    label: started.label,
    source: started.source,
    sentAt: performance.now(),
    userInstallOnly: channel.guild === undefined ? channel.kind === "group-dm" : !channel.guild.botMember,
    first: undefined,
    missed: false,
    original: undefined,
    followUps: [],
    choices: undefined,
    modal: undefined,
    watchers: new Set(),
  };
  world.interactions.set(interaction.id, interaction);
  world.interactionsByToken.set(interaction.token, interaction);
  const timer = setTimeout(() => {
    world.timers.delete(timer);
    if (interaction.first === undefined) miss(world, interaction);
  }, world.responseDeadlineMs);
  world.timers.add(timer);
  world.emit("INTERACTION_CREATE", interactionJson(world, interaction, started.data));
  return interaction;
}

function miss(world: World, interaction: Interaction): void {
  interaction.missed = true;
  world.violations.push({
    kind: "unanswered",
    where: `interaction "${interaction.label}"`,
    message: `Not acknowledged within ${world.responseDeadlineMs} ms.`,
    at: world.now(),
  });
  notify(interaction);
}

/** Tells those who wait that something about an interaction changed. */
export function notify(interaction: Interaction): void {
  for (const watcher of interaction.watchers) watcher();
}

/** Whether the token of an interaction is still good for editing and following up. */
export function isAlive(world: World, interaction: Interaction): boolean {
  return !interaction.missed && performance.now() - interaction.sentAt < world.tokenLifeMs;
}

/** Refuses what cannot be acknowledged (again): 40060 when it was, 10062 when it is too late. */
export function refuseUnanswerable(world: World, interaction: Interaction): void {
  if (interaction.first !== undefined) throw refusals.acknowledgedTwice();
  const late = performance.now() - interaction.sentAt > world.responseDeadlineMs;
  if (interaction.missed || late) throw refusals.unknownInteraction();
}

/** Applies a checked callback body as the first response. */
export function acknowledge(
  world: World,
  interaction: Interaction,
  body: Json,
  files: readonly Json[],
): Interaction {
  const data = callbackData(body);
  const type = numberOf(body["type"]);
  const { source } = interaction;
  const ephemeral = has(numberOf(data["flags"]), FLAGS.ephemeral);
  const first = { type, afterMs: performance.now() - interaction.sentAt, ephemeral };
  if (type === CALLBACK.message) interaction.original = respond(world, interaction, data, files);
  else if (type === CALLBACK.deferred) {
    interaction.original = respond(
      world,
      interaction,
      { flags: numberOf(data["flags"]) | FLAGS.loading },
      [],
    );
  } else if (source !== undefined && (type === CALLBACK.update || type === CALLBACK.deferredUpdate)) {
    if (type === CALLBACK.update) editMessage(world, source, data, files);
    interaction.original = source;
  } else if (type === CALLBACK.choices) interaction.choices = recordsOf(data["choices"]);
  else if (type === CALLBACK.modal) interaction.modal = data;
  const onSource = type === CALLBACK.update || type === CALLBACK.deferredUpdate;
  const hidden = onSource && source !== undefined && has(source.flags, FLAGS.ephemeral);
  interaction.first = { ...first, ephemeral: ephemeral || hidden };
  notify(interaction);
  return interaction;
}

/** Makes a message that answers an interaction: the response itself or, later, a follow-up. */
export function respond(
  world: World,
  interaction: Interaction,
  data: Json,
  attachments: readonly Json[],
): Message {
  const ephemeral = has(numberOf(data["flags"]), FLAGS.ephemeral);
  return createMessage(world, data, {
    channel: interaction.channel,
    author: world.bot,
    interaction,
    attachments,
    ...(ephemeral ? { onlyFor: interaction.user } : {}),
  });
}

/** The body of `?with_response=true`: interactions/receiving-and-responding#interaction-callback-response-object. */
export function callbackResponse(interaction: Interaction, messageJson: Json | undefined): Json {
  const { first, original } = interaction;
  const message =
    original === undefined
      ? {}
      : {
          response_message_id: original.id,
          response_message_loading: has(original.flags, FLAGS.loading),
          response_message_ephemeral: has(original.flags, FLAGS.ephemeral),
        };
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      channel_id: interaction.channel.id,
      ...(interaction.channel.guild === undefined ? {} : { guild_id: interaction.channel.guild.id }),
      ...message,
    },
    resource: { type: first?.type, ...(messageJson === undefined ? {} : { message: messageJson }) },
  };
}

/** What an answer to this interaction is checked against. */
export function askedBy(interaction: Interaction): { type: number; onMessage: boolean; flags: number } {
  const { type, source } = interaction;
  const onMessage = source !== undefined && (type === INTERACTION.component || type === INTERACTION.modal);
  return { type, onMessage, flags: source?.flags ?? 0 };
}
