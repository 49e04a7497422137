import type { BlockAction, RespondFn } from "@slack/bolt";
import { webApi } from "@slack/bolt";
import type { Caller } from "../../../src/bot/command.ts";
import { expand } from "../../../src/bot/line/invocation-text.ts";
import type { Invocation, Reply } from "../../../src/bot/reply.ts";
import { answer, textCard } from "../../../src/bot/reply.ts";
import { shareOf, standsBeside } from "../../platform/cards.ts";
import { outdated } from "../../platform/platform.ts";
import type { Desk } from "./desk.ts";
import { callerAt } from "../caller.ts";
import { bringPicture } from "../files.ts";
import { remember } from "../remembering.ts";
import { makeMessage, makeModal } from "../drawing/payload.ts";
import { ACTIONS, STAYS } from "../drawing/render.ts";
import { send } from "./respond.ts";

/** A button pressed or an option chosen, and the ways to answer. */
export interface Press {
  readonly body: BlockAction;
  readonly respond: RespondFn;
  readonly client: webApi.WebClient;
}

/** Who pressed, and where. */
const presser = ({ body, client }: Press): Caller =>
  callerAt({ user: body.user.id, team: body.team?.id, channel: body.channel?.id, client });

/** The text behind what was pressed. */
function pressedText({ body }: Press): string {
  const [action] = body.actions;
  if (action?.type === "button") return action.value ?? "";
  return action?.type === "static_select" ? action.selected_option.value : "";
}

/** Whether only the person who pressed sees the message: it is private, or in a direct conversation with the bot. */
function isPrivate({ container, channel, actions }: BlockAction): boolean {
  if (container["is_ephemeral"] === true) return true;
  const stays = actions[0]?.action_id.endsWith(STAYS) === true;
  return (channel?.id ?? "").startsWith("D") && !stays;
}

/** The thread that the message stands in. */
function threadOf({ container }: BlockAction): { readonly thread_ts?: string } {
  const thread: unknown = container["thread_ts"];
  return typeof thread === "string" ? { thread_ts: thread } : {};
}

/** Slack's words for a channel in which the bot itself may not speak (reference/methods/chat.postMessage). */
const CLOSED = new Set(["not_in_channel", "channel_not_found", "is_archived", "restricted_action"]);

/** Posts a message where the bot may; its time, or undefined where it may not and nothing was posted. */
async function post(
  { body, client }: Press,
  message: Awaited<ReturnType<typeof makeMessage>>,
): Promise<string | undefined> {
  const channel = body.channel?.id;
  if (channel === undefined) return undefined;
  try {
    return (await client.chat.postMessage({ ...message, ...threadOf(body), channel })).ts;
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError && CLOSED.has(error.data.error)) return undefined;
    throw error;
  }
}

/** Shows an answer to all in the channel: as a message of the bot, or where it is no member by the button's own way. */
async function share(
  { bot, memory, ended, channels }: Desk,
  press: Press,
  invocation: Invocation,
): Promise<void> {
  const { body, respond, client } = press;
  const reply = await bot.handle({ ...invocation, caller: presser(press) });
  const message = await makeMessage(reply, memory, { sharedBy: body.user.id });
  const ts = await post(press, message);
  if (ts !== undefined) {
    const where = {
      team: body.team?.id,
      channel: body.channel?.id ?? "",
      ts,
      thread: threadOf(body).thread_ts,
    };
    await remember(channels, client, { reply, as: "share" }, where);
    await bringPicture(client, reply.picture, { channel: where.channel, thread: where.thread ?? ts });
    return;
  }
  const place = { ...threadOf(body), response_type: "in_channel", replace_original: false } as const;
  await send(respond, { ...message, ...place }, ended);
}

/** Under a message for all the answer is private; a private message is changed in place, and so is a modal. */
async function showReply(
  { memory, ended, apart }: Desk,
  press: Press,
  reply: Reply,
  beside = false,
): Promise<void> {
  const { body, respond } = press;
  const client = apart(press.client, body.team?.id);
  if (body.view?.type === "modal") {
    await client.views.update({ view_id: body.view.id, view: await makeModal(reply, memory) });
  } else if (body.view !== undefined) {
    await client.views.open({ trigger_id: body.trigger_id, view: await makeModal(reply, memory) });
  } else if (isPrivate(body) && !beside) {
    const showing = body.container["is_ephemeral"] === true ? shareOf(reply) : {};
    await send(respond, { ...(await makeMessage(reply, memory, showing)), replace_original: true }, ended);
  } else {
    const message = await makeMessage(reply, memory, shareOf(reply));
    const place = { ...threadOf(body), response_type: "ephemeral", replace_original: false } as const;
    await send(respond, { ...message, ...place }, ended);
  }
}

/** Answers a press of one of our buttons or menus. */
export async function answerPress(desk: Desk, press: Press): Promise<void> {
  const { body } = press;
  const invocation = await expand(pressedText(press), desk.memory);
  if (invocation === undefined) {
    const text = outdated("/paper search curriculum learning");
    await showReply(desk, press, answer({ summary: text, tone: "mistake", cards: [textCard(text)] }));
  } else if (body.actions[0]?.action_id === ACTIONS.share) {
    await share(desk, press, invocation);
  } else {
    const reply = await desk.bot.handle({ ...invocation, caller: presser(press) });
    await showReply(desk, press, reply, standsBeside(desk.bot, invocation));
  }
}
