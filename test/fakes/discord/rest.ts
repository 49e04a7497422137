import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, errorBody, invalidBody, refusals } from "./api-error.ts";
import { problemsOf, type Check } from "./checks/shape.ts";
import { faultAnswer, type Faults, type RawAnswer } from "./faults.ts";
import { recordOf, recordsOf } from "./json.ts";
import type { OpenApi } from "./openapi.ts";
import type { RequestRecord } from "./records.ts";
import { parseBody, readBytes, type Carried } from "./rest-body.ts";
import { createRouter, type Answer, type Context, type Matched, type Route } from "./router.ts";
import type { World } from "./world.ts";

/** Where discord.js finds the API: its `rest.api` option names all but the version. */
export const API_PREFIX = "/api";
const VERSION = "/v10";

/** `DiscordBot (url, version)`, without which Discord's proxy refuses: reference#user-agent. */
const USER_AGENT = /^DiscordBot \(https?:\/\/[^\s,]+, [^)]+\)/;

/** What the REST side works with. */
export interface RestParts {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly faults: Faults;
  readonly openApi: OpenApi | undefined;
}

/** An HTTP server that answers as Discord's API does, and keeps record in the world. */
export function createRestServer(parts: RestParts): Server {
  const find = createRouter(parts.routes);
  return createServer((request, response) => {
    void serve(parts, find, request, response);
  });
}

async function serve(
  parts: RestParts,
  find: ReturnType<typeof createRouter>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const incoming = await arrive(parts.world, find, request);
  const answer = await settle(parts, incoming);
  if (answer === "drop") {
    request.socket.destroy();
    return;
  }
  incoming.record.status = answer.status;
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body === "" ? undefined : answer.body);
}

interface Incoming {
  readonly record: RequestRecord;
  readonly matched: Matched | undefined;
  readonly userAgent: string;
  readonly query: URLSearchParams;
  readonly carried: Carried;
  /** Why the body could not be read, if so. */
  readonly unreadable: unknown;
}

async function arrive(
  world: World,
  find: ReturnType<typeof createRouter>,
  request: IncomingMessage,
): Promise<Incoming> {
  const url = new URL(request.url ?? "/", "http://discord.invalid");
  const method = request.method ?? "GET";
  // discord.js writes `@original` as `%40original`.
  const decoded = decodeURIComponent(url.pathname);
  const prefix = `${API_PREFIX}${VERSION}`;
  const path = decoded.startsWith(`${prefix}/`) ? decoded.slice(prefix.length) : decoded;
  const matched = path === decoded ? undefined : find(method, path);
  let carried: Carried = { body: undefined, files: [] };
  let unreadable: unknown;
  try {
    carried = await parseBody(await readBytes(request), request.headers["content-type"] ?? "");
  } catch (error) {
    unreadable = error;
  }
  const record: RequestRecord = {
    method,
    route: matched?.route.template ?? path,
    path,
    query: Object.fromEntries(url.searchParams),
    body: carried.body,
    files: carried.files,
    authorization: authorization(world, request.headers.authorization),
    at: world.now(),
    status: undefined,
  };
  world.requests.push(record);
  const userAgent = request.headers["user-agent"] ?? "";
  return { record, matched, userAgent, query: url.searchParams, carried, unreadable };
}

function authorization(world: World, header: string | undefined): RequestRecord["authorization"] {
  if (header === undefined) return "none";
  return header === `Bot ${world.token}` ? "valid" : "invalid";
}

async function settle(parts: RestParts, incoming: Incoming): Promise<RawAnswer | "drop"> {
  const { record } = incoming;
  const fault = parts.faults.take(record.method, record.route);
  if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
  const fails = fault?.status !== undefined || fault?.drop === true;
  const answer = fails && fault.applied !== true ? undefined : handle(parts, incoming);
  if (fault?.drop === true) return "drop";
  if (fault?.status !== undefined) return faultAnswer(fault, fault.status);
  return answer ?? "drop";
}

function handle(parts: RestParts, incoming: Incoming): RawAnswer {
  const { record } = incoming;
  try {
    return jsonAnswer(routed(parts, incoming));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.violation !== undefined) {
      const details = error.problems.map(({ path, message }) => `${path.join(".")}: ${message}`);
      parts.world.violations.push({
        kind: error.violation,
        where: `${record.method} ${record.route}`,
        message: [error.message, ...details].join(" | "),
        at: record.at,
      });
    }
    return jsonAnswer({ status: error.status, body: errorBody(error) });
  }
}

function routed(parts: RestParts, incoming: Incoming): Answer {
  const { matched, record, userAgent } = incoming;
  if (!USER_AGENT.test(userAgent)) throw refusals.userAgent();
  if (matched === undefined) throw refusals.unknownRoute();
  if (!matched.route.open && record.authorization !== "valid") throw refusals.unauthorized();
  if (incoming.unreadable !== undefined) throw incoming.unreadable;
  return matched.route.handle(contextOf(parts, incoming, matched.params));
}

function contextOf(parts: RestParts, incoming: Incoming, params: Matched["params"]): Context {
  const { record, carried, query } = incoming;
  const checked = (check: Check): unknown => {
    const body = carried.body ?? {};
    const own = problemsOf(check, body);
    if (own.length > 0) throw invalidBody(own);
    const described = parts.openApi?.problems(record.method, record.path, body) ?? [];
    if (described.length > 0) throw invalidBody(described, "openapi");
    return body;
  };
  return {
    world: parts.world,
    query,
    files: carried.files,
    param: (name) => params[name] ?? "",
    body: (check) => recordOf(checked(check)),
    bodyList: (check) => recordsOf(checked(check)),
  };
}

/** Without a body there is no content-type: discord.js would parse the nothing as JSON. */
function jsonAnswer({ status, body }: Answer): RawAnswer {
  if (body === undefined) return { status, headers: {}, body: "" };
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
