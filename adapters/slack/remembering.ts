import type { App, types, webApi } from "@slack/bolt";
import type { ChannelMemory, MessageRef } from "../../src/memory/channel-memory.ts";
import { papersCarried } from "../../src/bot/papers-carried.ts";
import type { Reply } from "../../src/bot/reply.ts";
import type { PostedAs } from "../../src/store/kept/postings.ts";
import type { Place } from "../../src/schedule/place.ts";
import type { Begin } from "./listening/listeners.ts";

/** A message as Slack names it. */
interface Standing {
  readonly team: string | undefined;
  readonly channel: string;
  readonly ts: string | undefined;
  readonly thread?: string | undefined;
}

const placeAt = (server: string, channel: string): Place => ({ platform: "slack", server, channel });

/** The address of a message; undefined where Slack does not tell it. */
async function linkTo(client: webApi.WebClient, channel: string, ts: string): Promise<string | undefined> {
  try {
    return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink;
  } catch {
    return undefined;
  }
}

/** Notes the papers of a message that all in a channel read; of direct conversations nothing is noted. */
export async function remember(
  memory: ChannelMemory | undefined,
  client: webApi.WebClient,
  { reply, as }: { readonly reply: Reply; readonly as: PostedAs },
  { team, channel, ts, thread }: Standing,
): Promise<void> {
  const papers = papersCarried(reply);
  if (memory === undefined || team === undefined || ts === undefined) return;
  if (channel.startsWith("D") || papers.length === 0) return;
  const place = placeAt(team, channel);
  const link = await linkTo(client, channel, ts);
  await memory.posted({
    place,
    room: place,
    message: ts,
    as,
    papers,
    ...(thread === undefined || thread === ts ? {} : { thread }),
    ...(link === undefined ? {} : { link }),
  });
}

/** The message that a reaction stands below; undefined where it is no message of a channel. */
function refOf(
  team: string,
  { item }: types.ReactionAddedEvent | types.ReactionRemovedEvent,
): MessageRef | undefined {
  return item.channel.startsWith("D") ? undefined : { room: placeAt(team, item.channel), message: item.ts };
}

/**
 * Has reactions noted, each event once: one that Slack tells again must not undo what came after it. Where the app has no
 * scope for them, none come.
 */
export function listenToReactions(
  app: App,
  memory: ChannelMemory,
  begin: Begin,
  onlyOnce: (eventId: string, work: () => Promise<void>) => Promise<void>,
): void {
  app.event("reaction_added", async ({ event, body, context }) => {
    const { team_id: teamId, event_id: id } = body;
    const ref = refOf(teamId, event);
    if (ref === undefined || event.user === context.botUserId) return;
    const by = { platform: "slack", workspace: teamId, user: event.user };
    const note = () => memory.reacted(ref, by, event.reaction);
    begin("A reaction", () => onlyOnce(id, note), { teamId });
  });
  app.event("reaction_removed", async ({ event, body }) => {
    const { team_id: teamId, event_id: id } = body;
    const ref = refOf(teamId, event);
    if (ref === undefined) return;
    const by = { platform: "slack", workspace: teamId, user: event.user };
    const note = () => memory.unreacted(ref, { by, name: event.reaction });
    begin("A reaction", () => onlyOnce(id, note), { teamId });
  });
}
