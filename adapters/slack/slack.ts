import type { App } from "@slack/bolt";
import { webApi } from "@slack/bolt";
import type { Bot } from "../../src/bot/bot.ts";
import type { Count } from "../../src/figures.ts";
import type { ChannelMemory } from "../../src/memory/channel-memory.ts";
import type { Log } from "../../src/log.ts";
import type { Installations, Store } from "../../src/store/store.ts";
import { currentReference } from "../../src/reference.ts";
import { persist, waitAtMost } from "../platform/patience.ts";
import type { Platform, Work } from "../platform/platform.ts";
import { apology, createFailure, createWork } from "../platform/platform.ts";
import { slackAt } from "./transport/checked-fetch.ts";
import { clientOptions, createApart } from "./transport/client.ts";
import type { ClientFor } from "./delivery.ts";
import { createPostman } from "./delivery.ts";
import type { Identity } from "./identity.ts";
import { checkToken } from "./identity.ts";
import { installationId, lostWords, removedBySlack } from "./tokens/installations.ts";
import type { OnlyToken } from "./tokens/own-token.ts";
import { createOnlyToken } from "./tokens/own-token.ts";
import { createRenew } from "./tokens/renew.ts";
import type { Tokens } from "./tokens/rotation.ts";
import { createTokens } from "./tokens/rotation.ts";
import type { Begin } from "./listening/listeners.ts";
import { listen } from "./listening/listeners.ts";
import { inspectPlace, notInstalled } from "./inspection/place.ts";
import { createBoltLogger, loggable } from "./loggable.ts";
import type { Patience, SlackSettings } from "./settings.ts";
import { ownTokenOf } from "./settings.ts";
import { badBotToken, isDeadToken, isExpiredToken } from "./transport/start-errors.ts";
import type { Transport } from "./transport/transport.ts";
import { createTransport } from "./transport/transport.ts";

export interface SlackParts {
  readonly bot: Bot;
  /** Default: nobody counts. */
  readonly count?: Count;
  readonly store: Pick<Store, "buttons" | "installations" | "once" | "turns" | "workspaces">;
  /** What channels remember. Default: nothing. */
  readonly channels?: ChannelMemory;
  readonly log: Log;
  readonly newReference: () => string;
  /** Default the clock of this machine. */
  readonly now?: () => Date;
}

const PATIENCE: Patience = { connect: 15_000, retry: 5000, stop: 5000 };

/** Keeps the tokens fresh that expire. */
function tokensOf(
  settings: SlackSettings,
  parts: SlackParts,
  fail: Running["fail"],
): Pick<Running, "tokens" | "onlyToken"> {
  const { connection } = settings;
  const { log, store, now = () => new Date() } = parts;
  const own = ownTokenOf(connection);
  const client =
    connection.kind === "http" && connection.identity.kind === "oauth" ? connection.identity : own?.rotation;
  const renew = client && createRenew(client, clientOptions(settings, parts));
  const { installations, turns } = store;
  const tokens = createTokens({ installations, turns, renew, log, now });
  return { tokens, onlyToken: own && createOnlyToken(own, { installations, tokens, fail }) };
}

/**
 * Forgets the tokens of workspaces that removed the app, and notes that they did, by which all else of them is forgotten
 * in time; `lost` is called where it was the only one.
 */
function listenToRemoval(
  app: App,
  { installations, workspaces }: Pick<Store, "installations" | "workspaces">,
  lost: (() => void) | undefined,
): void {
  const forget = async (teams: readonly (string | undefined)[]): Promise<void> => {
    for (const server of teams.filter((team) => team !== undefined)) {
      await installations.remove(installationId(server), removedBySlack(installationId(server), ""));
      await workspaces.left({ platform: "slack", server });
    }
    lost?.();
  };
  app.event("app_uninstalled", ({ body }) => forget([body.team_id, body.enterprise_id]));
  app.event("tokens_revoked", async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length > 0) await forget([body.team_id, body.enterprise_id]);
  });
}

/** The parts of a running app that its handlers share. */
interface Running {
  readonly settings: SlackSettings;
  readonly parts: SlackParts;
  readonly work: Work;
  readonly ended: AbortSignal;
  readonly fail: (error: Error) => void;
  readonly tokens: Tokens;
  /** Absent where every workspace has a token of its own. */
  readonly onlyToken: OnlyToken | undefined;
}

/** Notes that the token of a workspace has expired; whether it can be renewed, which the next call does. */
async function expired({ tokens, onlyToken }: Running, team: string | undefined): Promise<boolean> {
  if (onlyToken !== undefined) return onlyToken.expired();
  return team !== undefined && tokens.expired(installationId(team));
}

const forget = (installations: Installations, id: string): Promise<void> =>
  installations.remove(id, removedBySlack(id, "its token works no more"));

/** Begins work unless the app ends; what it throws is logged under a reference that the person is told. */
function createBegin(running: Running): Begin {
  const { parts, work, ended, fail, onlyToken } = running;
  const { log, store, newReference } = parts;
  return (what, task, { teamId, apologise }) => {
    if (ended.aborted) return;
    work.begin(task, async (error) => {
      const reference = currentReference() ?? newReference();
      log.error(`${what} failed (${reference})`, { reference, error: loggable(error) });
      if (!isDeadToken(error) || (isExpiredToken(error) && (await expired(running, teamId))))
        await apologise?.(apology(reference)).catch(() => undefined);
      else if (onlyToken !== undefined) fail(badBotToken());
      else if (teamId !== undefined) await forget(store.installations, installationId(teamId));
    });
  };
}

