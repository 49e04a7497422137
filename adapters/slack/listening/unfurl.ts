import type { types, webApi } from "@slack/bolt";
import type { Reply } from "../../../src/bot/reply.ts";
import type { Desk } from "./desk.ts";
import { somebodyIn } from "./desk.ts";
import { remember } from "../remembering.ts";
import { makeMessage } from "../drawing/payload.ts";

/** A message with this many links or more is a list of its own; cards would bury it. */
const TOO_MANY = 3;

/** How long the same paper is not shown again in a channel, in milliseconds: 30 minutes. */
const QUIET = 30 * 60 * 1000;

/**
 * Puts a card below links to papers of the corpus, with the manners that people know from GitHub's app: none where
 * there are three or more links, and none for a paper that was shown in the channel in the last 30 minutes.
 */
export async function unfurlLinks(
  { bot, memory, once, channels }: Desk,
  client: webApi.WebClient,
  event: types.LinkSharedEvent & { readonly team: string },
): Promise<void> {
  if (event.links.length >= TOO_MANY) return;
  const isDraft = event.source === "composer";
  // Whoever writes a draft has it in no channel yet.
  const caller = somebodyIn(event.user, event.team, event.channel);
  const unfurls: Record<string, { blocks: types.KnownBlock[] }> = {};
  const shown: Reply[] = [];
  for (const { url } of event.links) {
    const args = { paper: url, card: "preview" };
    const reply = await bot.handle({ command: "show", args, caller });
    const id = reply.data[0]?.["id"];
    if (reply.tone !== "plain" || reply.data.length !== 1 || typeof id !== "string") continue;
    // A draft is shown to its writer alone.
    const isNew = isDraft || (await once.claim(`slack:unfurl:${event.channel}:${id}`, QUIET));
    if (!isNew) continue;
    unfurls[url] = { blocks: (await makeMessage(reply, memory)).blocks };
    shown.push(reply);
  }
  if (Object.keys(unfurls).length === 0) return;
  await client.chat.unfurl({
    ...(isDraft && event.unfurl_id !== undefined
      ? { unfurl_id: event.unfurl_id, source: "composer" as const }
      : { channel: event.channel, ts: event.message_ts }),
    unfurls,
  });
  if (isDraft) return;
  const { team, channel, message_ts: ts, thread_ts: thread } = event;
  for (const reply of shown)
    await remember(channels, client, { reply, as: "link" }, { team, channel, ts, thread });
}
