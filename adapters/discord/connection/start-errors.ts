import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  GatewayCloseCodes,
  HTTPError,
  RESTJSONErrorCodes,
} from "discord.js";
import { UserError } from "../../../src/user-error.ts";

/** Where apps are set up. */
export const PORTAL = "https://discord.com/developers/applications";

/** The error for a token that Discord does not take, at the start or later. */
export function badToken(): UserError {
  return new UserError(
    `Discord does not accept DISCORD_TOKEN. Open ${PORTAL}, your application, Bot, Reset Token, and put the new one into .env.`,
  );
}

/** Whether Discord answered a request with 401. */
export function isUnauthorised(error: unknown): boolean {
  return (error instanceof DiscordAPIError || error instanceof HTTPError) && error.status === 401;
}

/** Why a login cannot succeed before somebody changes something; undefined when trying again may help. */
export function fatalLoginError(error: unknown): UserError | undefined {
  const invalid = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  return invalid || isUnauthorised(error) ? badToken() : undefined;
}

const BAD_TOKEN: number = GatewayCloseCodes.AuthenticationFailed;
const BAD_INTENTS: number = GatewayCloseCodes.DisallowedIntents;

/** Why the gateway will not take a connection again after a close code (topics/opcodes-and-status-codes). */
export function fatalClose(code: number): UserError | undefined {
  if (code === BAD_TOKEN) return badToken();
  if (code !== BAD_INTENTS) return undefined;
  return new UserError(
    `Discord refuses the intents. Open ${PORTAL}, your application, Bot, Privileged Gateway Intents. Paperboy needs none of them.`,
  );
}

/** What Discord says of a server's id that is no server's, a server without the app, or no id at all. */
const NO_SUCH_SERVER = new Set<number | string>([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.InvalidFormBodyOrContentType,
]);

/** Why commands cannot be registered before somebody changes something; undefined when trying again may help. */
export function fatalRegistrationError(error: unknown, guildId: string | undefined): UserError | undefined {
  if (isUnauthorised(error)) return badToken();
  // Nothing but the server's id can be wrong in a question; in what is sent the form may be.
  const isQuestion = error instanceof DiscordAPIError && error.method === "GET";
  if (guildId === undefined || !isQuestion || !NO_SUCH_SERVER.has(error.code)) return undefined;
  return new UserError(
    `DISCORD_GUILD_ID is “${guildId}”, but the app is in no server of that id. Right-click the server with the developer mode on, Copy Server ID, or leave the setting empty to register the commands everywhere.`,
  );
}
