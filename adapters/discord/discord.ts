import type { Interaction } from "discord.js";
import {
  Client,
  DiscordAPIError,
  Events,
  MessageFlags,
  Options,
  Partials,
  RESTJSONErrorCodes,
  Status,
} from "discord.js";
import type { Bot } from "../../src/bot/bot.ts";
import type { InvocationMemory } from "../../src/bot/line/invocation-text.ts";
import type { ChannelMemory } from "../../src/memory/channel-memory.ts";
import type { Count } from "../../src/figures.ts";
import { uncounted } from "../../src/figures.ts";
import type { Log } from "../../src/log.ts";
import { currentReference } from "../../src/reference.ts";
import type { Takes } from "./taking.ts";
import { isTaken } from "./taking.ts";
import type { Platform } from "../platform/platform.ts";
import { apology, createFailure, createWork } from "../platform/platform.ts";
import type { Persistence } from "../platform/patience.ts";
import { persist, waitAtMost } from "../platform/patience.ts";
import { createCheckedRequest, discordAt } from "./connection/checked-request.ts";
import type { Line, LoginPatience } from "./connection/connection.ts";
import { createConnection, guardGateway } from "./connection/connection.ts";
import { declareCommands } from "./declare.ts";
import { createPostman } from "./delivery.ts";
import type { Desk } from "./interactions.ts";
import { answerAutocomplete, answerComponent, answerMessageCommand, answerSlash } from "./interactions.ts";
import { inspectPlace } from "./inspect.ts";
import { INTENTS } from "./intents.ts";
import { loggable, plainDebug } from "./loggable.ts";
import { answerMention } from "./mentions.ts";
import { inviteLink } from "./permissions.ts";
import { listenToReactions } from "./remembering.ts";
import { registerCommands } from "./register.ts";
import { badToken, fatalClose, fatalRegistrationError, isUnauthorised } from "./connection/start-errors.ts";

/** What the environment says of Discord. */
export interface DiscordSettings {
  readonly token: string;
  /** Register the commands in this server only, where changes show at once; everywhere when absent. */
  readonly guildId?: string;
  /** Another server to talk to than Discord's, such as `http://127.0.0.1:4000/api`. */
  readonly apiUrl?: string;
}

/** What is told of the servers that the app is a member of. */
export interface Servers {
  /** A server removed the app. */
  readonly left: (server: string) => Promise<void>;
  /** The app is a member of these, perhaps again, and of no others. */
  readonly members: (servers: readonly string[]) => Promise<void>;
  /** The app is a member of one more. */
  readonly joined: (server: string) => Promise<void>;
}

export interface DiscordParts {
  readonly bot: Bot;
  /** Default: nobody is told. */
  readonly servers?: Servers;
  /** Default: nobody counts. */
  readonly count?: Count;
  readonly memory: InvocationMemory;
  /** Default: it is the only program of the app. */
  readonly takes?: Takes;
  /** What channels remember. Default: nothing. */
  readonly channels?: ChannelMemory;
  readonly log: Log;
  readonly newReference: () => string;
}

/** How long things may take, in milliseconds; tests are in more of a hurry. */
export interface Patience extends LoginPatience {
  /** For answering what is under way when the app is stopped. */
  readonly stop: number;
}

const PATIENCE: Patience = { login: 30_000, retry: 5000, stop: 5000 };
/** Interactions remembered, so that one delivered twice is answered once. */
const REMEMBERED = 1000;

function createClient(
  { apiUrl }: DiscordSettings,
  line: Line,
  { count = uncounted, log }: Pick<DiscordParts, "count" | "log">,
): Client {
  return new Client({
    intents: INTENTS,
    // Direct messages come in channels that Discord never announces; reactions, to messages of before the start.
    partials: [Partials.Channel, Partials.Message, Partials.Reaction, Partials.User],
    allowedMentions: { parse: [], repliedUser: false },
    ws: { ...Options.createDefault().ws, buildStrategy: (manager) => guardGateway(manager, line) },
    rest: {
      ...(apiUrl === undefined ? {} : { api: apiUrl }),
      version: "10",
      makeRequest: createCheckedRequest(apiUrl, { count, log }),
      invalidRequestWarningInterval: 100,
    },
  });
}

