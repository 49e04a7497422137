import type { App } from "@slack/bolt";
import { webApi } from "@slack/bolt";
import type { Bot } from "../../src/bot/bot.ts";
import type { Count } from "../../src/figures.ts";
import type { Log } from "../../src/log.ts";
import type { Installations, Store } from "../../src/store/store.ts";
import { persist, waitAtMost } from "../platform/patience.ts";
import type { Platform, Work } from "../platform/platform.ts";
import { apology, createFailure, createWork } from "../platform/platform.ts";
import { slackAt } from "./transport/checked-fetch.ts";
import { clientOptions } from "./transport/client.ts";
import type { ClientFor } from "./delivery.ts";
import { createPostman } from "./delivery.ts";
import type { Identity } from "./identity.ts";
import { checkToken } from "./identity.ts";
import { botTokenIn, installationId, lostWords } from "./installations.ts";
import type { Begin } from "./listening/listeners.ts";
import { listen } from "./listening/listeners.ts";
import { createBoltLogger, loggable } from "./loggable.ts";
import type { Patience, SlackConnection, SlackSettings } from "./settings.ts";
import { badBotToken, isDeadToken } from "./transport/start-errors.ts";
import type { Transport } from "./transport/transport.ts";
import { createTransport } from "./transport/transport.ts";

export interface SlackParts {
  readonly bot: Bot;
  /** Default: nobody counts. */
  readonly count?: Count;
  readonly store: Pick<Store, "buttons" | "installations" | "once">;
  readonly log: Log;
  readonly newReference: () => string;
}

const PATIENCE: Patience = { connect: 15_000, retry: 5000, stop: 5000 };

/** The one bot token of the app; undefined where every workspace has its own. */
function botTokenOf(connection: SlackConnection): string | undefined {
  if (connection.kind === "socket") return connection.botToken;
  return connection.identity.kind === "token" ? connection.identity.botToken : undefined;
}

/** Forgets workspaces that removed the app; `lost` is called where it was the only one. */
function listenToRemoval(app: App, installations: Installations, lost: (() => void) | undefined): void {
  const forget = async (ids: readonly (string | undefined)[]): Promise<void> => {
    for (const id of ids) if (id !== undefined) await installations.remove(installationId(id));
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
}

/** Begins work unless the app ends; what it throws is logged under a reference that the person is told. */
function createBegin({ settings, parts, work, ended, fail }: Running): Begin {
  const isOnlyToken = botTokenOf(settings.connection) !== undefined;
  const { log, store, newReference } = parts;
  return (what, task, { teamId, apologise }) => {
    if (ended.aborted) return;
    work.begin(task, async (error) => {
      const reference = newReference();
      log.error(`${what} failed (${reference})`, { reference, error: loggable(error) });
      if (!isDeadToken(error)) await apologise?.(apology(reference)).catch(() => undefined);
      else if (isOnlyToken) fail(badBotToken());
      else if (teamId !== undefined) await store.installations.remove(installationId(teamId));
    });
  };
}

/** An app that listens, not connected yet. */
function build(running: Running, identity: Identity | undefined, patience: Patience): Transport {
  const { settings, parts, fail } = running;
  const { log, store, bot } = parts;
  const options = clientOptions(settings, parts);
  const built = createTransport(settings, { log, patience, fail, options, store, identity });
  const desk = { bot, memory: store.buttons, once: store.once, ended: running.ended };
  listen(built.app, desk, createBegin(running), settings.unfurl);
  const lost = identity === undefined ? undefined : () => fail(badBotToken());
  listenToRemoval(built.app, store.installations, lost);
  built.app.error((error) => {
    log.error("Slack: an event could not be handled", { error: loggable(error) });
    return Promise.resolve();
  });
  return built;
}

/** Who the bot is, as soon as Slack can be asked; undefined where every workspace has a token of its own, or the app ended. */
function identify({ settings, parts, ended }: Running, wait: number): Promise<Identity | undefined> {
  const botToken = botTokenOf(settings.connection);
  if (botToken === undefined) return Promise.resolve(undefined);
  // What fails is tried again here, and told once.
  const quiet = { retryConfig: { retries: 0 }, logger: createBoltLogger(parts.log, () => true) };
  const options = { ...clientOptions(settings, parts), ...quiet };
  const check = (): Promise<Identity> => checkToken(botToken, settings.unfurl, options);
  return persist(check, { platform: slackAt(settings.apiUrl), log: parts.log, wait, ended });
}

/** The client that speaks in a workspace, with the one token or with the workspace's own. */
async function clientIn(
  { settings, parts }: Running,
  identity: Identity | undefined,
  server: string | undefined,
): ReturnType<ClientFor> {
  // Whether a message arrived whose answer was lost is looked up before it is sent again: the client must not do so alone.
  const options = {
    ...clientOptions(settings, parts),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
  if (identity !== undefined) return new webApi.WebClient(identity.botToken, options);
  const token = server === undefined ? undefined : await botTokenIn(parts.store.installations, server);
  return token === undefined ? "not-installed" : new webApi.WebClient(token, options);
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
  const running: Running = { settings, parts, work: createWork(), ended: ended.signal, fail };
  let transport: Transport | undefined;
  let identity: Identity | undefined;
  let connected = false;
  const clientFor: ClientFor = (server) =>
    transport === undefined ? Promise.resolve("not-connected") : clientIn(running, identity, server);
  return {
    name: "slack",
    ...createPostman(clientFor, () => connected && !ended.signal.aborted, {
      memory: parts.store.buttons,
      ended: ended.signal,
    }),
    failed,
    connected: () => connected && !ended.signal.aborted && transport?.stands() === true,
    underWay: running.work.underWay,
    async start() {
      identity = await identify(running, patience.retry);
      if (ended.signal.aborted) return;
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
