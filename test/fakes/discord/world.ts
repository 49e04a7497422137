import { randomBytes } from "node:crypto";
import type { Violation, RequestRecord } from "./records.ts";
import type { Json } from "./json.ts";

/** A role of a guild; `permissions` is a bit set. */
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly mentionable: boolean;
  readonly permissions: bigint;
}

/** A server; where `botMember` is false only people who installed the app can use it there. */
export interface Guild {
  readonly id: string;
  readonly name: string;
  botMember: boolean;
  readonly roles: Role[];
}

/** A person or the bot. `permissions` hold in every guild; `hasApp` means installed to the user. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  readonly locale: string;
  readonly permissions: bigint;
  readonly hasApp: boolean;
  acceptsDms: boolean;
}

/** A place for messages. `dm` is with the bot; `group-dm` is one that the bot is not in. */
export interface Channel {
  readonly id: string;
  readonly kind: "text" | "announcement" | "thread" | "dm" | "group-dm";
  readonly name: string;
  readonly guild: Guild | undefined;
  readonly parent: Channel | undefined;
  readonly recipient: User | undefined;
  /** What the bot may do here, as a bit set. */
  botPermissions: bigint;
  archiveMinutes: number;
}

/** Whom a message notified: user ids, role ids, and whether everyone or everyone here. */
export interface Pings {
  users: string[];
  roles: string[];
  everyone: boolean;
}

/** A message as people see it now: later edits show on the same object. */
export interface Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly sentAt: number;
  readonly interaction: Interaction | undefined;
  /** The only person who sees it, where it is ephemeral. */
  readonly onlyFor: User | undefined;
  readonly repliesTo: Message | undefined;
  readonly nonce: string | undefined;
  content: string;
  embeds: Json[];
  components: Json[];
  attachments: Json[];
  /** Bit set of `FLAGS`. */
  flags: number;
  pings: Pings;
  editedAt: number | undefined;
  edits: number;
  deleted: boolean;
  thread: Channel | undefined;
}

/** What was answered first: the callback type, how many milliseconds after the interaction was sent, and if ephemeral. */
export interface FirstResponse {
  readonly type: number;
  readonly afterMs: number;
  readonly ephemeral: boolean;
}

/** One interaction and what the app has done with it so far. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly user: User;
  readonly channel: Channel;
  /** Command name, or the custom id of a component or modal: to tell interactions apart in errors. */
  readonly label: string;
  /** The message whose component or modal it came from. */
  readonly source: Message | undefined;
  readonly sentAt: number;
  /** Whether it works only because the person installed the app, the bot being no member. */
  readonly userInstallOnly: boolean;
  first: FirstResponse | undefined;
  missed: boolean;
  original: Message | undefined;
  followUps: Message[];
  choices: Json[] | undefined;
  modal: Json | undefined;
  /** Called after each change, for those who wait. */
  readonly watchers: Set<() => void>;
}

/** A registered command: what the app declared, with Discord's id and version. */
export interface RegisteredCommand {
  readonly id: string;
  readonly version: string;
  readonly guildId: string | undefined;
  readonly declared: Json;
}

/** One request that changed the registered commands; `created` ones count against 200 a day and guild. */
export interface CommandWrite {
  readonly guildId: string | undefined;
  readonly created: number;
  readonly at: number;
}

/** Everything one fake Discord knows. */
export interface World {
  readonly token: string;
  readonly applicationId: string;
  readonly bot: User;
  readonly responseDeadlineMs: number;
  readonly tokenLifeMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A fresh id, greater than all before it. */
  readonly newId: () => string;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly users: Map<string, User>;
  readonly messages: Map<string, Message>;
  readonly interactions: Map<string, Interaction>;
  readonly interactionsByToken: Map<string, Interaction>;
  readonly timers: Set<NodeJS.Timeout>;
  commands: RegisteredCommand[];
  readonly commandWrites: CommandWrite[];
  readonly requests: RequestRecord[];
  readonly violations: Violation[];
  /** Sends an event to every connected session that asked for such events. */
  emit: (event: string, data: Json) => void;
}

const DISCORD_EPOCH = 1_420_070_400_000n;

/** Gives fresh ids, ordered by time, that carry their moment as Discord's do: reference#snowflakes. */
function createIds(now: () => number): () => string {
  let lastId = 0n;
  return () => {
    const id = (BigInt(now()) - DISCORD_EPOCH) << 22n;
    lastId = id > lastId ? id : lastId + 1n;
    return String(lastId);
  };
}

/** What a world may be told when it begins; see `FakeDiscordOptions`. */
export interface WorldSettings {
  readonly token: string;
  readonly responseDeadlineMs: number;
  readonly tokenLifeMs: number;
  readonly now: () => number;
}

/** A world with a bot and nobody else. */
export function createWorld(settings: WorldSettings): World {
  const newId = createIds(settings.now);
  const applicationId = newId();
  const bot: User = {
    id: newId(),
    name: "paperboy",
    bot: true,
    locale: "en-US",
    permissions: 0n,
    hasApp: false,
    acceptsDms: true,
  };
  return {
    ...settings,
    newId,
    applicationId,
    bot,
    guilds: new Map(),
    channels: new Map(),
    users: new Map([[bot.id, bot]]),
    messages: new Map(),
    interactions: new Map(),
    interactionsByToken: new Map(),
    timers: new Set(),
    commands: [],
    commandWrites: [],
    requests: [],
    violations: [],
    emit: () => {},
  };
}

/** A secret as interaction tokens look: long, URL-safe. */
export function newToken(): string {
  return randomBytes(48).toString("base64url");
}