/** Errors of Discord that are nobody's fault: too late, or answered before. */
function isStale(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.code === RESTJSONErrorCodes.UnknownInteraction ||
      error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged ||
      error.code === RESTJSONErrorCodes.InvalidWebhookToken)
  );
}

async function answerInteraction(desk: Desk, interaction: Interaction): Promise<void> {
  if (!(await isTaken(desk.takes, interaction.id))) return;
  if (interaction.isAutocomplete()) await answerAutocomplete(desk, interaction);
  else if (interaction.isChatInputCommand()) await answerSlash(desk, interaction);
  else if (interaction.isMessageContextMenuCommand()) await answerMessageCommand(desk, interaction);
  else if (interaction.isMessageComponent()) await answerComponent(desk, interaction);
}

/** Tells the person that it went wrong, as far as that is still possible. */
async function apologise(interaction: Interaction | undefined, reference: string): Promise<void> {
  if (interaction === undefined || !interaction.isRepliable() || !interaction.deferred) return;
  await interaction
    .followUp({ content: apology(reference), flags: MessageFlags.Ephemeral })
    .catch(() => undefined);
}

async function report(
  error: unknown,
  { log, newReference }: DiscordParts,
  what: string,
  interaction?: Interaction,
): Promise<void> {
  if (isStale(error)) {
    log.warn(`${what} came too late or twice`, { error: String(error) });
    return;
  }
  const reference = currentReference() ?? newReference();
  log.error(`${what} failed (${reference})`, { reference, error: loggable(error) });
  await apologise(interaction, reference);
}

/** Remembers what was seen last, so that an event delivered twice is taken once. */
function createSeen(): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}

/** Tells of each loss of a connection that stood once, with the first reason for which it stays lost, and of its end. */
function reportOutages(client: Client, log: Log, ended: AbortSignal): void {
  let state: "not-yet" | "up" | "lost" | "told" = "not-yet";
  const up = (): void => {
    if (state === "lost" || state === "told") log.info("The connection to Discord goes on");
    state = "up";
  };
  client.on(Events.ClientReady, up);
  client.on(Events.ShardReady, up);
  client.on(Events.ShardResume, up);
  client.on(Events.ShardReconnecting, () => {
    if (ended.aborted || state !== "up") return;
    state = "lost";
    log.info("The connection to Discord was lost; connecting again");
  });
  client.on(Events.ShardError, (error) => {
    if (ended.aborted || state !== "lost") return;
    state = "told";
    log.warn(`Discord's gateway cannot be reached; trying on: ${error.message}`);
  });
}

/** Tells the operator what becomes of a connection; one that is `ended` is closed, though discord.js calls it lost. */
function reportConnection(
  client: Client,
  { log, fail, ended }: { log: Log; fail: (error: Error) => void; ended: AbortSignal },
): void {
  client.on(Events.Debug, (words) => log.debug(`discord.js: ${plainDebug(words)}`));
  client.on(Events.Error, (error) =>
    log.error("The connection to Discord had an error", { error: loggable(error) }),
  );
  reportOutages(client, log, ended);
  client.on(Events.Invalidated, () => fail(badToken()));
  client.on(Events.ShardDisconnect, ({ code }) => {
    const fatal = fatalClose(code);
    if (fatal !== undefined) fail(fatal);
  });
  client.rest.on("rateLimited", ({ route, timeToReset }) =>
    log.warn(`Discord asks to wait ${timeToReset} ms for ${route}`),
  );
}

