import type { RESTOptions } from "discord.js";
import { DefaultRestOptions } from "discord.js";
import type { Whereabouts } from "../platform/impostor.ts";
import { describeAnswer, impostor } from "../platform/impostor.ts";

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

/**
 * Discord.js's own requests, which throw an ImpostorError where something else than Discord's API answers. Answers to which
 * the library has an own reply are left to it: too many requests, and faults of a server.
 */
export function createCheckedRequest(apiUrl: string | undefined): RESTOptions["makeRequest"] {
  const discord = discordAt(apiUrl);
  return async (url, init) => {
    const response = await DefaultRestOptions.makeRequest(url, init);
    const { status, statusText } = response;
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
