import { controlsOf } from "./controls.ts";
import { deliver, type Stage } from "./courier.ts";
import type { Exchange } from "./exchange.ts";
import { recordsOf, type Json } from "./json.ts";
import { newResponseUrl } from "./response-urls.ts";
import { stateOf } from "./state.ts";
import type { Forgery } from "./transport.ts";
import { messageJson, viewJson } from "./wire.ts";
import {
  newId,
  workspaceOf,
  type Channel,
  type Message,
  type Person,
  type Trigger,
  type View,
} from "./world.ts";

/** Whom a trigger is for. */
export function about(
  user: Person,
  exchangeId: string,
  view?: View,
): Pick<Trigger, "teamId" | "user" | "exchangeId" | "view"> {
  return { teamId: user.teamId, user: user.id, exchangeId, view };
}

/** What an interaction is about. */
export interface Interacting {
  readonly user: Person;
  readonly forge: Forgery | undefined;
  readonly label: string;
  readonly channel?: Channel;
  readonly submitted?: View;
}

/** Which names of the person are told depends on the kind: `name` to message shortcuts, `username` to global ones. */
function withUser({ id, name, teamId }: Person, payload: Json): Json {
  const names: Json = { id, username: name, name, team_id: teamId };
  if (payload["type"] === "shortcut") delete names["name"];
  if (payload["type"] === "message_action") delete names["username"];
  return { user: names, ...payload };
}

/** Delivers an interaction; the parts all kinds have are added here. */
export function interact(stage: Stage, what: Interacting, payload: (id: string) => Json): Promise<Exchange> {
  const { world } = stage;
  const { user, forge, label, channel, submitted } = what;
  const id = newId("x");
  const { domain } = workspaceOf(world, user.teamId);
  const common = {
    token: world.app.token,
    api_app_id: world.app.id,
    team: { id: user.teamId, domain },
    enterprise: null,
    is_enterprise_install: false,
  };
  return deliver(stage, {
    id,
    kind: "interactive",
    payload: { ...common, ...withUser(user, payload(id)) },
    label,
    acceptsPayload: true,
    channel,
    ...(submitted === undefined ? {} : { submitted }),
    ...(forge === undefined ? {} : { forgery: forge }),
  });
}

/** A new response_url in full; undefined where the fake leaves them out. */
export function responseUrl(stage: Stage, made: Parameters<typeof newResponseUrl>[1]): string | undefined {
  const origin = stage.responseOrigin();
  return origin === undefined ? undefined : `${origin}/response/${newResponseUrl(stage.world, made).id}`;
}

/** What a block action in a view says about it. */
export function viewPart({ world }: Stage, view: View): Json {
  const state = stateOf(controlsOf(recordsOf(view.content["blocks"])), {});
  return { container: { type: "view", view_id: view.id }, view: viewJson(world, view, state) };
}

/** The message itself is not sent along where it is ephemeral. */
export function messagePart(stage: Stage, message: Message, by: { user: string; exchangeId: string }): Json {
  const { channel, ts, threadTs, ephemeralFor } = message;
  const ephemeral = ephemeralFor !== undefined;
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  return {
    container: {
      type: "message",
      message_ts: ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...thread,
    },
    channel: { id: channel.id, name: channel.name },
    ...(ephemeral ? {} : { message: messageJson(stage.world, message) }),
    state: { values: stateOf(controlsOf(message.blocks), {}) },
    response_url: responseUrl(stage, { ...by, channel, source: message }),
  };
}
