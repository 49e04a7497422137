import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { authorizePage } from "./authorize.ts";
import { checkArgs, messagesOf, parseBody, readArgs } from "./args.ts";
import { faultAnswer, fails, type Faults, type RawAnswer } from "./faults.ts";
import { textOf, type Json } from "./json.ts";
import { METHODS, type MethodRule } from "./method-table.ts";
import { APP } from "./methods/app.ts";
import { CHAT } from "./methods/chat.ts";
import { needScope, type Context } from "./methods/context.ts";
import { FILES, takeBytes } from "./methods/files.ts";
import { CONVERSATIONS } from "./methods/conversations.ts";
import { VIEWS } from "./methods/views.ts";
import { answerResponseUrl } from "./response-urls.ts";
import { broken, refused, SlackError } from "./slack-error.ts";
import { violate, type Call, type Token, type World } from "./world.ts";

const HANDLERS = { ...APP, ...CHAT, ...CONVERSATIONS, ...FILES, ...VIEWS };

/** What serving needs besides the world. */
export interface ServerParts {
  readonly world: World;
  readonly faults: Faults;
  readonly issueSocketUrl: () => string;
  readonly allowPost: Context["allowPost"];
  /** Counts requests that are being served; for `idle`. */
  readonly busy: { count: number };
}

/** An HTTP server with the Web API, response_urls and the page that asks people to install. */
export function createApiServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    parts.busy.count++;
    void serve(parts, request, response)
      .catch((error: unknown) => {
        violate(parts.world, `The fake failed at ${request.url}: ${String(error)}`);
        response.destroy();
      })
      .finally(() => {
        parts.busy.count--;
        parts.world.watch.changed();
      });
  });
}

async function serve(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const bytes = await readBytes(request);
  const url = new URL(request.url ?? "/", "http://slack.invalid");
  const answer = await route(parts, { url, bytes, raw: bytes.toString(), request });
  if (answer === "drop") {
    request.socket.destroy();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

interface Incoming {
  readonly url: URL;
  readonly raw: string;
  readonly bytes: Buffer;
  readonly request: IncomingMessage;
}

async function route(parts: ServerParts, incoming: Incoming): Promise<RawAnswer | "drop"> {
  const { url, raw, request } = incoming;
  if (url.pathname.startsWith("/response/")) {
    return struck(parts, "response_url", () =>
      answerResponseUrl(parts.world, url.pathname.slice("/response/".length), {
        raw,
        contentType: request.headers["content-type"] ?? "",
      }),
    );
  }
  if (url.pathname.startsWith("/upload/v1/"))
    return takeBytes(parts.world, url.pathname.slice("/upload/v1/".length), incoming.bytes);
  if (url.pathname === "/oauth/v2/authorize") return authorizePage(parts.world, url.searchParams);
  if (!url.pathname.startsWith("/api/")) {
    violate(parts.world, `${request.method} ${url.pathname}: Slack has no such address`);
    return { status: 404, headers: {}, body: "not found" };
  }
  return callMethod(parts, incoming, url.pathname.slice("/api/".length));
}

/** Lets an ordered failure strike before, after or instead of the work. */
async function struck(
  parts: ServerParts,
  method: string,
  work: () => RawAnswer,
): Promise<RawAnswer | "drop"> {
  const fault = parts.faults.take(method);
  if (fault?.delayMs !== undefined) await sleep(fault.delayMs, undefined, { ref: false });
  if (fault === undefined || !fails(fault)) return work();
  if (fault.applied === true) work();
  return fault.drop === true ? "drop" : faultAnswer(fault);
}

async function callMethod(
  parts: ServerParts,
  { url, raw, request }: Incoming,
  method: string,
): Promise<RawAnswer | "drop"> {
  const { world } = parts;
  const body = parseBody(raw, request.headers["content-type"] ?? "");
  const given = { ...Object.fromEntries(url.searchParams), ...body };
  const authorization = request.headers.authorization ?? "";
  const token = authorization.startsWith("Bearer ") ? authorization.slice(7) : textOf(given["token"]);
  const args = readArgs(given);
  delete args["token"];
  const call: Call = {
    method,
    args,
    token: token === "" ? undefined : token,
    at: world.clock.now(),
    answer: undefined,
    status: undefined,
  };
  world.calls.push(call);
  world.watch.changed();
  const answer = await struck(parts, method, () => {
    if (body === undefined) return errorAnswer(parts, call, broken("invalid_form_data"));
    return perform(parts, call, request.headers);
  });
  if (answer === "drop") return answer;
  call.status = answer.status;
  call.answer = answer.headers["content-type"]?.startsWith("application/json")
    ? (JSON.parse(answer.body) as Json)
    : undefined;
  return answer;
}

function perform(
  parts: ServerParts,
  call: Call,
  { host = "", authorization = "" }: IncomingMessage["headers"],
): RawAnswer {
  try {
    const rule = Object.hasOwn(METHODS, call.method) ? METHODS[call.method] : undefined;
    const handler = HANDLERS[call.method];
    if (rule === undefined || handler === undefined) throw broken("unknown_method");
    const token = tokenOf(parts.world, rule, call.token);
    const { world, issueSocketUrl, allowPost } = parts;
    const context = { world, args: call.args, token, workspace: token.workspace };
    for (const scope of rule.scopes) needScope(context, scope);
    checkArgs(call.method, rule, call.args);
    const result = handler({
      ...context,
      issueSocketUrl,
      allowPost,
      authorization,
      origin: `http://${host}`,
    });
    return json(200, { ok: true, ...result }, token);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return errorAnswer(parts, call, error);
  }
}

function errorAnswer({ world }: ServerParts, call: Call, error: SlackError): RawAnswer {
  if (error.violation) {
    const messages = messagesOf(error.extra);
    const needed = textOf(error.extra["needed"]);
    const scope = needed === "" ? [] : [`needed ${needed}`];
    violate(world, [`${call.method}: ${error.message}`, ...scope, ...messages].join(" | "));
  }
  const token = world.tokens.get(call.token ?? "");
  const body = { ok: false, error: error.message, ...error.extra };
  const limited = error.message === "ratelimited";
  const answer = json(limited ? 429 : 200, body, token);
  return limited ? { ...answer, headers: { ...answer.headers, "retry-after": "1" } } : answer;
}

function json(status: number, body: Json, token: Token | undefined): RawAnswer {
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "x-slack-req-id": "0123456789abcdef",
    ...(token === undefined ? {} : { "x-oauth-scopes": token.scopes.join(",") }),
  };
  return { status, headers, body: JSON.stringify(body) };
}

/** The token of a call, or the error that Slack answers for it. */
function tokenOf(world: World, rule: MethodRule, given: string | undefined): Token {
  const [first] = world.tokens.values();
  if (first === undefined) throw refused("invalid_auth");
  if (rule.token === "none") return { ...first, state: "active" };
  if (given === undefined) throw broken("not_authed");
  const token = world.tokens.get(given);
  if (token === undefined) throw refused("invalid_auth");
  if (token.state !== "active") throw refused(token.state);
  if (token.expiresAt !== undefined && token.expiresAt <= world.clock.now()) throw refused("token_expired");
  if (token.kind !== rule.token) throw broken("not_allowed_token_type");
  return token;
}
