import { UserError } from "../../../src/user-error.ts";
import type { DiscordSettings } from "../../discord/discord.ts";
import type { OwnToken, SlackConnection, SlackSettings } from "../../slack/settings.ts";
import { needed, readPort, readSwitch, setting } from "./values.ts";

/** The settings of Discord; undefined without a token. */
export function readDiscord(env: NodeJS.ProcessEnv): DiscordSettings | undefined {
  const token = setting(env, "DISCORD_TOKEN");
  if (token === undefined) return undefined;
  const guildId = setting(env, "DISCORD_GUILD_ID");
  const apiUrl = setting(env, "DISCORD_API_URL");
  return {
    token,
    ...(guildId === undefined ? {} : { guildId }),
    ...(apiUrl === undefined ? {} : { apiUrl }),
  };
}

/** The token of an app for one workspace; with a refresh token the app's id and secret have to be there too. */
function readOwnToken(env: NodeJS.ProcessEnv, because: string): OwnToken {
  const botToken = needed(env, "SLACK_BOT_TOKEN", because);
  const refreshToken = setting(env, "SLACK_REFRESH_TOKEN");
  if (refreshToken === undefined) return { botToken };
  const clientId = needed(env, "SLACK_CLIENT_ID", "SLACK_REFRESH_TOKEN is");
  const clientSecret = needed(env, "SLACK_CLIENT_SECRET", "SLACK_REFRESH_TOKEN is");
  return { botToken, rotation: { refreshToken, clientId, clientSecret } };
}

function readHttp(env: NodeJS.ProcessEnv, signingSecret: string): SlackConnection {
  const listen = {
    host: setting(env, "SLACK_HOST") ?? "127.0.0.1",
    port: readPort("SLACK_PORT", setting(env, "SLACK_PORT") ?? "3000"),
  };
  const clientId = setting(env, "SLACK_CLIENT_ID");
  const isRenewed = setting(env, "SLACK_REFRESH_TOKEN") !== undefined;
  if (clientId === undefined || isRenewed) {
    const because = isRenewed
      ? "SLACK_REFRESH_TOKEN is"
      : "SLACK_SIGNING_SECRET is, and SLACK_CLIENT_ID is not";
    return {
      kind: "http",
      signingSecret,
      ...listen,
      identity: { kind: "token", ...readOwnToken(env, because) },
    };
  }
  const clientSecret = needed(env, "SLACK_CLIENT_SECRET", "SLACK_CLIENT_ID is");
  return { kind: "http", signingSecret, ...listen, identity: { kind: "oauth", clientId, clientSecret } };
}

/** The settings of Slack; undefined without a token. Throws a UserError where only some of what belongs together is set. */
export function readSlack(env: NodeJS.ProcessEnv): SlackSettings | undefined {
  const appToken = setting(env, "SLACK_APP_TOKEN");
  const signingSecret = setting(env, "SLACK_SIGNING_SECRET");
  const apiUrl = setting(env, "SLACK_API_URL");
  const common = {
    ...(apiUrl === undefined ? {} : { apiUrl }),
    unfurl: readSwitch(env, "SLACK_UNFURL"),
  };
  if (appToken !== undefined) {
    const own = readOwnToken(env, "SLACK_APP_TOKEN is");
    return { connection: { kind: "socket", appToken, ...own }, ...common };
  }
  if (signingSecret !== undefined) return { connection: readHttp(env, signingSecret), ...common };
  if (setting(env, "SLACK_BOT_TOKEN") === undefined) return undefined;
  throw new UserError(
    "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (signed requests) is. docs/slack.md says where to find them.",
  );
}
