import { setTimeout as sleep } from "node:timers/promises";
import { webApi } from "@slack/bolt";
import type { InvocationMemory } from "../../src/bot/invocation-text.ts";
import type { Delivery } from "../../src/digest/courier.ts";
import type { HeldReason, Place } from "../../src/digest/subscription.ts";
import type { Mail, Postman } from "../platform/mail.ts";
import { escapeSlack } from "./escape.ts";
import { makeMessage } from "./payload.ts";

/** chat.postMessage takes about one message a second in a channel (apis/web-api/rate-limits), in milliseconds. */
const CHANNEL_GAP = 1000;

/** Channels that are served at once. A workspace takes some hundred messages a minute; a digest waits where Slack asks. */
const WIDTH = 12;

/** The type of the metadata by which a digest is found again. */
const EVENT_TYPE = "paperboy_digest";

/** Messages looked through for one that may have arrived: what Slack gives at once since 2025 (changelog of 29 May). */
const LOOKED = 15;

/** What Slack says when a channel is gone, and when the app may not post there (reference/methods/chat.postMessage). */
const REFUSALS: Readonly<Record<string, HeldReason>> = {
  channel_not_found: "place-missing",
  is_archived: "place-missing",
  not_in_channel: "not-allowed",
  restricted_action: "not-allowed",
  restricted_action_read_only_channel: "not-allowed",
  restricted_action_thread_only_channel: "not-allowed",
  messages_tab_disabled: "not-allowed",
  missing_scope: "not-allowed",
  account_inactive: "not-allowed",
  token_revoked: "not-allowed",
  invalid_auth: "not-allowed",
};

function slackError(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

/** What became of a message that Slack did not take; throws what leaves open whether it arrived. */
function failedDelivery(error: unknown): Delivery {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: "later", retryAfterMs: error.retryAfter * 1000 };
  const code = slackError(error);
  const reason = REFUSALS[code ?? ""];
  if (reason !== undefined) return { kind: "gone", reason };
  if (code === "ratelimited") return { kind: "later" };
  throw error;
}

/** The client that speaks in a workspace; undefined where the app is not installed, or not connected. */
export type ClientFor = (server: string | undefined) => Promise<webApi.WebClient | undefined>;

async function recentMessages(client: webApi.WebClient, { place, below }: Mail) {
  const asked = { channel: place.channel, include_all_metadata: true, limit: LOOKED };
  const { messages = [] } =
    below === undefined
      ? await client.conversations.history(asked)
      : await client.conversations.replies({ ...asked, ts: below });
  return messages;
}

/** The key that a message carries in its metadata. */
function keyOf(message: { readonly metadata?: unknown }): unknown {
  const metadata = message.metadata as
    { readonly event_type?: unknown; readonly event_payload?: Readonly<Record<string, unknown>> } | undefined;
  return metadata?.event_type === EVENT_TYPE ? metadata.event_payload?.["key"] : undefined;
}

/** Lets messages of one channel go a second apart, in the order in which they ask. */
function createTurns(): (channel: string) => Promise<void> {
  const free = new Map<string, number>();
  return async (channel) => {
    const now = Date.now();
    for (const [other, at] of free) if (at <= now) free.delete(other);
    const turn = Math.max(now, free.get(channel) ?? now);
    free.set(channel, turn + CHANNEL_GAP);
    if (turn > now) await sleep(turn - now);
  };
}

/** Brings messages to Slack's channels, each with its key in the metadata. */
export function createPostman(clientFor: ClientFor, memory: InvocationMemory): Postman {
  const takeTurn = createTurns();
  return {
    width: WIDTH,
    async deliver({ place, reply, key, below }) {
      const client = await clientFor(place.server);
      if (client === undefined) return { kind: "later" };
      await takeTurn(place.channel);
      try {
        const { ts } = await client.chat.postMessage({
          ...(await makeMessage(reply, memory)),
          channel: place.channel,
          ...(below === undefined ? {} : { thread_ts: below }),
          metadata: { event_type: EVENT_TYPE, event_payload: { key } },
        });
        return { kind: "sent", message: ts ?? "" };
      } catch (error) {
        return failedDelivery(error);
      }
    },
    async find(mail) {
      const client = await clientFor(mail.place.server);
      if (client === undefined) throw new Error("not connected to Slack");
      try {
        return (await recentMessages(client, mail)).find((message) => keyOf(message) === mail.key)?.ts;
      } catch (error) {
        // Where nobody may look nobody can post either, and the delivery says so.
        if (REFUSALS[slackError(error) ?? ""] !== undefined) return undefined;
        throw error;
      }
    },
    async tell(user, text, place: Place) {
      const client = await clientFor(place.server);
      await client?.chat.postMessage({ channel: user, text: escapeSlack(text) });
    },
  };
}
