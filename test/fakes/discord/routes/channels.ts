import type { PermissionsString } from "discord.js";
import { invalidBody, refusals } from "../api-error.ts";
import { messageBody } from "../checks/message.ts";
import { filledText, integer, oneOf, record, snowflake, truth } from "../checks/shape.ts";
import { recordOf, recordsOf, textOf, type Json } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { createMessage, deleteMessage, editMessage } from "../messages.ts";
import { botMay, botSees } from "../permissions.ts";
import { addThread, dmWith } from "../places.ts";
import { route, type Answer, type Context, type Route } from "../router.ts";
import { channelJson, messageJson } from "../wire.ts";
import type { Channel, Message, World } from "../world.ts";
import { storedFiles } from "./files.ts";

const MESSAGE = "/channels/:channel/messages/:message";

/** Channels, their messages and threads: resources/channel and resources/message. */
export const channelRoutes: readonly Route[] = [
  route("GET /channels/:channel", (context) => ok(channelJson(channelOf(context), context.world))),
  route("POST /channels/:channel/typing", (context) => {
    demand(channelOf(context), "SendMessages");
    return { status: 204 };
  }),
  route("GET /channels/:channel/messages", listMessages),
  route("POST /channels/:channel/messages", post),
  route(`GET ${MESSAGE}`, (context) => ok(messageJson(readable(context), context.world))),
  route(`PATCH ${MESSAGE}`, edit),
  route(`DELETE ${MESSAGE}`, remove),
  route(`POST ${MESSAGE}/threads`, startThread),
  route("POST /users/@me/channels", (context) => {
    const body = context.body(record({ required: { recipient_id: snowflake } }));
    const user = context.world.users.get(textOf(body["recipient_id"]));
    if (user === undefined) throw refusals.unknownUser();
    if (user.bot) throw refusals.closedDms();
    return ok(channelJson(dmWith(context.world, user), context.world));
  }),
];

function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** The channel in the path, if the bot may see it: 10003 where there is none, 50001 where it may not. */
function channelOf(context: Context): Channel {
  const channel = context.world.channels.get(context.param("channel"));
  if (channel === undefined) throw refusals.unknownChannel();
  if (!botSees(channel)) throw refusals.missingAccess();
  return channel;
}

function demand(channel: Channel, ...names: PermissionsString[]): void {
  if (!botMay(channel, ...names)) throw refusals.missingPermissions();
}

function readable(context: Context): Message {
  const channel = channelOf(context);
  demand(channel, "ReadMessageHistory");
  return messageIn(context, channel);
}

function messageIn(context: Context, channel: Channel): Message {
  const message = context.world.messages.get(context.param("message"));
  // Ephemeral messages are reached through their interaction only.
  if (message === undefined || message.channel !== channel || message.onlyFor !== undefined) {
    throw refusals.unknownMessage();
  }
  return message;
}

function listMessages(context: Context): Answer {
  const channel = channelOf(context);
  demand(channel, "ReadMessageHistory");
  const limit = Math.min(Number(context.query.get("limit") ?? 50), 100);
  const [after, before] = [context.query.get("after"), context.query.get("before")];
  const here = [...context.world.messages.values()].filter(
    ({ id, ...one }) =>
      one.channel === channel &&
      one.onlyFor === undefined &&
      (after === null || BigInt(id) > BigInt(after)) &&
      (before === null || BigInt(id) < BigInt(before)),
  );
  // Those next to the id that was given; without one the newest. The newest comes first in any case.
  const page = after === null ? here.slice(-limit) : here.slice(0, limit);
  return ok(page.toReversed().map((one) => messageJson(one, context.world)));
}

function post(context: Context): Answer {
  const { world } = context;
  const channel = channelOf(context);
  demand(channel, channel.kind === "thread" ? "SendMessagesInThreads" : "SendMessages");
  const body = context.body(messageBody({ kind: "channel" }));
  if (recordsOf(body["embeds"]).length > 0) demand(channel, "EmbedLinks");
  if (context.files.length > 0) demand(channel, "AttachFiles");
  if (channel.recipient?.acceptsDms === false) throw refusals.closedDms();
  const nonce =
    typeof body["nonce"] === "number" ? String(body["nonce"]) : textOf(body["nonce"]) || undefined;
  const sent = body["enforce_nonce"] === true ? alreadySent(world, channel, nonce) : undefined;
  if (sent !== undefined) return ok(messageJson(sent, world));
  const repliesTo = referenced(world, channel, recordOf(body["message_reference"]));
  const message = createMessage(world, body, {
    channel,
    author: world.bot,
    attachments: storedFiles(context, body),
    ...(nonce === undefined ? {} : { nonce }),
    ...(repliesTo === undefined ? {} : { repliesTo }),
  });
  return ok(messageJson(message, world));
}

/** How long an enforced nonce is remembered; the documentation says "a few minutes". */
const NONCE_MEMORY_MS = 180_000;

function alreadySent(world: World, channel: Channel, nonce: string | undefined): Message | undefined {
  return [...world.messages.values()].findLast(
    (one) =>
      one.nonce === nonce &&
      one.author === world.bot &&
      one.channel === channel &&
      world.now() - one.sentAt < NONCE_MEMORY_MS,
  );
}

function referenced(world: World, channel: Channel, reference: Json): Message | undefined {
  const id = textOf(reference["message_id"]);
  if (id === "") return undefined;
  if (!botMay(channel, "ReadMessageHistory")) throw refusals.replyNeedsHistory();
  const message = world.messages.get(id);
  if (message?.channel === channel && message.onlyFor === undefined) return message;
  if (reference["fail_if_not_exists"] === false) return undefined;
  throw invalidBody([
    { path: ["message_reference"], code: "REPLIES_UNKNOWN_MESSAGE", message: "Unknown message" },
  ]);
}

function edit(context: Context): Answer {
  const { world } = context;
  const message = messageIn(context, channelOf(context));
  if (message.author !== world.bot) throw refusals.notOwnMessage();
  const body = context.body(messageBody({ kind: "channel-edit", flags: message.flags }));
  editMessage(world, message, body, storedFiles(context, body));
  return ok(messageJson(message, world));
}

function remove(context: Context): Answer {
  const channel = channelOf(context);
  const message = messageIn(context, channel);
  if (message.author !== context.world.bot) demand(channel, "ManageMessages");
  deleteMessage(context.world, message);
  return { status: 204 };
}

const threadBody = record({
  required: { name: filledText(LIMITS.threadName) },
  optional: {
    auto_archive_duration: oneOf([60, 1440, 4320, 10_080]),
    rate_limit_per_user: integer({ min: 0, max: 21_600 }),
    type: oneOf([10, 11]),
    invitable: truth,
  },
});

function startThread(context: Context): Answer {
  const { world } = context;
  const channel = channelOf(context);
  if (channel.kind !== "text" && channel.kind !== "announcement") throw refusals.wrongChannelType();
  demand(channel, "CreatePublicThreads");
  const message = messageIn(context, channel);
  const body = context.body(threadBody);
  if (message.thread !== undefined) throw refusals.threadExists();
  const archiveMinutes = Number(body["auto_archive_duration"] ?? 1440);
  const thread = addThread(world, message, { name: textOf(body["name"]), archiveMinutes });
  return { status: 201, body: channelJson(thread, world) };
}
