import { randomBytes } from "node:crypto";
import type { Clock } from "./clock.ts";
import type { Json } from "./json.ts";
import type { Watch } from "./watch.ts";

/** Someone in a workspace; the bot's user is one too. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly teamId: string;
  readonly isBot: boolean;
  /** IANA name, as `users.info` tells it. */
  readonly timeZone: string;
  /** Whether the workspace is theirs to manage (default not). */
  readonly isAdmin?: boolean;
}

/** A conversation; `members` are user ids. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly teamId: string;
  readonly kind: "public" | "private" | "im";
  readonly members: Set<string>;
  archived: boolean;
}

/** A link in a text: `label` is undefined where the address shows itself. */
export interface Link {
  readonly url: string;
  readonly label: string | undefined;
}

/** A message as it is seen now: later edits show on the same object. */
export interface Message {
  readonly ts: string;
  readonly channel: Channel;
  readonly from: "app" | "person";
  /** The id of the writer. */
  readonly user: string;
  /** How it came: by Web API, with an acknowledgement, by response_url, or typed by a person. */
  readonly via: "api" | "ack" | "response_url" | "person";
  readonly threadTs: string | undefined;
  readonly broadcast: boolean;
  /** Who alone sees it; undefined where everyone does. */
  readonly ephemeralFor: string | undefined;
  /** The id of the interaction whose acknowledgement or response_url brought it. */
  readonly exchangeId: string | undefined;
  text: string;
  blocks: readonly Json[];
  attachments: readonly Json[];
  metadata: Json | undefined;
  edits: number;
  deleted: boolean;
  /** Whom the text would notify, as written: `<!channel>`, `<@U…>`, `<!subteam^S…>`. */
  pings: readonly string[];
  links: readonly Link[];
  /** The arguments it was last written with. */
  args: Json;
}

/** A modal or Home tab; `content` is what the app gave. */
export interface View {
  readonly id: string;
  readonly kind: "modal" | "home";
  readonly teamId: string;
  readonly user: string;
  readonly rootId: string;
  readonly previousId: string | undefined;
  /** The id of the interaction that opened it. */
  readonly exchangeId: string | undefined;
  content: Json;
  hash: string;
  open: boolean;
  updates: number;
}

/** A workspace with its people and channels. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly botUser: Person;
  readonly botId: string;
  readonly ana: Person;
  readonly ben: Person;
  /** Public; the bot is a member. */
  readonly general: Channel;
  /** Public; the bot is no member. */
  readonly quiet: Channel;
  /** Private; the bot is no member and cannot see it. */
  readonly secret: Channel;
  /** The token of the bot; answers `account_inactive` until the app is installed. */
  readonly botToken: string;
  /** With what the first token is renewed; empty without token rotation. */
  readonly refreshToken: string;
}

/** What a token may do; `state` names the error it answers, if any. */
export interface Token {
  readonly kind: "bot" | "app";
  readonly workspace: Workspace;
  readonly scopes: readonly string[];
  state: "active" | "token_revoked" | "account_inactive";
  /** When it expires, by the clock of the fake; undefined for one that never does. */
  readonly expiresAt?: number;
}

/** With what a new token is got, once. */
interface RefreshToken {
  readonly workspace: Workspace;
  readonly scopes: readonly string[];
  used: boolean;
}

/** A Web API call, in order of arrival. */
export interface Call {
  readonly method: string;
  readonly args: Json;
  readonly token: string | undefined;
  readonly at: number;
  /** What was answered; undefined while it is being answered and where the connection was broken. */
  answer: Json | undefined;
  status: number | undefined;
}

/** A preview of a link, as `chat.unfurl` gave it. */
export interface Unfurl {
  readonly url: string;
  readonly content: Json;
  readonly channel: string | undefined;
  readonly ts: string | undefined;
  readonly unfurlId: string | undefined;
}

/** A file that the app brings: asked for, its bytes sent, then shown in a conversation. */
export interface UploadedFile {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly length: number;
  readonly alt: string | undefined;
  data: Buffer | undefined;
  channel: Channel | undefined;
  threadTs: string | undefined;
}

