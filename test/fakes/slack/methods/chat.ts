import { recordOf, textOf } from "../json.ts";
import { LIMITS } from "../limits.ts";
import { addMessage, checkMessage, findMessage, removeMessage, writeMessage } from "../messages.ts";
import { broken, refused } from "../slack-error.ts";
import { messageJson } from "../wire.ts";
import { directChannel, type Channel, type Message } from "../world.ts";
import { visibleChannel, type Context, type Method } from "./context.ts";

/** The channel to post to; a user's id stands for the direct messages with them. */
function postableChannel(context: Context): Channel {
  const { world, workspace, token, args } = context;
  const person = world.people.get(textOf(args["channel"]));
  if (person !== undefined && person.teamId === workspace.id) return directChannel(world, person);
  const channel = visibleChannel(context, args["channel"]);
  if (channel.archived) throw refused("is_archived");
  const anywhere = token.scopes.includes("chat:write.public") && channel.kind === "public";
  if (!channel.members.has(workspace.botUser.id) && !anywhere) throw refused("not_in_channel");
  return channel;
}

/** The thread a message joins; a reply's ts stands for its parent, which Slack frowns on. */
function threadOf(context: Context, channel: Channel): string | undefined {
  const { thread_ts: ts } = context.args;
  if (ts === undefined) return undefined;
  const parent = findMessage(context.world, channel, ts);
  if (parent === undefined) throw refused("cannot_reply_to_message");
  if (parent.threadTs !== undefined && parent.threadTs !== parent.ts) {
    throw broken("cannot_reply_to_message", ["[ERROR] thread_ts must be that of the parent"]);
  }
  return parent.ts;
}

const postMessage: Method = (context) => {
  const { world, args, workspace } = context;
  const channel = postableChannel(context);
  checkMessage(world, args, { where: "chat.postMessage", text: LIMITS.text, total: true });
  context.allowPost(channel);
  const threadTs = threadOf(context, channel);
  if (args["reply_broadcast"] === true && threadTs === undefined) throw broken("invalid_arguments");
  const broadcast = args["reply_broadcast"] === true;
  const user = workspace.botUser.id;
  const message = addMessage(world, { channel, user, from: "app", via: "api", threadTs, broadcast }, args);
  return { channel: channel.id, ts: message.ts, message: messageJson(world, message) };
};

const postEphemeral: Method = (context) => {
  const { world, args, workspace } = context;
  const channel = postableChannel(context);
  checkMessage(world, args, { where: "chat.postEphemeral", text: LIMITS.text, total: true });
  const reader = textOf(args["user"]);
  if (!channel.members.has(reader)) throw refused("user_not_in_channel");
  const threadTs = threadOf(context, channel);
  const user = workspace.botUser.id;
  const placing = { channel, user, from: "app", via: "api", threadTs, ephemeralFor: reader } as const;
  return { message_ts: addMessage(world, placing, args).ts };
};

/** A message of the bot that Slack lets it change; ephemeral ones are not found. */
function ownMessage(context: Context, code: string): { channel: Channel; message: Message } {
  const { world, args, workspace } = context;
  const channel = visibleChannel(context, args["channel"]);
  const message = findMessage(world, channel, args["ts"]);
  if (message === undefined) {
    const ephemeral = world.messages.some(
      (one) => one.channel === channel && one.ts === args["ts"] && !one.deleted,
    );
    throw ephemeral ? broken("message_not_found") : refused("message_not_found");
  }
  if (message.user !== workspace.botUser.id) throw broken(code);
  return { channel, message };
}

const update: Method = (context) => {
  const { world, args } = context;
  const { channel, message } = ownMessage(context, "cant_update_message");
  if (channel.archived) throw refused("is_archived");
  checkMessage(world, args, { where: "chat.update", text: LIMITS.updateText, total: true });
  const { blocks, attachments } = message;
  writeMessage(world, message, { blocks, attachments, ...args });
  return { channel: channel.id, ts: message.ts, text: message.text, message: messageJson(world, message) };
};

const remove: Method = (context) => {
  const { channel, message } = ownMessage(context, "cant_delete_message");
  removeMessage(context.world, message);
  return { channel: channel.id, ts: message.ts };
};

const getPermalink: Method = (context) => {
  const { world, args, workspace } = context;
  const channel = visibleChannel(context, args["channel"]);
  const message = findMessage(world, channel, args["message_ts"]);
  if (message === undefined) throw refused("message_not_found");
  const path = `archives/${channel.id}/p${message.ts.replace(".", "")}`;
  const thread = message.threadTs === undefined ? "" : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  return { channel: channel.id, permalink: `https://${workspace.domain}.slack.com/${path}${thread}` };
};

/** A preview is a message's blocks or an attachment: messaging/unfurling-links-in-messages. */
const unfurl: Method = ({ world, args }) => {
  const byMessage = args["channel"] !== undefined && args["ts"] !== undefined;
  const byUnfurl = args["unfurl_id"] !== undefined && args["source"] !== undefined;
  if (!byMessage && !byUnfurl)
    throw broken(args["unfurl_id"] === undefined ? "missing_ts" : "missing_source");
  const shared = world.shared.find((one) =>
    byUnfurl
      ? one.unfurlId === args["unfurl_id"] && one.source === args["source"]
      : one.channel === args["channel"] && one.ts === args["ts"],
  );
  if (shared === undefined) throw refused(byUnfurl ? "invalid_unfurl_id" : "cannot_find_message");
  const unfurls = Object.entries(recordOf(args["unfurls"]));
  for (const [url, given] of unfurls) {
    if (!shared.urls.includes(url)) throw broken("cannot_unfurl_url");
    checkMessage(
      world,
      { text: "p", attachments: [recordOf(given)] },
      { where: "chat.unfurl", text: 1, total: false },
    );
  }
  if (unfurls.length === 0) throw broken("missing_unfurls");
  for (const [url, given] of unfurls) {
    const { channel, ts, unfurlId } = shared;
    world.unfurls.push({ url, content: recordOf(given), channel, ts, unfurlId });
  }
  world.watch.changed();
  return {};
};

/** `chat.*`. */
export const CHAT: Readonly<Record<string, Method>> = {
  "chat.postMessage": postMessage,
  "chat.postEphemeral": postEphemeral,
  "chat.update": update,
  "chat.delete": remove,
  "chat.getPermalink": getPermalink,
  "chat.unfurl": unfurl,
};
