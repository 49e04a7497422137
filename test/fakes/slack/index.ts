import { createDoings, type Doings } from "./doings.ts";
import { createEvents } from "./events.ts";
import type { Exchange } from "./exchange.ts";
import type { Fault } from "./faults.ts";
import { helpers, type Helpers } from "./helpers.ts";
import { install, type Installed, type Installing } from "./install.ts";
import { createInteractions, type Interactions } from "./interactions.ts";
import type { FakeSlackOptions } from "./options.ts";
import { verifyUrl, uninstall } from "./life-cycle.ts";
import { startServing } from "./running.ts";
import type { SocketMode } from "./sockets.ts";
import type { Call, Workspace } from "./world.ts";

export type { FakeSlackOptions } from "./options.ts";
export { ClientRefusal } from "./controls.ts";
export { WaitedInVain } from "./watch.ts";
export type { Message } from "./world.ts";

type Cast = Pick<
  Workspace,
  "ana" | "ben" | "general" | "quiet" | "secret" | "botUser" | "botToken" | "refreshToken"
>;

/** A running fake Slack. */
export interface FakeSlack extends Doings, Interactions, Helpers, Cast {
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  /** For `installerOptions.authorizationUrl`. */
  readonly authorizationUrl: string;
  readonly appToken: string;
  readonly appId: string;
  readonly signingSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The first workspace; its people, channels and bot are at hand by name too. */
  readonly team: Workspace;
  readonly socket: SocketMode;
  /** Every Web API call, in order of arrival. */
  readonly calls: readonly Call[];
  /** Every rule the app broke; a good test ends with none. */
  readonly violations: readonly string[];
  /** Deliveries of events that were told again. */
  readonly retries: readonly Exchange[];
  /** Delivers over HTTP to the app's request URL from now on. */
  serveAt(requestUrl: string): void;
  /** Asks the request URL to prove itself, as the settings page does; the answer is in `ack`. */
  verifyUrl(challenge?: string): Promise<Exchange>;
  /** Tells a known event again, with the same id. */
  retry(eventId: string): Promise<Exchange>;
  install(installing: Installing): Promise<Installed>;
  /** Takes the app out of a workspace: tokens die, and the app is told. */
  uninstall(workspace?: Workspace): Promise<Exchange>;
  /** Makes the next calls of a method fail; throws where there is no such method. See `Fault`. */
  failNext(method: string, fault: Fault): void;
  clearFaults(): void;
  /** How many posts the post limit refused. */
  rateLimited(): number;
  /** Puts the clock forward: triggers and response_urls age, retries fall due. */
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

/** Starts a fake Slack on a free port of 127.0.0.1. */
export async function createFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const running = await startServing(options);
  const { world, stage, team, appToken, faults, sockets } = running;
  const events = createEvents(stage);
  sockets.onConnect(() => events.flush());
  const { ana, ben, general, quiet, secret, botUser, botToken, refreshToken } = team;
  return {
    ...createDoings(stage, events),
    ...createInteractions(stage),
    ...helpers(stage, team),
    team,
    ana,
    ben,
    general,
    quiet,
    secret,
    botUser,
    botToken,
    refreshToken,
    appToken,
    apiUrl: `${stage.origin()}/api/`,
    authorizationUrl: `${stage.origin()}/oauth/v2/authorize`,
    appId: world.app.id,
    signingSecret: world.app.signingSecret,
    clientId: world.app.clientId,
    clientSecret: world.app.clientSecret,
    socket: sockets.mode,
    calls: world.calls,
    violations: world.violations,
    retries: events.retries,
    serveAt: running.serveAt,
    verifyUrl: (challenge = "challenge") => verifyUrl(stage, challenge),
    retry: (eventId) => events.retry(eventId),
    install: (installing) => install(stage.origin(), installing),
    uninstall: (workspace = team) => uninstall(world, events, workspace),
    failNext: (method, fault) => faults.failNext(method, fault),
    clearFaults: () => faults.clear(),
    rateLimited: running.rateLimited,
    advance: (milliseconds) => {
      world.clock.advance(milliseconds);
      events.flush();
    },
    close: running.close,
  };
}
