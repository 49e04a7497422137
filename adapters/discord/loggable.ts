import { DiscordAPIError, HTTPError } from "discord.js";

/** The tokens in the addresses of interactions and webhooks: whoever has one can answer in the app's name. */
const TOKEN = /\/(interactions|webhooks)\/(\d+)\/[^/?]+/g;

/** An error as it may be logged: what Discord said and to what request, without tokens and bodies. */
export function loggable(error: unknown): unknown {
  if (!(error instanceof DiscordAPIError) && !(error instanceof HTTPError)) return error;
  const { name, message, method, status, stack } = error;
  const code = error instanceof DiscordAPIError ? { code: error.code } : {};
  return { name, message, ...code, status, method, url: error.url.replace(TOKEN, "/$1/$2/…"), stack };
}
