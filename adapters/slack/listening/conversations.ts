import type { webApi } from "@slack/bolt";
import type { Desk } from "./desk.ts";
import { callerAt } from "../caller.ts";
import { bringPicture } from "../files.ts";
import { attach, withFiles } from "./attachments.ts";
import { makeMessage } from "../drawing/payload.ts";
import { remember } from "../remembering.ts";
import { readMention } from "./read-text.ts";

/** What somebody said to the bot. */
export interface Said {
  readonly user: string;
  readonly team: string | undefined;
  readonly channel: string;
  readonly text: string;
  /** The message, and the thread it stands in; by their times. */
  readonly ts: string;
  readonly thread_ts?: string | undefined;
}

/** Answers a mention or a direct message in its thread. */
export async function answerSaid(
  desk: Desk,
  client: webApi.WebClient,
  said: Said,
  botUserId: string,
): Promise<void> {
  const { bot, memory, channels } = desk;
  const caller = withFiles(callerAt({ ...said, client }));
  const heard = said.channel.startsWith("D") ? caller : { ...caller, overheard: true as const };
  const answered = await bot.handleLine(readMention(said.text, botUserId), heard);
  const thread = said.thread_ts ?? said.ts;
  const to = { channel: said.channel, thread };
  const reply = await attach(desk, { reply: answered, caller: heard, client }, to);
  const message = await makeMessage(reply, memory);
  const { ts } = await client.chat.postMessage({ ...message, channel: said.channel, thread_ts: thread });
  await remember(channels, client, { reply, as: "answer" }, { ...said, ts, thread });
  await bringPicture(client, reply.picture, to);
}

/** A message event that is somebody's words; undefined for edits, other bots, and what Slack itself says. */
export function readMessageEvent(event: Readonly<Record<string, unknown>>): Said | undefined {
  const { user, channel, text, ts, thread_ts, subtype, bot_id, channel_type } = event;
  const said = subtype === undefined || subtype === "file_share" || subtype === "thread_broadcast";
  if (!said || bot_id !== undefined || channel_type !== "im") return undefined;
  if (typeof user !== "string" || typeof channel !== "string" || typeof ts !== "string") return undefined;
  return {
    user,
    team: typeof event["team"] === "string" ? event["team"] : undefined,
    channel,
    ts,
    text: typeof text === "string" ? text : "",
    ...(typeof thread_ts === "string" ? { thread_ts } : {}),
  };
}
