import type { PermissionsString } from "discord.js";
import { createFaults, type Fault } from "./faults.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { INTENTS } from "./intents.ts";
import { loadOpenApi } from "./openapi.ts";
import { PATIENCE_MS } from "./outcome.ts";
import { createPerson, type Person, type Stage } from "./people.ts";
import { EVERYONE_PERMISSIONS, permissionBits } from "./permissions.ts";
import {
  addChannel,
  addGroupDm,
  addGuild,
  addPersonalRole,
  addRole,
  deleteChannel,
  kickBot,
  setBotPermissions,
  type ChannelSettings,
} from "./places.ts";
import type { Emoji } from "./reactions.ts";
import { clearReactions } from "./reactions.ts";
import { deleteMessage } from "./messages.ts";
import type { RequestRecord, Violation } from "./records.ts";
import { API_PREFIX, createRestServer } from "./rest.ts";
import { channelRoutes } from "./routes/channels.ts";
import { commandRoutes } from "./routes/commands.ts";
import { interactionRoutes } from "./routes/interactions.ts";
import { whoRoutes } from "./routes/who.ts";
import {
  createWorld,
  type Channel,
  type CommandWrite,
  type Guild,
  type Message,
  type RegisteredCommand,
  type Role,
  type User,
} from "./world.ts";

export { ClientRefusal } from "./client-refusal.ts";
export { FLAGS } from "./flags.ts";
export { shownText } from "./messages.ts";
export { openApiFile } from "./openapi.ts";
export { MissedDeadline, WaitedInVain, type InteractionHandle } from "./outcome.ts";

/** How a fake Discord is set up; every setting may be left out. */
export interface FakeDiscordOptions {
  /** The bot's token; default a made-up one of the usual form. */
  readonly token?: string;
  /** Privileged intents that the app was granted (default none). */
  readonly granted?: readonly ("guildMembers" | "guildPresences" | "messageContent")[];
  /** Another address to which interactions go (default none: they come by the gateway); only told, none is sent there. */
  readonly interactionsEndpointUrl?: string;
  /** Whether the app can be added by a code grant alone (default false). */
  readonly requiresCodeGrant?: boolean;
  /** Milliseconds within which an interaction must be acknowledged (default 3000, as Discord). */
  readonly responseDeadlineMs?: number;
  /** Milliseconds that an interaction's token lives (default 900000, as Discord). */
  readonly tokenLifeMs?: number;
  /** Milliseconds between heartbeats (default 41250, as Discord). */
  readonly heartbeatIntervalMs?: number;
  /** Milliseconds that a handle waits for what a test awaits (default 5000). */
  readonly patienceMs?: number;
  /** The time that ids, messages and records carry, in milliseconds (default the machine's); deadlines stay real. */
  readonly now?: () => number;
  /** Whether bodies are also held against Discord's OpenAPI document where it is present (default true). */
  readonly openApi?: boolean;
}

/** What a person may be told when they appear. */
interface PersonSettings {
  /** Permissions in every guild (default what everyone may). */
  readonly permissions?: readonly PermissionsString[];
  /** Default `en-US`. */
  readonly locale?: string;
  /** Whether they installed the app to themselves (default false). */
  readonly hasApp?: boolean;
  /** Whether the bot may write to them (default true; else 50007). */
  readonly acceptsDms?: boolean;
}

