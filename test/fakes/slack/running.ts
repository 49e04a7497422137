import { randomBytes } from "node:crypto";
import type { Server } from "node:http";
import { createClock } from "./clock.ts";
import type { Stage } from "./courier.ts";
import { createFaults, type Faults } from "./faults.ts";
import { LIMITS } from "./limits.ts";
import { DEFAULT_SCOPES } from "./method-table.ts";
import type { FakeSlackOptions } from "./options.ts";
import { addWorkspace } from "./places.ts";
import { createPostLimiter } from "./posts.ts";
import { createRequests } from "./requests.ts";
import { createApiServer } from "./server.ts";
import { createSockets, type Sockets } from "./sockets.ts";
import type { Transport } from "./transport.ts";
import { createWatch } from "./watch.ts";
import { newId, type Workspace, type World } from "./world.ts";

/** A fake Slack that listens. */
interface Running {
  readonly world: World;
  readonly stage: Stage;
  readonly team: Workspace;
  readonly appToken: string;
  readonly faults: Faults;
  readonly sockets: Sockets;
  readonly serveAt: (requestUrl: string) => void;
  readonly rateLimited: () => number;
  readonly close: () => Promise<void>;
}

/** How long helpers wait for what a test awaits (milliseconds). */
const PATIENCE_MS = 5000;

/** Builds the world of a fake Slack and serves it on a free port of 127.0.0.1. */
export async function startServing(options: FakeSlackOptions): Promise<Running> {
  const world = createWorld(options);
  const team = addWorkspace(world, "Paper Lovers", options.installed ?? true);
  const appToken = `xapp-1-${world.app.id}-${randomBytes(8).toString("hex")}`;
  world.tokens.set(appToken, {
    kind: "app",
    workspace: team,
    scopes: ["connections:write"],
    state: "active",
  });
  const faults = createFaults();
  const busy = { count: 0 };
  const patienceMs = options.patienceMs ?? PATIENCE_MS;
  const { postLimit } = options;
  const limiter =
    postLimit === undefined ? undefined : createPostLimiter(world, postLimit === true ? {} : postLimit);
  let origin = "";
  const issueSocketUrl = (): string => sockets.issueUrl(origin);
  const allowPost = limiter?.take ?? ((): void => {});
  const server = createApiServer({ world, faults, busy, issueSocketUrl, allowPost });
  const sockets = createSockets(server, world, patienceMs);
  origin = await listen(server);
  let transport: Transport = sockets;
  const serveAt = (requestUrl: string): void => {
    transport = createRequests(world, requestUrl);
  };
  if (options.requestUrl !== undefined) serveAt(options.requestUrl);
  const deadlineMs = options.deadlineMs ?? LIMITS.ackMs;
  const stage: Stage = {
    world,
    busy,
    deadlineMs,
    patienceMs,
    transport: () => transport,
    origin: () => origin,
    responseOrigin: () => (options.responseOrigin === "" ? undefined : (options.responseOrigin ?? origin)),
  };
  const close = (): Promise<void> => stop(world, server, sockets);
  const rateLimited = (): number => limiter?.refusals() ?? 0;
  return { world, stage, team, appToken, faults, sockets, serveAt, rateLimited, close };
}

function createWorld(options: FakeSlackOptions): World {
  return {
    app: {
      id: newId("A"),
      token: "verification-token",
      clientId: options.clientId ?? "1234567890.1234567890",
      clientSecret: options.clientSecret ?? "client-secret",
      signingSecret: options.signingSecret ?? "signing-secret",
      scopes: options.scopes ?? DEFAULT_SCOPES,
      scopesChosen: options.scopes !== undefined,
      tokenLife: options.tokenLife,
      unfurlDomains: options.unfurlDomains ?? ["arxiv.org"],
    },
    clock: createClock(),
    watch: createWatch(),
    violations: [],
    calls: [],
    workspaces: [],
    people: new Map(),
    channels: new Map(),
    tokens: new Map(),
    refreshTokens: new Map(),
    messages: [],
    views: new Map(),
    unfurls: [],
    shared: [],
    files: [],
    triggers: new Map(),
    responseUrls: new Map(),
    codes: new Map(),
    reactions: new Set(),
    timers: new Set(),
    lastMicros: 0,
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address !== "object") throw new Error("The fake has no address");
  return `http://127.0.0.1:${address.port}`;
}

async function stop(world: World, server: Server, sockets: Sockets): Promise<void> {
  for (const timer of world.timers) clearTimeout(timer);
  await sockets.stop();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
