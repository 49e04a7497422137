import { setTimeout as sleep } from "node:timers/promises";
import { webApi } from "@slack/bolt";
import type { InvocationMemory } from "../../src/bot/line/invocation-text.ts";
import type { Delivery, Found } from "../../src/schedule/courier.ts";
import type { HeldReason } from "../../src/schedule/subscription.ts";
import type { Place } from "../../src/schedule/place.ts";
import type { Postman } from "../platform/postman.ts";
import { CLOCKS_APART, textsIn } from "../platform/postman.ts";
import type { ChannelMemory } from "../../src/memory/channel-memory.ts";
import { remember } from "./remembering.ts";
import { escapeSlack } from "./drawing/escape.ts";
import { makeMessage } from "./drawing/payload.ts";

/** chat.postMessage takes about one message a second in a channel (apis/web-api/rate-limits), in milliseconds. */
const CHANNEL_GAP = 1000;

/** Channels that are served at once. A workspace takes some hundred messages a minute; a digest waits where Slack asks. */
const WIDTH = 12;

/** The type of the metadata by which a digest is found again. */
const EVENT_TYPE = "paperboy_digest";

/** Messages looked through at once for one that may have arrived, and how often: some apps get 15 at most (changelog of 29 May 2025). */
const LOOKED = 100;
const PAGES = 10;

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

/** Errors of Slack's own, after which a message may have arrived (reference/methods/chat.postMessage). */
const OPEN = new Set(["internal_error", "fatal_error", "request_timeout", "service_unavailable"]);

/** The wait after any other error of Slack: somebody has to mend something, in milliseconds. */
const UNKNOWN_WAIT = 10 * 60_000;

function slackError(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

/** What became of a message that Slack did not take; throws what leaves open whether it arrived. */
function failedDelivery(error: unknown): Delivery {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: "later", retryAfterMs: error.retryAfter * 1000 };
  const code = slackError(error);
  if (code === undefined || OPEN.has(code)) throw error;
  const reason = REFUSALS[code];
  return reason === undefined ? { kind: "later", retryAfterMs: UNKNOWN_WAIT } : { kind: "gone", reason };
}

/** The client that speaks in a workspace, or why there is none. */
export type ClientFor = (
  server: string | undefined,
) => Promise<webApi.WebClient | "not-connected" | "not-installed">;

/** What a message is looked for by. */
type Looked = Parameters<Postman["find"]>[0];

/** A page of the messages of a channel or thread since a time, and where the next page begins. */
async function messagesSince(client: webApi.WebClient, { place, below, since }: Looked, cursor: string) {
  const asked = {
    channel: place.channel,
    include_all_metadata: true,
    limit: LOOKED,
    oldest: String((since.getTime() - CLOCKS_APART) / 1000),
    ...(cursor === "" ? {} : { cursor }),
  };
  const { messages = [], response_metadata } =
    below === undefined
      ? await client.conversations.history(asked)
      : await client.conversations.replies({ ...asked, ts: below });
  return { messages, next: response_metadata?.next_cursor ?? "" };
}

/** The message with the key of a posting, among all since its time. */
async function lookFor(client: webApi.WebClient, posting: Looked): Promise<Found | undefined> {
  let cursor = "";
  for (let page = 0; page < PAGES; page++) {
    const { messages, next } = await messagesSince(client, posting, cursor);
    const found = messages.find((message) => keyOf(message) === posting.key);
    if (found?.ts !== undefined) return { message: found.ts, texts: textsIn(found.blocks) };
    if (next === "") return undefined;
    cursor = next;
  }
  throw new Error(`more than ${PAGES * LOOKED} messages stand in the channel since the digest was due`);
}

/** The key that a message carries in its metadata. */
function keyOf(message: { readonly metadata?: unknown }): unknown {
  const metadata = message.metadata as
    { readonly event_type?: unknown; readonly event_payload?: Readonly<Record<string, unknown>> } | undefined;
  return metadata?.event_type === EVENT_TYPE ? metadata.event_payload?.["key"] : undefined;
}

/** Lets messages of one channel go a second apart, in the order in which they ask. */
function createTurns(): (channel: string, ended: AbortSignal) => Promise<void> {
  const free = new Map<string, number>();
  return async (channel, ended) => {
    const now = Date.now();
    for (const [other, at] of free) if (at <= now) free.delete(other);
    const turn = Math.max(now, free.get(channel) ?? now);
    free.set(channel, turn + CHANNEL_GAP);
    if (turn > now) await sleep(turn - now, undefined, { signal: ended }).catch(() => undefined);
  };
}

/** What messages are brought with. */
export interface PostmanParts {
  readonly memory: InvocationMemory;
  /** What channels remember; undefined: nothing. */
  readonly channels: ChannelMemory | undefined;
  readonly ended: AbortSignal;
  /** Tells that the token of a workspace has expired; whether it can be renewed. */
  readonly expired: (server: string | undefined) => Promise<boolean>;
}

/** Brings messages to Slack's channels, each with its key in the metadata. */
export function createPostman(
  clientFor: ClientFor,
  ready: () => boolean,
  { memory, channels, ended, expired }: PostmanParts,
): Postman {
  const takeTurn = createTurns();
  return {
    width: WIDTH,
    ready,
    async deliver({ place, reply, as, key, below }) {
      const client = await clientFor(place.server);
      if (client === "not-connected") return { kind: "later" };
      if (client === "not-installed") return { kind: "gone", reason: "not-allowed" };
      await takeTurn(place.channel, ended);
      if (ended.aborted) return { kind: "later" };
      try {
        const { ts } = await client.chat.postMessage({
          ...(await makeMessage(reply, memory, { stays: true })),
          channel: place.channel,
          ...(below === undefined ? {} : { thread_ts: below }),
          metadata: { event_type: EVENT_TYPE, event_payload: { key } },
        });
        const where = { team: place.server, channel: place.channel, ts, thread: below };
        await remember(channels, client, { reply, as }, where);
        return { kind: "sent", message: ts ?? "" };
      } catch (error) {
        // It was not taken, and the next try is made with a new token.
        const isRenewable = slackError(error) === "token_expired" && (await expired(place.server));
        return isRenewable ? { kind: "later", retryAfterMs: CHANNEL_GAP } : failedDelivery(error);
      }
    },
    async find(posting) {
      const client = await clientFor(posting.place.server);
      if (typeof client === "string") throw new Error("not connected to Slack");
      try {
        const found = await lookFor(client, posting);
        const { place, reply, as = "digest", below } = posting;
        const where = { team: place.server, channel: place.channel, ts: found?.message, thread: below };
        if (reply !== undefined) await remember(channels, client, { reply, as }, where);
        return found;
      } catch (error) {
        // Where there is no channel, or the bot is not in it, nothing can be posted either, and the delivery says so.
        const code = slackError(error) ?? "";
        if (code === "channel_not_found" || code === "not_in_channel") return undefined;
        if (code === "token_expired") await expired(posting.place.server);
        throw error;
      }
    },
    async tell(user, text, place: Place) {
      const client = await clientFor(place.server);
      if (typeof client === "string") return;
      await client.chat.postMessage({ channel: user, text: escapeSlack(text) });
    },
  };
}