/** A running fake Discord. */
export interface FakeDiscord {
  /** For discord.js: `rest: { api: apiUrl, version: "10" }`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly applicationId: string;
  readonly bot: User;
  /** The first guild and its #general, where people act unless told otherwise. */
  readonly home: Guild;
  readonly general: Channel;
  readonly gateway: Gateway;
  /** Every REST request, in order of arrival. */
  readonly requests: readonly RequestRecord[];
  /** Every rule broken; a good test ends with none. */
  readonly violations: readonly Violation[];
  readonly commandWrites: readonly CommandWrite[];
  /** The registered commands; of one guild where its id is given, else of all scopes. */
  commands(guildId?: string): readonly RegisteredCommand[];
  /** The messages of a channel that are still there, oldest first; ephemeral ones too. */
  messages(channel: Channel): readonly Message[];
  /** A person, made when first named; settings count only then. */
  user(name: string, settings?: PersonSettings): Person;
  guild(name: string, settings?: { botMember?: boolean }): Guild;
  channel(name: string, settings?: Partial<ChannelSettings>): Channel;
  groupDm(name: string): Channel;
  role(name: string, settings?: { guild?: Guild; mentionable?: boolean }): Role;
  setBotPermissions(channel: Channel, permissions: readonly PermissionsString[]): void;
  deleteChannel(channel: Channel): void;
  /** A moderator deletes a message. */
  deleteMessage(message: Message): void;
  /** A moderator takes reactions away: all, or those of one emoji. */
  clearReactions(message: Message, emoji?: Emoji): void;
  kickBot(guild: Guild): void;
  /** Makes the next matching requests fail; see `Fault`. */
  failNext(fault: Fault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

/** Starts a fake Discord on a free port of 127.0.0.1, with one guild and one channel. */
export async function createFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const world = createWorld({
    token: options.token ?? "MTEwMDAwMDAwMDAwMDAwMDAwMg.fake.token",
    responseDeadlineMs: options.responseDeadlineMs ?? 3000,
    tokenLifeMs: options.tokenLifeMs ?? 900_000,
    now: options.now ?? Date.now,
  });
  let port = 0;
  const gatewayUrl = (): string => `ws://127.0.0.1:${port}`;
  const faults = createFaults();
  const granted = (options.granted ?? []).reduce((bits, name) => bits | INTENTS[name], 0);
  const { interactionsEndpointUrl = null, requiresCodeGrant = false } = options;
  const who = whoRoutes(gatewayUrl, { granted, interactionsEndpointUrl, requiresCodeGrant });
  const routes = [...who, ...commandRoutes, ...interactionRoutes, ...channelRoutes];
  const openApi = options.openApi === false ? undefined : loadOpenApi(routes);
  const server = createRestServer({ world, routes, faults, openApi });
  const heartbeatIntervalMs = options.heartbeatIntervalMs ?? 41_250;
  const gateway = createGateway(server, { world, heartbeatIntervalMs, granted, url: gatewayUrl });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address !== null && typeof address === "object") port = address.port;
  const home = addGuild(world, "Home", true);
  const general = addChannel(world, "general", { guild: home });
  const user = createCast({ world, general, patienceMs: options.patienceMs ?? PATIENCE_MS });
  return {
    apiUrl: `http://127.0.0.1:${port}${API_PREFIX}`,
    token: world.token,
    applicationId: world.applicationId,
    bot: world.bot,
    home,
    general,
    gateway,
    requests: world.requests,
    violations: world.violations,
    commandWrites: world.commandWrites,
    commands: (guildId) => world.commands.filter((one) => guildId === undefined || one.guildId === guildId),
    messages: (channel) => [...world.messages.values()].filter((one) => one.channel === channel),
    user,
    guild: (name, settings) => addGuild(world, name, settings?.botMember ?? true),
    channel: (name, settings) => addChannel(world, name, { guild: home, ...settings }),
    groupDm: (name) => addGroupDm(world, name),
    role: (name, settings) => addRole(world, settings?.guild ?? home, name, settings?.mentionable ?? false),
    setBotPermissions: (channel, permissions) => setBotPermissions(world, channel, permissions),
    deleteMessage: (message) => deleteMessage(world, message),
    clearReactions: (message, emoji) => clearReactions(world, message, emoji),
    deleteChannel: (channel) => deleteChannel(world, channel),
    kickBot: (guild) => kickBot(world, guild),
    failNext: (fault) => {
      const named = routes.flatMap(({ method, template }) => [template, `${method} ${template}`]);
      if (fault.route !== undefined && !named.includes(fault.route)) {
        throw new Error(`No request is ever made to ${fault.route}`);
      }
      faults.failNext(fault);
    },
    clearFaults: () => faults.clear(),
    close: async () => {
      for (const timer of world.timers) clearTimeout(timer);
      gateway.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Finds or makes people by name. */
function createCast(stage: Stage): FakeDiscord["user"] {
  const people = new Map<string, Person>();
  return (name, settings = {}) => {
    const known = people.get(name);
    if (known !== undefined) return known;
    const { permissions } = settings;
    const user: User = {
      id: stage.world.newId(),
      name,
      bot: false,
      locale: settings.locale ?? "en-US",
      permissions: permissions === undefined ? EVERYONE_PERMISSIONS : permissionBits(permissions),
      hasApp: settings.hasApp ?? false,
      acceptsDms: settings.acceptsDms ?? true,
    };
    stage.world.users.set(user.id, user);
    for (const guild of stage.world.guilds.values()) addPersonalRole(stage.world, guild, user);
    const person = createPerson(stage, user);
    people.set(name, person);
    return person;
  };
}
