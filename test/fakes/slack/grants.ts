import { ClientRefusal } from "./controls.ts";
import type { Channel, World } from "./world.ts";

/** The scope without which Slack does not tell of an event: docs.slack.dev/reference/events. */
const EVENT_SCOPES: Readonly<Record<string, string>> = {
  app_mention: "app_mentions:read",
  link_shared: "links:read",
  member_joined_channel: "channels:read",
  reaction_added: "reactions:read",
  reaction_removed: "reactions:read",
};
const HISTORY = { public: "channels:history", private: "groups:history", im: "im:history" } as const;

/** Fails a test that waits for what Slack would never tell an app with these scopes. */
export function needGrant(world: World, teamId: string, scope: string): void {
  const tokens = [...world.tokens.values()].filter(
    ({ kind, state, workspace }) => kind === "bot" && state === "active" && workspace.id === teamId,
  );
  if (tokens.some(({ scopes }) => !scopes.includes(scope))) {
    throw new ClientRefusal(`Slack tells this only to apps with the scope ${scope}`);
  }
}

/** The same for an event by its type and place. */
export function needEventGrant(
  world: World,
  teamId: string,
  event: { readonly type: string; readonly channel?: Channel | undefined },
): void {
  const history = event.channel === undefined ? undefined : HISTORY[event.channel.kind];
  const scope = event.type === "message" ? history : EVENT_SCOPES[event.type];
  if (scope !== undefined) needGrant(world, teamId, scope);
}
