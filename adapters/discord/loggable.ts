import { DiscordAPIError, HTTPError } from "discord.js";

/** The tokens in the addresses of interactions and webhooks: whoever has one can answer in the app's name. */
const TOKEN = /\/(interactions|webhooks)\/(\d+)\/[^/?]+/g;

/** People in the addresses of requests. */
const PERSON = /\/(users|members|recipients)\/\d+/g;

/** The path of a request as it may be logged: without tokens, persons and what is asked for. */
export const plainPath = (url: string): string =>
  new URL(url).pathname.replace(TOKEN, "/$1/$2/…").replace(PERSON, "/$1/…");

/** What discord.js says for whoever debugs it, without tokens and sessions. */
export const plainDebug = (words: string): string =>
  words
    .replace(/(token:?\s*)\S+/gi, "$1…")
    .replace(/(session id:?\s*)\S+/gi, "$1…")
    .replaceAll(/\s+/g, " ");

/** An error as it may be logged: what Discord said and to what request, without tokens and bodies. */
export function loggable(error: unknown): unknown {
  if (!(error instanceof DiscordAPIError) && !(error instanceof HTTPError)) return error;
  const { name, message, method, status, stack } = error;
  const code = error instanceof DiscordAPIError ? { code: error.code } : {};
  return {
    name,
    message,
    ...code,
    status,
    method,
    url: error.url.replace(TOKEN, "/$1/$2/…").replace(PERSON, "/$1/…"),
    stack,
  };
}