/** An app that listens, not connected yet. */
function build(running: Running, identity: Identity | undefined, patience: Patience): Transport {
  const { settings, parts, fail } = running;
  const { log, store, bot, channels } = parts;
  const options = clientOptions(settings, parts);
  const built = createTransport(settings, {
    log,
    patience,
    fail,
    options,
    store,
    identity,
    tokens: running.tokens,
    onlyToken: running.onlyToken,
  });
  const { ended } = running;
  const desk = {
    bot,
    memory: store.buttons,
    once: store.once,
    apart: createApart(options),
    ended,
    ...(channels === undefined ? {} : { channels }),
  };
  listen(built.app, desk, createBegin(running), settings.unfurl);
  const lost = identity === undefined ? undefined : () => fail(badBotToken());
  listenToRemoval(built.app, store, lost);
  built.app.error((error) => {
    log.error("Slack: an event could not be handled", { error: loggable(error) });
    return Promise.resolve();
  });
  return built;
}

/** Who the bot is, as soon as Slack can be asked; undefined where every workspace has a token of its own, or the app ended. */
function identify(
  { settings, parts, ended, onlyToken }: Running,
  wait: number,
): Promise<Identity | undefined> {
  if (onlyToken === undefined) return Promise.resolve(undefined);
  // What fails is tried again here, and told once.
  const quiet = { retryConfig: { retries: 0 }, logger: createBoltLogger(parts.log, () => true) };
  const options = { ...clientOptions(settings, parts), ...quiet };
  const check = async (): Promise<Identity> =>
    checkToken(await onlyToken.current(), settings.unfurl, options);
  return persist(check, { platform: slackAt(settings.apiUrl), log: parts.log, wait, ended });
}

/** The client that speaks in a workspace, with the one token or with the workspace's own. */
async function clientIn(
  { settings, parts, tokens, onlyToken }: Running,
  server: string | undefined,
): ReturnType<ClientFor> {
  // Whether a message arrived whose answer was lost is looked up before it is sent again: the client must not do so alone.
  const options = {
    ...clientOptions(settings, parts),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
  if (onlyToken !== undefined) {
    // The app ends where its only token works no more.
    const token = await onlyToken.current().catch(() => undefined);
    return token === undefined ? "not-connected" : new webApi.WebClient(token, options);
  }
  const token = server === undefined ? undefined : (await tokens.find(installationId(server)))?.bot?.token;
  return token === undefined ? "not-installed" : new webApi.WebClient(token, options);
}

/** Notes that a workspace has the app, so that nothing of it is forgotten. */
async function noteInstalled({ store, log }: SlackParts, server: string): Promise<void> {
  await store.workspaces
    .back({ platform: "slack", server })
    .catch((error: unknown) => log.warn("Slack: that the app is installed could not be noted", { error }));
}

/** Makes the app; nothing happens before `start`. */
export function createSlackApp(
  settings: SlackSettings,
  parts: SlackParts,
  patience: Patience = PATIENCE,
): Platform {
  const { log } = parts;
  const { failed, fail } = createFailure();
  const ended = new AbortController();
  const running: Running = {
    settings,
    parts,
    work: createWork(parts.newReference),
    ended: ended.signal,
    fail,
    ...tokensOf(settings, parts, fail),
  };
  let transport: Transport | undefined;
  let identity: Identity | undefined;
  let connected = false;
  const clientFor: ClientFor = (server) =>
    transport === undefined ? Promise.resolve("not-connected") : clientIn(running, server);
  return {
    name: "slack",
    ...createPostman(clientFor, () => connected && !ended.signal.aborted, {
      memory: parts.store.buttons,
      channels: parts.channels,
      ended: ended.signal,
      expired: (server) => expired(running, server),
    }),
    failed,
    connected: () => connected && !ended.signal.aborted && transport?.stands() === true,
    async inspect(place) {
      const client = await clientFor(place.server);
      if (client === "not-installed") return notInstalled(place);
      if (client === "not-connected") throw new Error("not connected to Slack");
      return inspectPlace(client, place);
    },
    underWay: running.work.underWay,
    async start() {
      identity = await identify(running, patience.retry);
      if (ended.signal.aborted) return;
      if (identity !== undefined) await noteInstalled(parts, identity.teamId);
      const lost = identity === undefined ? await lostWords(parts.store.installations) : undefined;
      if (lost !== undefined) log.error(lost);
      transport = build(running, identity, patience);
      const place = await transport.open();
      if (ended.signal.aborted) return;
      connected = true;
      const workspace = identity?.teamName ?? "every workspace that installs it at /slack/install";
      log.info(`Slack: ready for ${workspace}, ${place}`);
    },
    async stop() {
      ended.abort();
      await waitAtMost(running.work.ended(), patience.stop);
      await transport?.close();
    },
  };
}
