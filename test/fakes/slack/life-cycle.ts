import { deliver, type Stage } from "./courier.ts";
import type { Events } from "./events.ts";
import type { Exchange } from "./exchange.ts";
import { revokeTokens } from "./places.ts";
import { newId, violate, type Workspace, type World } from "./world.ts";

/** Asks the request URL to prove itself: apis/events-api#url-verification. */
export async function verifyUrl(stage: Stage, challenge: string): Promise<Exchange> {
  const { world } = stage;
  const payload = { type: "url_verification", token: world.app.token, challenge };
  const label = "url_verification";
  const exchange = await deliver(stage, {
    id: newId("x"),
    kind: "events_api",
    payload,
    label,
    acceptsPayload: true,
  });
  if (!JSON.stringify(exchange.ack ?? "").includes(challenge))
    violate(world, "url_verification: no challenge");
  return exchange;
}

/** Takes the app out of a workspace and tells it so: reference/events/app_uninstalled, tokens_revoked. */
export async function uninstall(world: World, events: Events, workspace: Workspace): Promise<Exchange> {
  revokeTokens(world, workspace, "account_inactive");
  const { id: teamId, botUser } = workspace;
  const fields = { tokens: { oauth: [], bot: [botUser.id] } };
  const revoked = events.tell({ type: "tokens_revoked", teamId, fields });
  const uninstalled = await events.tell({ type: "app_uninstalled", teamId, fields: {} });
  await revoked;
  return uninstalled;
}
