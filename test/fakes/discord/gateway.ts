import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import { INTENTS, KNOWN_INTENTS, PRIVILEGED, intentFor, withoutContent } from "./intents.ts";
import { isRecord, numberOf, recordOf, textOf, type Json } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { guildJson, userJson } from "./wire.ts";
import type { World } from "./world.ts";

/** What an app identified with; its token is not kept. */
interface Identified {
  readonly intents: number;
  readonly shard: readonly [number, number];
  readonly at: number;
}

/** What the gateway withholds: nothing, READY only, or every answer from IDENTIFY on (heartbeats included). */
type Silence = "none" | "ready" | "all";

/** The gateway's switches and records, for tests. */
export interface Gateway {
  readonly identified: readonly Identified[];
  /** How many times a session was resumed. */
  readonly resumed: () => number;
  readonly connections: () => number;
  /** Breaks every connection without a word; the session can be resumed. */
  drop(): void;
  /** Op 7: asks the app to reconnect and resume. */
  requestReconnect(): void;
  /** Sends a text that need be no frame of Discord's. */
  say(text: string): void;
  /** Op 9: the session is invalid; unless resumable it is forgotten. */
  invalidate(resumable: boolean): void;
  /** Closes every connection with a close code: topics/opcodes-and-status-codes#gateway. */
  close(code: number): void;
  setSilence(silence: Silence): void;
  /** Delivers the last event once more, as happens around a resumed session. */
  repeatLast(): void;
}

/** How the gateway is set up. */
export interface GatewaySettings {
  readonly world: World;
  readonly heartbeatIntervalMs: number;
  /** Bit set of the privileged intents that the app was granted. */
  readonly granted: number;
  readonly url: () => string;
}

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  sequence: number;
  /** The latest events, for RESUME. */
  replay: { sequence: number; frame: string }[];
  socket: WebSocket | undefined;
}

interface State extends GatewaySettings {
  readonly sockets: Set<WebSocket>;
  readonly sessions: Map<string, Session>;
  readonly identified: Identified[];
  resumed: number;
  silence: Silence;
}

const OP = { event: 0, heartbeat: 1, identify: 2, resume: 6, reconnect: 7, invalid: 9, hello: 10, ack: 11 };
/** Presence, voice state and member requests: accepted and without consequence here. */
const IGNORED_OPS = [3, 4, 8];
const REPLAYED_EVENTS = 1000;
const FATAL_CLOSES = [4004, 4010, 4011, 4012, 4013, 4014];

/** Serves the gateway on an HTTP server and makes the world's events go through it. */
export function createGateway(server: Server, settings: GatewaySettings): Gateway & { stop(): void } {
  const state: State = {
    ...settings,
    sockets: new Set(),
    sessions: new Map(),
    identified: [],
    resumed: 0,
    silence: "none",
  };
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => connect(state, socket));
  let repeat = (): void => {};
  settings.world.emit = (event, data) => {
    repeat = () => {
      for (const session of state.sessions.values()) deliver(state, session, event, data);
    };
    repeat();
  };
  const each = (act: (socket: WebSocket) => void) => () => state.sockets.forEach(act);
  return {
    identified: state.identified,
    resumed: () => state.resumed,
    connections: () => state.sockets.size,
    drop: each((socket) => socket.terminate()),
    say: (text) => state.sockets.forEach((socket) => socket.send(text)),
    requestReconnect: each((socket) => send(socket, OP.reconnect, null)),
    invalidate: (resumable) => {
      for (const session of state.sessions.values()) session.socket = undefined;
      if (!resumable) state.sessions.clear();
      state.sockets.forEach((socket) => send(socket, OP.invalid, resumable));
    },
    close: (code) => {
      if (FATAL_CLOSES.includes(code)) state.sessions.clear();
      state.sockets.forEach((socket) => socket.close(code));
    },
    repeatLast: () => repeat(),
    setSilence: (silence) => {
      state.silence = silence;
    },
    stop: () => {
      state.sockets.forEach((socket) => socket.terminate());
      sockets.close();
    },
  };
}

function connect(state: State, socket: WebSocket): void {
  state.sockets.add(socket);
  const sentAt: number[] = [];
  const dead = setTimeout(
    () => socket.close(4009, "Session timed out"),
    state.heartbeatIntervalMs * 2,
  ).unref();
  socket.on("close", () => {
    clearTimeout(dead);
    state.sockets.delete(socket);
    for (const session of state.sessions.values()) if (session.socket === socket) session.socket = undefined;
  });
  socket.on("message", (raw) => {
    const at = Date.now();
    sentAt.push(at);
    while (at - (sentAt[0] ?? at) > 60_000) sentAt.shift();
    if (sentAt.length > LIMITS.gatewaySendsPerMinute) refuse(state, socket, 4008, "Rate limited.");
    else receive(state, socket, raw, dead);
  });
  send(socket, OP.hello, { heartbeat_interval: state.heartbeatIntervalMs });
}