/** Tells Discord the commands where that is needed, as soon as it takes them, and the operator how to add the app. */
async function announce(
  client: Client<true>,
  guildId: string | undefined,
  { bot, log }: DiscordParts,
  tries: Omit<Persistence, "log">,
): Promise<void> {
  const applicationId = client.application.id;
  const registry = { rest: client.rest, applicationId, guildId };
  const register = async (): Promise<boolean> => {
    try {
      return await registerCommands(registry, declareCommands(bot.commands));
    } catch (error) {
      throw fatalRegistrationError(error, guildId) ?? error;
    }
  };
  const changed = await persist(register, { log, ...tries });
  if (changed === undefined) return;
  const registered = changed ? "were registered" : "are registered";
  log.info(`Discord: ready as ${client.user.tag}; the commands ${registered}`);
  log.info(`Discord: to add it to a server open ${inviteLink(applicationId)}`);
}

/** Tells which servers the app is a member of, at the beginning and when that changes; an outage changes nothing. */
function reportServers(
  client: Client,
  servers: Servers,
  begin: (what: string, task: () => Promise<void>) => void,
): void {
  // What is not available at the beginning is among them too (events/gateway-events#ready).
  client.on(Events.ClientReady, ({ guilds }) =>
    begin("Noting the servers", () => servers.members([...guilds.cache.keys()])),
  );
  client.on(Events.GuildCreate, ({ id }) => begin("Noting a server", () => servers.joined(id)));
  // discord.js gives another event for a server that has an outage (GuildUnavailable).
  client.on(Events.GuildDelete, ({ id }) => begin("Noting a server", () => servers.left(id)));
}

/** Whether each of a client's connections to the gateway stands: one that is being opened again does not. */
const isConnected = (client: Client | undefined): boolean =>
  client?.isReady() === true && client.ws.shards.every(({ status }) => status === Status.Ready);

/** Makes the app; nothing happens before `start`. */
export function createDiscordApp(
  settings: DiscordSettings,
  parts: DiscordParts,
  patience: Patience = PATIENCE,
): Platform {
  const { log } = parts;
  const { failed, fail } = createFailure();
  const work = createWork(parts.newReference);
  const isNew = createSeen();
  const ended = new AbortController();

  const begin = (what: string, task: () => Promise<void>, interaction?: Interaction): void =>
    work.begin(task, async (error) => {
      // The answer to the token of an interaction that has ended is a 401 too.
      if (isUnauthorised(error) && !isStale(error)) fail(badToken());
      await report(error, parts, what, interaction);
    });
  const openClient = (line: Line): Client => {
    const client = createClient(settings, line, parts);
    reportConnection(client, { log, fail, ended: ended.signal });
    if (parts.servers !== undefined) reportServers(client, parts.servers, begin);
    if (parts.channels !== undefined)
      listenToReactions(client, parts.channels, (what, task) => {
        if (!ended.signal.aborted) begin(what, task);
      });
    client.on(Events.InteractionCreate, (interaction) => {
      if (ended.signal.aborted || !isNew(interaction.id)) return;
      begin("An interaction", () => answerInteraction(parts, interaction), interaction);
    });
    client.on(Events.MessageCreate, (message) => {
      if (ended.signal.aborted || !client.isReady() || !isNew(message.id)) return;
      begin("A mention", () => answerMention(parts, message, client.user.id));
    });
    return client;
  };
  const platform = discordAt(settings.apiUrl);
  const connection = createConnection(openClient, settings.token, { log, patience, platform });
  let ready: Client<true> | undefined;
  return {
    name: "discord",
    ...createPostman(() => ready, parts),
    failed,
    connected: () => isConnected(ready),
    inspect: (place) =>
      ready === undefined
        ? Promise.reject(new Error("not connected to Discord"))
        : inspectPlace(ready, place, ready.user.id),
    underWay: work.underWay,
    async start() {
      const client = await connection.open();
      if (client === undefined) return;
      const tries = { platform, wait: patience.retry, ended: ended.signal };
      await announce(client, settings.guildId, parts, tries);
      if (!ended.signal.aborted) ready = client;
    },
    async stop() {
      ended.abort();
      await waitAtMost(work.ended(), patience.stop);
      await connection.close();
    },
  };
}
