import { ClientRefusal } from "./controls.ts";
import { deliver, newTrigger, type Stage } from "./courier.ts";
import type { Events } from "./events.ts";
import type { Exchange } from "./exchange.ts";
import { needGrant } from "./grants.ts";
import type { Json } from "./json.ts";
import { addMessage } from "./messages.ts";
import { escapeText, typedText } from "./mrkdwn.ts";
import { responseUrl } from "./interaction-payload.ts";
import type { Forgery } from "./transport.ts";
import { homeOf } from "./views.ts";
import { messageJson, viewJson } from "./wire.ts";
import {
  directChannel,
  newId,
  newTs,
  workspaceOf,
  type Channel,
  type Message,
  type Person,
  type World,
} from "./world.ts";

interface Speaking {
  readonly user: Person;
  /** As the person types it. */
  readonly text: string;
  readonly forge?: Forgery;
}

/** What people say and do where the app listens. */
export interface Doings {
  /** A slash command; `text` is all of it: `/paper search attention`. */
  command(act: Speaking & { channel: Channel; shouldEscape?: boolean }): Promise<Exchange>;
  /** A message that mentions the bot; `text` is what follows the mention. */
  mention(act: Speaking & { channel: Channel; threadTs?: string }): Promise<Exchange & { message: Message }>;
  /** A direct message to the bot. */
  direct(act: Speaking & { threadTs?: string }): Promise<Exchange & { message: Message }>;
  /** Someone looks at the app: its Home tab, or its direct messages. */
  openHome(act: { user: Person; tab?: "home" | "messages"; forge?: Forgery }): Promise<Exchange>;
  /** Links in a message that was sent, or in one still being composed. */
  shareLinks(act: Sharing): Promise<Exchange>;
  /** An emoji below a message, or its end. Slack tells of it where the app is a member, whoever wrote the message. */
  react(act: { user: Person; message: Message; name: string; gone?: boolean }): Promise<Exchange>;
  /** Any other event. */
  event(
    type: string,
    fields?: Json,
    about?: { teamId?: string; channel?: Channel; forge?: Forgery },
  ): Promise<Exchange>;
  /** A message that tells the app nothing, to be acted on later. */
  say(act: { user: Person; channel: Channel; text: string; threadTs?: string }): Message;
}

interface Sharing {
  readonly user: Person;
  readonly channel: Channel;
  readonly links: readonly string[];
  readonly composing?: boolean;
  readonly threadTs?: string;
  readonly forge?: Forgery;
}

/** The doings of the people of one fake Slack. */
export function createDoings(stage: Stage, events: Events): Doings {
  const { world } = stage;
  return {
    command: (act) => command(stage, act),
    mention: ({ text, ...act }) => {
      const { botUser } = workspaceOf(world, act.user.teamId);
      const said = `<@${botUser.id}> ${typedText(text)}`.trim();
      return spoken(stage, events, { ...act, said, type: "app_mention" });
    },
    direct: ({ text, ...act }) => {
      const channel = directChannel(world, act.user);
      return spoken(stage, events, { ...act, channel, said: typedText(text), type: "message" });
    },
    openHome: ({ user, tab = "home", forge }) => {
      const view = tab === "home" ? homeOf(world, user.id) : undefined;
      const channel = directChannel(world, user);
      const shown = view === undefined ? {} : { view: viewJson(world, view) };
      const fields = { user: user.id, channel: channel.id, tab, ...shown };
      return events.tell({ type: "app_home_opened", teamId: user.teamId, fields, channel, forgery: forge });
    },
    shareLinks: (act) => shareLinks(stage, events, act),
    react: ({ user, message, name, gone = false }) => {
      const { channel, ts } = message;
      if (!channel.members.has(workspaceOf(world, user.teamId).botUser.id))
        throw new ClientRefusal("Slack tells of reactions only where the app is a member");
      const fields = {
        user: user.id,
        reaction: name,
        item: { type: "message", channel: channel.id, ts },
        ...(message.user === undefined ? {} : { item_user: message.user }),
      };
      const type = gone ? "reaction_removed" : "reaction_added";
      return events.tell({ type, teamId: user.teamId, fields, channel });
    },
    event: (type, fields = {}, { teamId, channel, forge } = {}) => {
      const team = teamId ?? channel?.teamId ?? world.workspaces[0]?.id ?? "";
      return events.tell({ type, teamId: team, fields, channel, forgery: forge });
    },
    say: (act) => say(world, { ...act, said: typedText(act.text) }),
  };
}

