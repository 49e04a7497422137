import { webApi } from "@slack/bolt";
import { UserError } from "../../../src/user-error.ts";

const APPS = "https://api.slack.com/apps";

/** What Slack says of a token that will not work again (reference/methods/auth.test, errors). */
const DEAD = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "not_allowed_token_type",
  "user_removed_from_team",
  "team_disabled",
  "org_login_required",
]);

/** Slack's own word for what went wrong; undefined where it was not Slack that answered. */
function slackError(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

/** Whether an error says that a token does not work and never will again. */
export function isDeadToken(error: unknown): boolean {
  return DEAD.has(slackError(error) ?? "");
}

/** Whether an error says that a token has expired, which one that is renewed may do. */
export const isExpiredToken = (error: unknown): boolean => slackError(error) === "token_expired";

/** The error for a bot token that Slack does not take, at the start or later, with what Slack said as its cause. */
export function badBotToken(cause?: unknown): UserError {
  return new UserError(
    `Slack does not accept SLACK_BOT_TOKEN. Open ${APPS}, your app, OAuth & Permissions, install it, and put the Bot User OAuth Token (xoxb-…) into .env.`,
    { cause },
  );
}

/** The error for scopes that the bot token lacks. */
export function missingScopes(names: readonly string[]): UserError {
  return new UserError(
    `The Slack app lacks ${names.length === 1 ? "the scope" : "the scopes"} ${names.join(", ")}. Open ${APPS}, your app, OAuth & Permissions, add ${names.length === 1 ? "it" : "them"} under Bot Token Scopes, then press Reinstall to Workspace.`,
  );
}

/** Why a connection in Socket Mode cannot succeed before somebody changes something; undefined when trying again may help. */
export function fatalSocketError(error: unknown): UserError | undefined {
  if (slackError(error) === "missing_scope") {
    return new UserError(
      `SLACK_APP_TOKEN lacks the scope connections:write. Open ${APPS}, your app, Basic Information, App-Level Tokens, and generate one with it.`,
    );
  }
  if (isDeadToken(error)) {
    return new UserError(
      `Slack does not accept SLACK_APP_TOKEN. Open ${APPS}, your app, Basic Information, App-Level Tokens, and put a token (xapp-…) with connections:write into .env.`,
    );
  }
  if (slackError(error) === "socket_mode_disabled" || slackError(error) === "link_disabled") {
    return new UserError(`Socket Mode is off. Open ${APPS}, your app, Socket Mode, and enable it.`);
  }
  return undefined;
}