function receive(state: State, socket: WebSocket, raw: RawData, dead: NodeJS.Timeout): void {
  const frame = parse(raw);
  if (frame === undefined) return refuse(state, socket, 4002, "Error while decoding payload.");
  const known = [...state.sessions.values()].find((session) => session.socket === socket);
  switch (frame["op"]) {
    case OP.heartbeat:
      dead.refresh();
      if (state.silence !== "all" || known !== undefined) send(socket, OP.ack, undefined);
      return undefined;
    case OP.identify:
      if (known !== undefined) return refuse(state, socket, 4005, "Already authenticated.");
      return identify(state, socket, recordOf(frame["d"]));
    case OP.resume:
      if (known !== undefined) return refuse(state, socket, 4005, "Already authenticated.");
      return resume(state, socket, recordOf(frame["d"]));
    default:
      if (!IGNORED_OPS.includes(numberOf(frame["op"], -1)))
        return refuse(state, socket, 4001, "Unknown opcode.");
      return known === undefined ? refuse(state, socket, 4003, "Not authenticated.") : undefined;
  }
}

/** The frame, unless it is no JSON object or over 4096 bytes: events/gateway#sending-events. */
function parse(raw: RawData): Json | undefined {
  const bytes = Buffer.isBuffer(raw) ? raw : Array.isArray(raw) ? Buffer.concat(raw) : Buffer.from(raw);
  if (bytes.length > LIMITS.gatewayPayloadBytes) return undefined;
  try {
    const frame: unknown = JSON.parse(bytes.toString());
    return isRecord(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}

function refuse(state: State, socket: WebSocket, code: number, reason: string): void {
  const message = `Closed with ${code}: ${reason}`;
  state.world.violations.push({ kind: "gateway", where: "gateway", message, at: state.world.now() });
  socket.close(code, reason);
}

function identify(state: State, socket: WebSocket, data: Json): void {
  const intents = data["intents"];
  const given = Array.isArray(data["shard"]) ? data["shard"] : [];
  const shard = [numberOf(given[0]), numberOf(given[1], 1)] as const;
  if (data["token"] !== state.world.token) return refuse(state, socket, 4004, "Authentication failed.");
  if (typeof intents !== "number" || !isRecord(data["properties"])) {
    return refuse(state, socket, 4002, "Error while decoding payload.");
  }
  if (shard[0] >= shard[1]) return refuse(state, socket, 4010, "Invalid shard.");
  if ((intents & ~KNOWN_INTENTS) !== 0) return refuse(state, socket, 4013, "Invalid intent(s).");
  if ((intents & PRIVILEGED & ~state.granted) !== 0) {
    return refuse(state, socket, 4014, "Disallowed intent(s).");
  }
  state.identified.push({ intents, shard, at: state.world.now() });
  if (state.silence !== "none") return undefined;
  const session: Session = { id: randomUUID(), intents, shard, sequence: 0, replay: [], socket };
  state.sessions.set(session.id, session);
  return greet(state, session);
}

/** READY and then one GUILD_CREATE for each guild of the shard. */
function greet(state: State, session: Session): void {
  const { world } = state;
  const guilds = [...world.guilds.values()].filter((one) => one.botMember && isOnShard(session, one.id));
  deliver(state, session, "READY", {
    v: 10,
    user: { ...userJson(world.bot), verified: true, email: null, mfa_enabled: false, flags: 0 },
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    private_channels: [],
    session_id: session.id,
    session_type: "normal",
    resume_gateway_url: state.url(),
    shard: session.shard,
    application: { id: world.applicationId, flags: 0 },
  });
  for (const guild of guilds) deliver(state, session, "GUILD_CREATE", guildJson(guild, world));
}

function resume(state: State, socket: WebSocket, data: Json): void {
  if (data["token"] !== state.world.token) return refuse(state, socket, 4004, "Authentication failed.");
  const session = state.sessions.get(textOf(data["session_id"]));
  if (session === undefined) return send(socket, OP.invalid, false);
  const seen = numberOf(data["seq"]);
  if (seen > session.sequence) return refuse(state, socket, 4007, "Invalid seq.");
  session.socket = socket;
  state.resumed++;
  for (const { sequence, frame } of session.replay) if (sequence > seen) socket.send(frame);
  return deliver(state, session, "RESUMED", {});
}

/** Sends an event to one session if it asked for such events; while it is away the event waits for RESUME. */
function deliver(state: State, session: Session, event: string, data: Json): void {
  const intent = intentFor(event, data);
  if ((session.intents & intent) !== intent || !isOnShard(session, guildOf(event, data))) return;
  const strip = /^MESSAGE_(?!REACTION)/.test(event) && (session.intents & INTENTS.messageContent) === 0;
  const shown = strip ? withoutContent(data, state.world.bot.id) : data;
  const sequence = ++session.sequence;
  const frame = JSON.stringify({ op: OP.event, t: event, s: sequence, d: shown });
  session.replay.push({ sequence, frame });
  if (session.replay.length > REPLAYED_EVENTS) session.replay.shift();
  session.socket?.send(frame);
}

function guildOf(event: string, data: Json): unknown {
  return event.startsWith("GUILD_") ? (data["guild_id"] ?? data["id"]) : data["guild_id"];
}

/** events/gateway#sharding; what has no guild goes to the first shard. */
function isOnShard({ shard: [index, count] }: Session, guildId: unknown): boolean {
  if (typeof guildId !== "string") return index === 0 || count === 1;
  return (BigInt(guildId) >> 22n) % BigInt(count) === BigInt(index);
}

function send(socket: WebSocket, op: number, d: unknown): void {
  socket.send(JSON.stringify({ op, d, s: null, t: null }));
}
