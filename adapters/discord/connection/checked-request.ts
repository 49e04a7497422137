import type { RESTOptions } from "discord.js";
import { DefaultRestOptions } from "discord.js";
import type { Count } from "../../../src/figures.ts";
import type { Log } from "../../../src/log.ts";
import { plainPath } from "../loggable.ts";
import type { Whereabouts } from "../../platform/impostor.ts";
import { describeAnswer, impostor } from "../../platform/impostor.ts";

/** Where Discord's REST API is. */
export function discordAt(apiUrl: string | undefined): Whereabouts {
  return {
    name: "Discord",
    address: apiUrl ?? DefaultRestOptions.api,
    setting: apiUrl === undefined ? undefined : "DISCORD_API_URL",
  };
}

type Facts = Readonly<Record<string, unknown>>;

/** What discord.js reads of the answer to `GET /gateway/bot` (docs.discord.com/developers/events/gateway). */
function isGateway(answer: unknown): boolean {
  const { url, shards, session_start_limit: limit } = (answer ?? {}) as Facts;
  const { total, remaining, reset_after, max_concurrency } = (limit ?? {}) as Facts;
  const numbers = [shards, total, remaining, reset_after, max_concurrency];
  return typeof url === "string" && numbers.every((one) => typeof one === "number");
}

/** Whether an answer to a request has the shape that it must have; refusals have a code or message. */
function fits(path: string, status: number, answer: unknown): boolean {
  if (status >= 400) {
    const { code, message } = (answer ?? {}) as Facts;
    return typeof code === "number" || typeof message === "string";
  }
  if (path.endsWith("/gateway/bot")) return isGateway(answer);
  if (path.endsWith("/commands")) return Array.isArray(answer);
  return typeof answer === "object" && answer !== null;
}

function isDiscordAnswer(path: string, status: number, text: string): boolean {
  try {
    return fits(path, status, JSON.parse(text));
  } catch {
    return false;
  }
}

/** Whether Discord may get a request twice: all but a new message are one and the same however often they come. */
const mayComeTwice = (path: string, method: string | undefined): boolean =>
  method !== "POST" || path.endsWith("/callback");

/**
 * A request, its connection's end as discord.js knows it and tries again after: ECONNRESET. Undici has an error of its own for
 * a connection that was kept open and that the other side closed just then (undici 6.29.1, UND_ERR_SOCKET).
 */
async function request(...[url, init]: Parameters<RESTOptions["makeRequest"]>) {
  try {
    return await DefaultRestOptions.makeRequest(url, init);
  } catch (error) {
    const closed = error instanceof Error && Reflect.get(error, "code") === "UND_ERR_SOCKET";
    if (!closed || !mayComeTwice(new URL(url).pathname, init.method)) throw error;
    throw Object.assign(new Error(error.message, { cause: error }), { code: "ECONNRESET" });
  }
}

/**
 * Discord.js's own requests, which throw an ImpostorError where something else than Discord's API answers. Answers to which
 * the library has an own reply are left to it: too many requests, and faults of a server.
 */
export function createCheckedRequest(
  apiUrl: string | undefined,
  { count, log }: { readonly count: Count; readonly log: Pick<Log, "debug"> },
): RESTOptions["makeRequest"] {
  const discord = discordAt(apiUrl);
  const tell = (url: string, method: string | undefined, status: number | "none"): void => {
    count({ kind: "request", service: "discord", status });
    log.debug(`Discord: ${method ?? "GET"} ${plainPath(url)}`, { status });
  };
  return async (url, init) => {
    const response = await request(url, init).catch((error: unknown) => {
      tell(url, init.method, "none");
      throw error;
    });
    const { status, statusText } = response;
    tell(url, init.method, status);
    if (status === 204 || status === 429 || status >= 500) return response;
    if (status >= 300 && status < 400) throw impostor(discord, `a redirect (HTTP ${status})`);
    const text = await response.text();
    if (!isDiscordAnswer(new URL(url).pathname, status, text))
      throw impostor(discord, `${describeAnswer(text)} (HTTP ${status})`);
    // Without JSON's type the library would take it for a file.
    const headers = { ...Object.fromEntries(response.headers), "content-type": "application/json" };
    return new Response(text, { status, statusText, headers });
  };
}
