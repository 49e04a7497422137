import { broken, refused, SlackError } from "../slack-error.ts";
import { textOf, type Json } from "../json.ts";
import type { Channel, Token, Workspace, World } from "../world.ts";

/** What a method sees of a call that was let through. */
export interface Context {
  readonly world: World;
  readonly args: Json;
  readonly token: Token;
  readonly workspace: Workspace;
  /** The origin of the fake itself, and how many sockets a new one would join. */
  readonly issueSocketUrl: () => string;
  /** The origin at which the fake was asked. */
  readonly origin: string;
  /** The `authorization` header, for methods that read it themselves. */
  readonly authorization: string;
  /** Takes one post to a channel from the allowance; throws `ratelimited` where there is none. */
  readonly allowPost: (channel: Channel) => void;
}

/** A method: returns what joins `ok: true`, or throws a `SlackError`. */
export type Method = (context: Context) => Json;

/** Refuses a call without a scope, naming what is needed. */
export function needScope({ world, token }: Pick<Context, "world" | "token">, needed: string): void {
  if (token.scopes.includes(needed)) return;
  const extra = { needed, provided: token.scopes.join(",") };
  throw new SlackError("missing_scope", { extra, violation: !world.app.scopesChosen });
}

const PREFIX = { public: "channels", private: "groups", im: "im" } as const;

/** The conversation an argument names; one the bot cannot see does not exist for it. */
export function visibleChannel(context: Context, id: unknown): Channel {
  const { world, workspace } = context;
  const channel = world.channels.get(textOf(id));
  if (channel === undefined || channel.teamId !== workspace.id) {
    if (/^[#@a-z]/.test(textOf(id))) throw broken("channel_not_found", ["[ERROR] give ids, not names"]);
    throw refused("channel_not_found");
  }
  if (channel.kind !== "public" && !channel.members.has(workspace.botUser.id))
    throw refused("channel_not_found");
  return channel;
}

/** The same for reading, with the scope for its kind. */
export function readableChannel(context: Context, family: "read" | "history"): Channel {
  const channel = visibleChannel(context, context.args["channel"]);
  needScope(context, `${PREFIX[channel.kind]}:${family}`);
  return channel;
}
