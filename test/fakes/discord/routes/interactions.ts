import { refusals } from "../api-error.ts";
import { CALLBACK, callback } from "../checks/callback.ts";
import { messageBody } from "../checks/message.ts";
import { FLAGS, has } from "../flags.ts";
import {
  acknowledge,
  askedBy,
  callbackResponse,
  isAlive,
  notify,
  refuseUnanswerable,
  respond,
} from "../interactions.ts";
import { LIMITS } from "../limits.ts";
import { deleteMessage, editMessage } from "../messages.ts";
import { openRoute, type Answer, type Context, type Route } from "../router.ts";
import { messageJson } from "../wire.ts";
import type { Interaction, Message } from "../world.ts";
import { storedFiles } from "./files.ts";

const WEBHOOK = "/webhooks/:app/:token";

/** Answering interactions: interactions/receiving-and-responding#endpoints. The secret is the token in the path. */
export const interactionRoutes: readonly Route[] = [
  openRoute("POST /interactions/:interaction/:token/callback", answerFirst),
  openRoute(`POST ${WEBHOOK}`, followUp),
  openRoute(`GET ${WEBHOOK}/messages/:message`, (context) => {
    return { status: 200, body: messageJson(ownMessage(context, living(context)), context.world) };
  }),
  openRoute(`PATCH ${WEBHOOK}/messages/:message`, edit),
  openRoute(`DELETE ${WEBHOOK}/messages/:message`, remove),
];

function answerFirst(context: Context): Answer {
  const { world } = context;
  const interaction = world.interactions.get(context.param("interaction"));
  if (interaction === undefined || interaction.token !== context.param("token")) {
    throw refusals.unknownInteraction();
  }
  refuseUnanswerable(world, interaction);
  const body = context.body(callback(askedBy(interaction)));
  acknowledge(world, interaction, body, storedFiles(context, body));
  if (context.query.get("with_response") !== "true") return { status: 204 };
  const { original } = interaction;
  const shown = original === undefined ? undefined : messageJson(original, world);
  return { status: 200, body: callbackResponse(interaction, shown) };
}

function followUp(context: Context): Answer {
  const { world } = context;
  const interaction = living(context);
  if (interaction.first === undefined) throw refusals.unknownWebhook();
  const { original } = interaction;
  const body = context.body(messageBody({ kind: "interaction" }));
  // Right after a deferral a follow-up fills the deferred response, and its ephemeral flag does not count.
  if (interaction.first.type === CALLBACK.deferred && original !== undefined && isLoading(original)) {
    const flags = Number(body["flags"] ?? 0) & ~FLAGS.ephemeral;
    editMessage(world, original, { ...body, flags }, storedFiles(context, body));
    notify(interaction);
    return { status: 200, body: messageJson(original, world) };
  }
  if (interaction.userInstallOnly && interaction.followUps.length >= LIMITS.userInstallFollowUps) {
    throw refusals.tooManyFollowUps();
  }
  const message = respond(world, interaction, body, storedFiles(context, body));
  interaction.followUps.push(message);
  notify(interaction);
  return { status: 200, body: messageJson(message, world) };
}

function edit(context: Context): Answer {
  const { world } = context;
  const interaction = living(context);
  const message = ownMessage(context, interaction);
  const body = context.body(messageBody({ kind: "interaction-edit", flags: message.flags }));
  editMessage(world, message, body, storedFiles(context, body));
  notify(interaction);
  return { status: 200, body: messageJson(message, world) };
}

function remove(context: Context): Answer {
  const interaction = living(context);
  deleteMessage(context.world, ownMessage(context, interaction));
  notify(interaction);
  return { status: 204 };
}

/** The interaction of the token in the path, if it still lives; 50027 where it does not. */
function living(context: Context): Interaction {
  const { world } = context;
  const token = context.param("token");
  const interaction = world.interactionsByToken.get(token);
  if (interaction === undefined || context.param("app") !== world.applicationId)
    throw refusals.webhookToken();
  if (!isAlive(world, interaction)) throw refusals.webhookToken();
  return interaction;
}

/** The message that `@original` or an id names, among those that answer the interaction. */
function ownMessage(context: Context, interaction: Interaction): Message {
  const name = context.param("message");
  if (interaction.first === undefined) throw refusals.unknownWebhook();
  const { original, followUps } = interaction;
  const own = original === undefined ? followUps : [original, ...followUps];
  const message = name === "@original" ? original : own.find(({ id }) => id === name);
  if (message === undefined || message.deleted) throw refusals.unknownMessage();
  return message;
}

function isLoading(message: Message): boolean {
  return has(message.flags, FLAGS.loading);
}
