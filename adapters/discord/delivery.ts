import { createHash } from "node:crypto";
import type { Client, Message, SendableChannels } from "discord.js";
import { DiscordAPIError, PermissionFlagsBits, RESTJSONErrorCodes, SnowflakeUtil } from "discord.js";
import type { Desk } from "./interactions.ts";
import { remember } from "./remembering.ts";
import type { Delivery, Found } from "../../src/schedule/courier.ts";
import type { HeldReason } from "../../src/schedule/subscription.ts";
import type { Posting, Postman } from "../platform/postman.ts";
import { CLOCKS_APART, shortKey, textsIn } from "../platform/postman.ts";
import { makePayload } from "./drawing/payload.ts";

/** Discord allows 50 requests a second over all channels (topics/rate-limits); each digest takes up to four. */
const WIDTH = 6;

/** Messages looked through at once for one that may have arrived (resources/message: at most 100), and how often. */
const LOOKED = 100;
const PAGES = 10;

/** The name of the thread for runners-up, and how long it stays open without a word, in minutes: a day. */
const THREAD = { name: "More papers of the day", autoArchiveDuration: 1440 } as const;

/** What Discord says when a channel is gone, and when the bot may not post there (topics/opcodes-and-status-codes). */
const REFUSALS: Readonly<Record<string, HeldReason>> = {
  [RESTJSONErrorCodes.UnknownChannel]: "place-missing",
  // The message that others belong below was deleted.
  [RESTJSONErrorCodes.UnknownMessage]: "place-missing",
  [RESTJSONErrorCodes.MissingAccess]: "not-allowed",
  [RESTJSONErrorCodes.MissingPermissions]: "not-allowed",
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: "not-allowed",
  [RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel]: "not-allowed",
};

/** Marks are greater than the numbers that Discord gives to components by itself (components/reference: from 1 on). */
const LEAST_MARK = 0x1_0000;

/** Whether a message was brought by itself, rather than as an answer that buttons may change in place. */
export function isPosted(message: Message): boolean {
  return message.components.some(({ id = 0 }) => id >= LEAST_MARK);
}

/** The mark that a message carries for being found again: the id of its container, a positive 32-bit integer. */
function markOf(key: string): number {
  return (createHash("sha256").update(key).digest().readUInt32BE(0) & 0x7fff_ffff) | LEAST_MARK;
}

function refusalOf(error: unknown): HeldReason | undefined {
  return error instanceof DiscordAPIError ? REFUSALS[String(error.code)] : undefined;
}

async function channelOf(client: Client, id: string): Promise<SendableChannels | undefined> {
  const channel = await client.channels.fetch(id);
  return channel?.isSendable() === true ? channel : undefined;
}

/** The thread below a message, made where it is missing; the channel itself where the bot can have no thread. */
async function threadBelow(channel: SendableChannels, messageId: string): Promise<SendableChannels> {
  if (channel.isDMBased() || channel.isThread()) return channel;
  const message = await channel.messages.fetch(messageId);
  if (message.thread !== null) return message.thread;
  return message.startThread(THREAD).catch((error: unknown) => {
    if (refusalOf(error) === undefined) throw error;
    return channel;
  });
}

/** What messages are brought with. */
type PostmanParts = Pick<Desk, "memory" | "channels">;

async function send(
  client: Client<true>,
  { memory, channels }: PostmanParts,
  posting: Posting,
): Promise<Delivery> {
  const channel = await channelOf(client, posting.place.channel);
  if (channel === undefined) return { kind: "gone", reason: "place-missing" };
  const target = posting.below === undefined ? channel : await threadBelow(channel, posting.below);
  const payload = await makePayload(posting.reply, memory, { mark: markOf(posting.key) });
  const message = await target.send({ ...payload, nonce: shortKey(posting.key), enforceNonce: true });
  await remember(channels, posting.reply, posting.as, message);
  return { kind: "sent", message: message.id };
}

function carries(message: Message, mark: number): boolean {
  return message.components.some((component) => component.id === mark);
}

/** What a message is looked for by. */
type Looked = Parameters<Postman["find"]>[0];

/** The message with the mark of a posting among all in a channel since its time, page by page, the oldest first. */
async function searchSince(
  channel: SendableChannels,
  posting: Looked,
  isOwn: (message: Message) => boolean,
): Promise<Message | undefined> {
  let after = String(SnowflakeUtil.generate({ timestamp: posting.since.getTime() - CLOCKS_APART }));
  for (let page = 0; page < PAGES; page++) {
    const messages = await channel.messages.fetch({ limit: LOOKED, after, cache: false });
    const found = messages.find((message) => isOwn(message) && carries(message, markOf(posting.key)));
    if (found !== undefined) return found;
    if (messages.size < LOOKED) return undefined;
    after = [...messages.keys()].reduce((last, id) => (BigInt(id) > BigInt(last) ? id : last), after);
  }
  throw new Error(`more than ${PAGES * LOOKED} messages stand in the channel since the digest was due`);
}

/** Without this permission Discord shows a channel as empty, which says nothing. */
function mustSeeHistory(channel: SendableChannels, client: Client<true>): void {
  if (channel.isDMBased()) return;
  const permissions = channel.permissionsFor(client.user);
  if (permissions?.has(PermissionFlagsBits.ReadMessageHistory) !== true)
    throw new Error(
      "Read Message History is missing in the channel, so nobody knows whether a digest arrived",
    );
}

async function lookFor(
  client: Client<true>,
  { channels }: PostmanParts,
  posting: Looked,
): Promise<Found | undefined> {
  const channel = await channelOf(client, posting.place.channel);
  if (channel === undefined) return undefined;
  mustSeeHistory(channel, client);
  const inThread = posting.below === undefined || channel.isDMBased() || channel.isThread();
  const thread = inThread ? undefined : (await channel.messages.fetch(posting.below)).thread;
  // Where no thread could be made, what belongs there went into the channel.
  const found = await searchSince(thread ?? channel, posting, ({ author }) => author.id === client.user.id);
  if (found === undefined) return undefined;
  if (posting.reply !== undefined) await remember(channels, posting.reply, posting.as ?? "digest", found);
  return { message: found.id, texts: textsIn(found.components.map((one) => one.toJSON())) };
}

/** Brings messages to Discord's channels. The nonce keeps a message that is sent again at once from being there twice. */
export function createPostman(clientNow: () => Client<true> | undefined, parts: PostmanParts): Postman {
  return {
    width: WIDTH,
    ready: () => clientNow() !== undefined,
    async deliver(posting) {
      const client = clientNow();
      if (client === undefined) return { kind: "later" };
      try {
        return await send(client, parts, posting);
      } catch (error) {
        const reason = refusalOf(error);
        if (reason === undefined) throw error;
        return { kind: "gone", reason };
      }
    },
    async find(posting) {
      const client = clientNow();
      if (client === undefined) throw new Error("not connected to Discord");
      try {
        return await lookFor(client, parts, posting);
      } catch (error) {
        // Where the channel is gone nothing can be posted either, and the delivery says so.
        if (refusalOf(error) === "place-missing") return undefined;
        throw error;
      }
    },
    async tell(user, text) {
      await clientNow()?.users.send(user, { content: text, allowedMentions: { parse: [] } });
    },
  };
}
