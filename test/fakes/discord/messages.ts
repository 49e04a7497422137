import { allComponents, displayTexts } from "./checks/components.ts";
import { embedTexts } from "./checks/embeds.ts";
import { breaksServer, isEmptyMessage } from "./checks/message.ts";
import { invalidBody, refusals } from "./api-error.ts";
import { FLAGS, has } from "./flags.ts";
import { numberOf, recordsOf, textOf, type Json } from "./json.ts";
import { botSees } from "./permissions.ts";
import { pingsOf } from "./pings.ts";
import { messageEvent } from "./wire.ts";
import { type Channel, type Interaction, type Message, type User, type World } from "./world.ts";

/** Where a new message comes from; everything that its body does not say. */
export interface Origin {
  readonly channel: Channel;
  readonly author: User;
  readonly interaction?: Interaction;
  readonly repliesTo?: Message;
  readonly onlyFor?: User;
  readonly nonce?: string;
  readonly attachments?: readonly Json[];
}

/** Stores a checked body as a new message of the bot and announces it. Blank bodies are refused (50006). */
export function createMessage(world: World, body: Json, origin: Origin): Message {
  const flags = numberOf(body["flags"]);
  const attachments = [...(origin.attachments ?? [])];
  if (!has(flags, FLAGS.loading) && isEmptyMessage({ ...body, attachments })) throw refusals.emptyMessage();
  if (breaksServer(body)) throw refusals.serverError();
  refuseLostFiles(body["components"], attachments);
  const components = numbered(recordsOf(body["components"]));
  const content = textOf(body["content"]);
  const message: Message = {
    id: world.newId(),
    channel: origin.channel,
    author: origin.author,
    sentAt: world.now(),
    interaction: origin.interaction,
    onlyFor: origin.onlyFor,
    repliesTo: origin.repliesTo,
    nonce: origin.nonce,
    content,
    embeds: recordsOf(body["embeds"]),
    components,
    attachments,
    flags,
    pings: pingsOf(world, {
      channel: origin.channel,
      content,
      components,
      allowed: body["allowed_mentions"],
      through: origin.interaction === undefined ? "channel" : "interaction",
      repliesTo: origin.repliesTo,
    }),
    editedAt: undefined,
    edits: 0,
    deleted: false,
    thread: undefined,
  };
  announce(world, message);
  return message;
}

/** 50035 where a component names a file that is not attached: components/reference#uploading-a-file. */
function refuseLostFiles(components: unknown, attachments: readonly Json[]): void {
  const there = new Set(attachments.map((one) => one["filename"]));
  for (const [, name = ""] of JSON.stringify(components ?? []).matchAll(/"attachment:\/\/([^"]+)"/g)) {
    if (there.has(name)) continue;
    const message = `The referenced attachment was not found: ${name}`;
    throw invalidBody([
      { path: ["components"], code: "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message },
    ]);
  }
}

/** Stores a message and sends MESSAGE_CREATE, unless only one person sees it. */
export function announce(world: World, message: Message): void {
  world.messages.set(message.id, message);
  if (isHeard(message)) world.emit("MESSAGE_CREATE", messageEvent(message, world));
}

/**
 * Applies a checked edit. What the body leaves out stays, null clears. The edit that fills a deferred response pings
 * as a new message does; later edits notify nobody.
 */
export function editMessage(world: World, message: Message, body: Json, files: readonly Json[] = []): void {
  const next = {
    content: merged(body, "content", message.content),
    embeds: merged(body, "embeds", message.embeds),
    components: merged(body, "components", message.components),
    attachments: [...keptAttachments(body, message), ...files],
  };
  refuseLegacyParts(next, message.flags | numberOf(body["flags"]));
  if (isEmptyMessage(next)) throw refusals.emptyMessage();
  if (breaksServer(next)) throw refusals.serverError();
  refuseLostFiles(next.components, next.attachments);
  const fills = has(message.flags, FLAGS.loading);
  message.content = textOf(next.content);
  message.embeds = recordsOf(next.embeds);
  message.components = numbered(recordsOf(next.components));
  message.attachments = next.attachments;
  message.flags = (message.flags & ~FLAGS.loading) | numberOf(body["flags"]);
  if (fills) {
    const { channel, content, components, repliesTo } = message;
    const allowed = body["allowed_mentions"];
    message.pings = pingsOf(world, {
      channel,
      content,
      components,
      allowed,
      through: "interaction",
      repliesTo,
    });
  } else message.editedAt = world.now();
  message.edits++;
  if (isHeard(message)) world.emit("MESSAGE_UPDATE", messageEvent(message, world));
}

/** Takes a message away and tells the app. */
export function deleteMessage(world: World, message: Message): void {
  message.deleted = true;
  world.messages.delete(message.id);
  const guild = message.channel.guild === undefined ? {} : { guild_id: message.channel.guild.id };
  if (isHeard(message)) {
    world.emit("MESSAGE_DELETE", { id: message.id, channel_id: message.channel.id, ...guild });
  }
}

/** Everything a reader sees of a message as text, in order: content, text displays, embeds. */
export function shownText(message: Message): string {
  return [message.content, ...displayTexts(message.components), ...message.embeds.flatMap(embedTexts)]
    .filter((part) => part !== "")
    .join("\n");
}

/** Whether the gateway tells the app about a message: not of ephemeral ones, nor of places it cannot see. */
function isHeard(message: Message): boolean {
  return !has(message.flags, FLAGS.ephemeral) && botSees(message.channel);
}

function merged(body: Json, key: string, old: unknown): unknown {
  return body[key] === undefined ? old : body[key];
}

/** A message made one of components v2 must lose its content and embeds in the same edit. */
function refuseLegacyParts(next: Json, flags: number): void {
  if (!has(flags, FLAGS.componentsV2)) return;
  const left = ["content", "embeds"].filter(
    (key) => next[key] !== "" && next[key] !== null && !isNone(next[key]),
  );
  if (left.length === 0) return;
  const code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
  const words = "field cannot be used when using MessageFlags.IS_COMPONENTS_V2";
  throw invalidBody(left.map((key) => ({ path: [key], code, message: `The '${key}' ${words}` })));
}

function isNone(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function keptAttachments(body: Json, message: Message): Json[] {
  if (!Array.isArray(body["attachments"])) return message.attachments;
  const kept = new Set(recordsOf(body["attachments"]).map((one) => one["id"]));
  return message.attachments.filter((one) => kept.has(one["id"]));
}

/** The tree with an id on every component, as Discord numbers those that came without. */
function numbered(tree: readonly Json[]): Json[] {
  const copy = structuredClone([...tree]);
  const all = allComponents(copy);
  const taken = new Set(all.map((component) => component["id"]));
  let next = 1;
  for (const component of all) {
    if (typeof component["id"] === "number" && component["id"] > 0) continue;
    while (taken.has(next)) next++;
    component["id"] = next++;
  }
  return copy;
}
