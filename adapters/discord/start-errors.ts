import { DiscordjsError, DiscordjsErrorCodes } from "discord.js";
import { UserError } from "../../src/user-error.ts";

const PORTAL = "https://discord.com/developers/applications";

/** The error for a token that Discord does not take, at the start or later. */
export function badToken(): UserError {
  return new UserError(
    `Discord does not accept DISCORD_TOKEN. Open ${PORTAL}, your application, Bot, Reset Token, and put the new one into .env.`,
  );
}

/** Why a login cannot succeed before somebody changes something; undefined when trying again may help. */
export function fatalLoginError(error: unknown): UserError | undefined {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) return badToken();
  if (/Authentication failed|4004|401/.test(message)) return badToken();
  if (/[Dd]isallowed intents|4014/.test(message)) {
    return new UserError(
      `Discord refuses the intents. Open ${PORTAL}, your application, Bot, Privileged Gateway Intents. Paperboy needs none of them.`,
    );
  }
  return undefined;
}
