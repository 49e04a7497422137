import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import { isRecord, type Json } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { failed, type Envelope, type Receipt, type Transport } from "./transport.ts";
import { violate, type World } from "./world.ts";

/** The switches and records of Socket Mode, for tests. */
export interface SocketMode {
  /** Connections that are open. */
  connections(): number;
  /** Connections that were ever made. */
  opened(): number;
  /** Tells every connection to go; Slack closes it itself after `closeAfterMs` (default: leaves that to the app). */
  disconnect(reason: "warning" | "refresh_requested" | "link_disabled", closeAfterMs?: number): void;
  /** Breaks every connection without a word. */
  drop(): void;
  /** Refuses new connections from now on, or no longer. */
  refuse(refusing: boolean): void;
  /** Resolves once so many connections are open. */
  connected(count?: number): Promise<void>;
}

const CLOSING_MS = 200;

interface Pending {
  readonly envelope: Envelope;
  readonly settle: (receipt: Receipt) => void;
  readonly began: number;
}

interface State {
  readonly world: World;
  readonly sockets: Set<WebSocket>;
  readonly tickets: Set<string>;
  /** Deliveries that wait for an acknowledgement. */
  readonly pending: Map<string, Pending>;
  readonly done: Set<string>;
  opened: number;
  refusing: boolean;
  turn: number;
  onConnect: () => void;
}

/** What the rest of the fake uses of Socket Mode. */
export interface Sockets extends Transport {
  readonly mode: SocketMode;
  /** A URL for one connection, under the origin of the fake. */
  issueUrl(origin: string): string;
  /** Calls back after each new connection. */
  onConnect(act: () => void): void;
  /** Closes all connections and gives up what waits for an acknowledgement. */
  stop(): Promise<void>;
}

/** Serves Socket Mode on an HTTP server: apis/events-api/using-socket-mode. */
export function createSockets(server: Server, world: World, patienceMs: number): Sockets {
  const state: State = {
    world,
    sockets: new Set(),
    tickets: new Set(),
    pending: new Map(),
    done: new Set(),
    opened: 0,
    refusing: false,
    turn: 0,
    onConnect: () => {},
  };
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    const ticket = new URL(request.url ?? "/", "http://slack.invalid").searchParams.get("ticket") ?? "";
    if (state.refusing || !state.tickets.delete(ticket) || state.sockets.size >= LIMITS.connections) {
      if (!state.refusing) violate(world, "Socket Mode: a URL was used twice, made up, or one of too many");
      socket.end("HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => connect(state, connection));
  });
  return {
    mode: switches(state, patienceMs),
    issueUrl: (origin) => {
      const ticket = randomUUID();
      state.tickets.add(ticket);
      return `${origin.replace("http", "ws")}/link/?ticket=${ticket}&app_id=${world.app.id}`;
    },
    deliver: (envelope, deadlineMs) => push(state, envelope, deadlineMs),
    onConnect: (act) => {
      state.onConnect = act;
    },
    stop: async () => {
      for (const { settle } of state.pending.values()) settle(failed("not_connected", 0));
      await closeGently(state);
      sockets.close();
    },
  };
}

/** An app that is stopping too gets to finish its closing handshake; others have little time. */
async function closeGently({ sockets, world }: State): Promise<void> {
  for (const socket of sockets) socket.close(1001);
  const closed = world.watch.until(() => (sockets.size === 0 ? true : undefined), {
    what: "the end of all connections",
    patienceMs: CLOSING_MS,
  });
  await closed.catch(() => {
    for (const socket of sockets) socket.terminate();
  });
}

function switches(state: State, patienceMs: number): SocketMode {
  return {
    connections: () => state.sockets.size,
    opened: () => state.opened,
    disconnect: (reason, closeAfterMs) => {
      for (const socket of state.sockets) {
        socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "fake" } }));
        if (closeAfterMs !== undefined) later(state.world, closeAfterMs, () => socket.close(1000));
      }
    },
    drop: () => {
      for (const socket of state.sockets) socket.terminate();
    },
    refuse: (refusing) => {
      state.refusing = refusing;
    },
    connected: async (count = 1) => {
      const look = (): true | undefined => (state.sockets.size === count ? true : undefined);
      const arrived = (): string => `${state.sockets.size} are open.`;
      await state.world.watch.until(look, { what: `${count} connections`, patienceMs, arrived });
    },
  };
}

function later(world: World, milliseconds: number, act: () => void): void {
  const timer = setTimeout(() => {
    world.timers.delete(timer);
    act();
  }, milliseconds);
  world.timers.add(timer);
}

function connect(state: State, socket: WebSocket): void {
  state.sockets.add(socket);
  state.opened++;
  socket.on("close", () => {
    state.sockets.delete(socket);
    state.world.watch.changed();
  });
  socket.on("error", () => socket.terminate());
  socket.on("message", (raw) => receive(state, raw));
  const debug = { host: "fake", build_number: 1, approximate_connection_time: 18_060 };
  const connection = { app_id: state.world.app.id };
  const count = state.sockets.size;
  socket.send(
    JSON.stringify({ type: "hello", num_connections: count, debug_info: debug, connection_info: connection }),
  );
  state.world.watch.changed();
  state.onConnect();
}

function receive(state: State, raw: RawData): void {
  const frame = parse(raw);
  const id = frame?.["envelope_id"];
  if (frame === undefined || typeof id !== "string") {
    return violate(state.world, "Socket Mode: a frame without envelope_id");
  }
  const pending = state.pending.get(id);
  if (pending === undefined) {
    const what = state.done.has(id) ? "was acknowledged twice or too late" : "is of no delivery";
    return violate(state.world, `Socket Mode: an envelope_id ${what}`);
  }
  const said = frame["payload"];
  const empty = said === undefined || said === null || (isRecord(said) && Object.keys(said).length === 0);
  const afterMs = Math.round(performance.now() - pending.began);
  const body = empty ? undefined : said;
  const nothing = { status: undefined, headers: undefined, failure: undefined };
  return pending.settle({ acknowledged: true, afterMs, body, ...nothing });
}

function parse(raw: RawData): Json | undefined {
  const bytes = Buffer.isBuffer(raw) ? raw : Array.isArray(raw) ? Buffer.concat(raw) : Buffer.from(raw);
  try {
    const frame: unknown = JSON.parse(bytes.toString());
    return isRecord(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}

/** Sends to one of the connections in turn; Slack picks one at random. */
function push(state: State, envelope: Envelope, deadlineMs: number): Promise<Receipt> {
  const open = [...state.sockets].filter((socket) => socket.readyState === socket.OPEN);
  const socket = open[state.turn++ % Math.max(open.length, 1)];
  if (socket === undefined) return Promise.resolve(failed("not_connected", 0));
  const id = randomUUID();
  const { retry } = envelope;
  const frame = {
    envelope_id: id,
    type: envelope.kind,
    payload: envelope.payload,
    accepts_response_payload: envelope.acceptsPayload,
    ...(envelope.kind === "events_api"
      ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? "" }
      : {}),
  };
  return new Promise((resolve) => {
    const settle = (receipt: Receipt): void => {
      clearTimeout(timer);
      state.world.timers.delete(timer);
      state.pending.delete(id);
      state.done.add(id);
      resolve(receipt);
    };
    const timer = setTimeout(() => settle(failed("timeout", deadlineMs)), deadlineMs);
    state.world.timers.add(timer);
    state.pending.set(id, { envelope, settle, began: performance.now() });
    socket.send(JSON.stringify(frame));
  });
}