/** Links that a person shared and that may be unfurled. */
interface SharedLinks {
  readonly channel: string;
  readonly ts: string;
  readonly unfurlId: string;
  readonly source: "composer" | "conversations_history";
  readonly urls: readonly string[];
}

/** Leave to open one view. */
export interface Trigger {
  readonly id: string;
  readonly teamId: string;
  readonly user: string;
  readonly exchangeId: string;
  readonly createdAt: number;
  /** The modal the interaction came from, whose stack a pushed view joins. */
  readonly view: View | undefined;
  used: boolean;
}

/** An address for later answers to one interaction. */
export interface ResponseUrl {
  readonly id: string;
  readonly exchangeId: string;
  readonly channel: Channel;
  readonly user: string;
  readonly createdAt: number;
  /** The message whose button was pressed. */
  readonly source: Message | undefined;
  uses: number;
}

/** The app as it is configured at Slack. */
interface AppSettings {
  readonly id: string;
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly scopes: readonly string[];
  /** Whether a test chose the scopes: missing one is then what it wants to see. */
  readonly scopesChosen: boolean;
  readonly unfurlDomains: readonly string[];
  /** How many seconds a bot token lives; undefined without token rotation. */
  readonly tokenLife: number | undefined;
}

/** What a person agreed to; good for one token. */
interface Code {
  readonly workspace: Workspace;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  used: boolean;
}

/** Everything the fake knows. */
export interface World {
  readonly app: AppSettings;
  readonly clock: Clock;
  readonly watch: Watch;
  readonly violations: string[];
  readonly calls: Call[];
  readonly workspaces: Workspace[];
  readonly people: Map<string, Person>;
  readonly channels: Map<string, Channel>;
  readonly tokens: Map<string, Token>;
  readonly refreshTokens: Map<string, RefreshToken>;
  readonly messages: Message[];
  readonly views: Map<string, View>;
  readonly unfurls: Unfurl[];
  readonly shared: SharedLinks[];
  readonly files: UploadedFile[];
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  /** OAuth codes that were given out and not yet used. */
  readonly codes: Map<string, Code>;
  /** Reactions as `channel:ts:name`. */
  readonly reactions: Set<string>;
  readonly timers: Set<NodeJS.Timeout>;
  lastMicros: number;
}

/** An id of Slack's form: a letter and ten characters. */
export function newId(prefix: string): string {
  return prefix + randomBytes(8).toString("hex").toUpperCase().slice(0, 10);
}

/** A timestamp that no other message has: seconds and microseconds. */
export function newTs(world: World): string {
  world.lastMicros = Math.max(world.lastMicros + 1, world.clock.now() * 1000);
  const seconds = Math.floor(world.lastMicros / 1_000_000);
  return `${seconds}.${String(world.lastMicros % 1_000_000).padStart(6, "0")}`;
}

/** Notes that the app broke a rule. */
export function violate(world: World, what: string): void {
  world.violations.push(what);
  world.watch.changed();
}

/** The workspace with an id; fails where there is none. */
export function workspaceOf(world: World, teamId: string): Workspace {
  const found = world.workspaces.find(({ id }) => id === teamId);
  if (found === undefined) throw new Error(`There is no workspace ${teamId}`);
  return found;
}

/** The direct message channel of a person and the bot; made when first asked for. */
export function directChannel(world: World, person: Person): Channel {
  const bot = workspaceOf(world, person.teamId).botUser;
  const known = [...world.channels.values()].find(
    ({ kind, members }) => kind === "im" && members.has(person.id) && members.has(bot.id),
  );
  if (known !== undefined) return known;
  const members = new Set([person.id, bot.id]);
  const made: Channel = {
    id: newId("D"),
    name: "directmessage",
    teamId: person.teamId,
    kind: "im",
    members,
    archived: false,
  };
  world.channels.set(made.id, made);
  return made;
}
