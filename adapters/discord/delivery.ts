import { createHash } from "node:crypto";
import type { Client, Message, SendableChannels } from "discord.js";
import { DiscordAPIError, RESTJSONErrorCodes } from "discord.js";
import type { InvocationMemory } from "../../src/bot/invocation-text.ts";
import type { Delivery } from "../../src/digest/courier.ts";
import type { HeldReason } from "../../src/digest/subscription.ts";
import type { Mail, Postman } from "../platform/mail.ts";
import { shortKey } from "../platform/mail.ts";
import { makePayload } from "./payload.ts";

/** Discord allows 50 requests a second over all channels (topics/rate-limits); each digest takes up to four. */
const WIDTH = 6;

/** Messages looked through for one that may have arrived (resources/message: at most 100). */
const LOOKED = 50;

/** The name of the thread for runners-up, and how long it stays open without a word, in minutes: a day. */
const THREAD = { name: "More papers of the day", autoArchiveDuration: 1440 } as const;

/** What Discord says when a channel is gone, and when the bot may not post there (topics/opcodes-and-status-codes). */
const REFUSALS: Readonly<Record<string, HeldReason>> = {
  [RESTJSONErrorCodes.UnknownChannel]: "place-missing",
  [RESTJSONErrorCodes.MissingAccess]: "not-allowed",
  [RESTJSONErrorCodes.MissingPermissions]: "not-allowed",
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: "not-allowed",
  [RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel]: "not-allowed",
};

/** The mark that a message carries for being found again: the id of its container, a positive 32-bit integer. */
function markOf(key: string): number {
  return (createHash("sha256").update(key).digest().readUInt32BE(0) & 0x7fff_fffe) + 1;
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

async function send(client: Client<true>, memory: InvocationMemory, mail: Mail): Promise<Delivery> {
  const channel = await channelOf(client, mail.place.channel);
  if (channel === undefined) return { kind: "gone", reason: "place-missing" };
  const target = mail.below === undefined ? channel : await threadBelow(channel, mail.below);
  const payload = await makePayload(mail.reply, memory, { mark: markOf(mail.key) });
  const message = await target.send({ ...payload, nonce: shortKey(mail.key), enforceNonce: true });
  return { kind: "sent", message: message.id };
}

function carries(message: Message, mark: number): boolean {
  return message.components.some((component) => component.id === mark);
}

async function lookFor(client: Client<true>, mail: Mail): Promise<string | undefined> {
  const channel = await channelOf(client, mail.place.channel);
  if (channel === undefined) return undefined;
  const inThread = mail.below === undefined || channel.isDMBased() || channel.isThread();
  const thread = inThread ? undefined : (await channel.messages.fetch(mail.below)).thread;
  // Where no thread could be made, what belongs there went into the channel.
  const messages = await (thread ?? channel).messages.fetch({ limit: LOOKED, cache: false });
  const own = messages.filter(({ author }) => author.id === client.user.id);
  return own.find((message) => carries(message, markOf(mail.key)))?.id;
}

/** Brings messages to Discord's channels. The nonce keeps a message that is sent again at once from being there twice. */
export function createPostman(clientNow: () => Client<true> | undefined, memory: InvocationMemory): Postman {
  return {
    width: WIDTH,
    async deliver(mail) {
      const client = clientNow();
      if (client === undefined) return { kind: "later" };
      try {
        return await send(client, memory, mail);
      } catch (error) {
        const reason = refusalOf(error);
        if (reason === undefined) throw error;
        return { kind: "gone", reason };
      }
    },
    async find(mail) {
      const client = clientNow();
      if (client === undefined) throw new Error("not connected to Discord");
      try {
        return await lookFor(client, mail);
      } catch (error) {
        // Where nobody may look nobody can post either, and the delivery says so.
        if (refusalOf(error) !== undefined) return undefined;
        throw error;
      }
    },
    async tell(user, text) {
      await clientNow()?.users.send(user, { content: text, allowedMentions: { parse: [] } });
    },
  };
}