/** Interactivity/implementing-slash-commands: all values are texts. */
function command(
  stage: Stage,
  { user, channel, text, shouldEscape = true, forge }: Parameters<Doings["command"]>[0],
): Promise<Exchange> {
  const { world } = stage;
  const [name = "", ...rest] = text.split(" ");
  if (!/^\/[^\s/]+$/.test(name))
    throw new Error(`"${text}" is no command: say all of it, such as /paper help`);
  needGrant(world, user.teamId, "commands");
  const exchangeId = newId("x");
  const url = responseUrl(stage, { exchangeId, channel, user: user.id, source: undefined });
  const said = rest.join(" ").trim();
  const payload = {
    token: world.app.token,
    team_id: user.teamId,
    team_domain: workspaceOf(world, user.teamId).domain,
    channel_id: channel.id,
    channel_name: channel.kind === "private" ? "privategroup" : channel.name,
    user_id: user.id,
    user_name: user.name,
    command: name,
    text: shouldEscape ? withIds(world, user.teamId, said) : escapeText(said),
    api_app_id: world.app.id,
    is_enterprise_install: "false",
    ...(url === undefined ? {} : { response_url: url }),
    trigger_id: newTrigger(world, { teamId: user.teamId, user: user.id, exchangeId, view: undefined }),
  };
  const forged = forge === undefined ? {} : { forgery: forge };
  const label = text.slice(0, 60);
  const kind = "slash_commands";
  return deliver(stage, { id: exchangeId, kind, payload, label, acceptsPayload: true, channel, ...forged });
}

/** Names of people and channels as ids, as a command with `should_escape` carries them. */
function withIds(world: World, teamId: string, text: string): string {
  const people = [...world.people.values()].filter((one) => one.teamId === teamId);
  const channels = [...world.channels.values()].filter((one) => one.teamId === teamId && one.kind !== "im");
  return typedText(text)
    .replaceAll(/@([\w.-]+)/g, (written: string, name: string) => {
      const person = people.find((one) => one.name === name);
      return person === undefined ? written : `<@${person.id}|${name}>`;
    })
    .replaceAll(/#([\w-]+)/g, (written: string, name: string) => {
      const channel = channels.find((one) => one.name === name);
      return channel === undefined ? written : `<#${channel.id}|${name}>`;
    });
}

interface Said {
  readonly user: Person;
  readonly channel: Channel;
  readonly said: string;
  readonly threadTs?: string;
}

function say(world: World, { user, channel, said, threadTs }: Said): Message {
  return addMessage(
    world,
    { channel, user: user.id, from: "person", via: "person", threadTs },
    { text: said },
  );
}

async function spoken(
  stage: Stage,
  events: Events,
  { type, forge, ...act }: Said & { type: "app_mention" | "message"; forge?: Forgery },
): Promise<Exchange & { message: Message }> {
  const { world } = stage;
  const message = say(world, act);
  const { user, channel, said } = act;
  const spans = { type: "rich_text_section", elements: [{ type: "text", text: said }] };
  const fields = {
    ...messageJson(world, message),
    type,
    client_msg_id: newId("m"),
    blocks: [{ type: "rich_text", block_id: "b0", elements: [spans] }],
    channel: channel.id,
    event_ts: message.ts,
    ...(type === "message" ? { channel_type: channel.kind === "im" ? "im" : "channel" } : {}),
  };
  const exchange = await events.tell({ type, teamId: user.teamId, fields, channel, forgery: forge });
  return Object.defineProperties({ message }, Object.getOwnPropertyDescriptors(exchange)) as Exchange & {
    message: Message;
  };
}

/** Messaging/unfurling-links-in-messages: while composing there is no message yet. */
function shareLinks(stage: Stage, events: Events, act: Sharing): Promise<Exchange> {
  const { world } = stage;
  const { user, channel, links, composing = false, threadTs, forge } = act;
  const foreign = links.filter((url) => !isOwn(world, url));
  if (foreign.length > 0)
    throw new Error(`Slack tells only of registered domains, not of ${foreign.join(", ")}`);
  const said = links.map((url) => `<${url}>`).join(" ");
  const ts = composing
    ? newId("")
    : say(world, { user, channel, said, ...(threadTs === undefined ? {} : { threadTs }) }).ts;
  const source = composing ? "composer" : "conversations_history";
  const unfurlId = `${composing ? "C" : channel.id}-${newTs(world)}`;
  const place = composing ? "COMPOSER" : channel.id;
  world.shared.push({ channel: place, ts, unfurlId, source, urls: links });
  const fields = {
    user: user.id,
    channel: place,
    message_ts: ts,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    links: links.map((url) => ({ domain: new URL(url).hostname, url })),
    source,
    unfurl_id: unfurlId,
    is_bot_user_member: channel.members.has(workspaceOf(world, user.teamId).botUser.id),
  };
  return events.tell({ type: "link_shared", teamId: user.teamId, fields, channel, forgery: forge });
}

function isOwn(world: World, url: string): boolean {
  const host = new URL(url).hostname;
  return world.app.unfurlDomains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}
