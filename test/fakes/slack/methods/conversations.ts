import { numberOf, textOf, type Json } from "../json.ts";
import { findMessage } from "../messages.ts";
import { broken, refused } from "../slack-error.ts";
import { channelJson, messageJson } from "../wire.ts";
import { directChannel, type Message } from "../world.ts";
import { readableChannel, visibleChannel, type Context, type Method } from "./context.ts";

const info: Method = (context) => {
  const channel = readableChannel(context, "read");
  const counted = context.args["include_num_members"] === true ? { num_members: channel.members.size } : {};
  return { channel: { ...channelJson(context.world, channel), ...counted } };
};

const open: Method = ({ world, args, workspace }) => {
  if (args["channel"] !== undefined) {
    const known = world.channels.get(textOf(args["channel"]));
    if (known === undefined || known.kind !== "im") throw refused("channel_not_found");
    return { channel: { id: known.id } };
  }
  const users = textOf(args["users"]).split(",");
  if (users.length > 1) throw broken("too_many_users", ["[ERROR] the fake has no group conversations"]);
  if (users[0] === "") throw broken("users_list_not_supplied");
  const person = world.people.get(users[0] ?? "");
  if (person === undefined || person.teamId !== workspace.id) throw refused("user_not_found");
  const channel = directChannel(world, person);
  const shown = args["return_im"] === true ? channelJson(world, channel) : { id: channel.id };
  return { no_op: true, already_open: true, channel: shown };
};

const members: Method = (context) => {
  const channel = readableChannel(context, "read");
  const { items, cursor } = page(context.args, [...channel.members]);
  return { members: items, response_metadata: { next_cursor: cursor } };
};

const list: Method = ({ world, args, workspace }) => {
  const types = textOf(args["types"]) || "public_channel";
  const kinds = types.split(",").map((type) => type.trim().replace("_channel", ""));
  const wanted = [...world.channels.values()].filter(
    ({ teamId, kind, archived, members: inside }) =>
      teamId === workspace.id &&
      kinds.includes(kind) &&
      (kind === "public" || inside.has(workspace.botUser.id)) &&
      !(archived && args["exclude_archived"] === true),
  );
  const { items, cursor } = page(args, wanted);
  const shown = items.map((channel) => channelJson(world, channel));
  return { channels: shown, response_metadata: { next_cursor: cursor } };
};

const join: Method = (context) => {
  const channel = visibleChannel(context, context.args["channel"]);
  if (channel.kind !== "public") throw refused("method_not_supported_for_channel_type");
  if (channel.archived) throw refused("is_archived");
  channel.members.add(context.workspace.botUser.id);
  return { channel: channelJson(context.world, channel) };
};

/** One page of a list; the cursor is opaque to apps. */
function page<T>(args: Json, all: readonly T[]): { items: readonly T[]; cursor: string } {
  const limit = numberOf(args["limit"], 100);
  if (limit < 1 || limit > 1000) throw broken("invalid_limit");
  const given = textOf(args["cursor"]);
  const start = given === "" ? 0 : Number(Buffer.from(given, "base64").toString().replace("next:", ""));
  if (!Number.isInteger(start) || start < 0) throw broken("invalid_cursor");
  const end = start + limit;
  const cursor = end < all.length ? Buffer.from(`next:${end}`).toString("base64") : "";
  return { items: all.slice(start, end), cursor };
}

/** The messages of a span of time that everyone can see; bounds count only where `inclusive`. */
function within(context: Context, messages: readonly Message[]): Message[] {
  const { args } = context;
  for (const bound of ["oldest", "latest"]) {
    if (args[bound] !== undefined && !/^\d+(\.\d+)?$/.test(textOf(args[bound]))) {
      throw broken(`invalid_ts_${bound}`);
    }
  }
  const oldest = textOf(args["oldest"]) || "0";
  const latest = textOf(args["latest"]) || "9999999999";
  return messages.filter(({ ts }) => {
    const [after, before] = [compare(ts, oldest), compare(latest, ts)];
    return args["inclusive"] === true ? after >= 0 && before >= 0 : after > 0 && before > 0;
  });
}

function compare(a: string, b: string): number {
  const micros = (ts: string): number => Math.round(Number(ts) * 1_000_000);
  return micros(a) - micros(b);
}

const history: Method = (context) => {
  const { world, args, workspace } = context;
  const channel = readableChannel(context, "history");
  if (!channel.members.has(workspace.botUser.id)) throw refused("not_in_channel");
  const seen = world.messages.filter(
    (one) =>
      one.channel === channel &&
      !one.deleted &&
      one.ephemeralFor === undefined &&
      (one.threadTs === undefined || one.threadTs === one.ts || one.broadcast),
  );
  return pageOfMessages(context, within(context, seen).toReversed(), args["include_all_metadata"] === true);
};

const replies: Method = (context) => {
  const { world, args, workspace } = context;
  const channel = readableChannel(context, "history");
  if (!channel.members.has(workspace.botUser.id)) throw refused("not_in_channel");
  const named = findMessage(world, channel, args["ts"]);
  if (named === undefined) throw refused("thread_not_found");
  const parentTs = named.threadTs ?? named.ts;
  const thread = world.messages.filter(
    (one) =>
      one.channel === channel &&
      !one.deleted &&
      one.ephemeralFor === undefined &&
      (one.ts === parentTs || one.threadTs === parentTs),
  );
  return pageOfMessages(context, within(context, thread), args["include_all_metadata"] === true);
};

function pageOfMessages(context: Context, messages: readonly Message[], withMetadata: boolean): Json {
  const { items, cursor } = page(context.args, messages);
  const more = cursor === "" ? {} : { response_metadata: { next_cursor: cursor } };
  const shown = items.map((one) => messageJson(context.world, one, withMetadata));
  return { messages: shown, has_more: cursor !== "", ...more };
}

/** `conversations.*`. */
export const CONVERSATIONS: Readonly<Record<string, Method>> = {
  "conversations.info": info,
  "conversations.open": open,
  "conversations.members": members,
  "conversations.list": list,
  "conversations.join": join,
  "conversations.history": history,
  "conversations.replies": replies,
};
