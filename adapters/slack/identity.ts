import { webApi } from "@slack/bolt";
import type { AuthorizeResult } from "@slack/bolt";
import { OPTIONAL_SCOPES, SCOPES } from "./declare.ts";
import { badBotToken, isDeadToken, missingScopes } from "./transport/start-errors.ts";

/** Who the bot is in its workspace. */
export interface Identity extends AuthorizeResult {
  readonly botToken: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly teamId: string;
  readonly teamName: string;
  /** Scopes that the app lacks and can do without. */
  readonly lacks: readonly string[];
}

/** Scopes that only cards below links need. */
const UNFURL = ["links:read", "links:write"];

/**
 * Asks Slack who a token belongs to, and whether it may do all that the bot does. Throws a UserError that says which
 * page to open where it may not, and Slack's own error where Slack cannot be reached.
 */
export async function checkToken(
  botToken: string,
  unfurl: boolean,
  options: webApi.WebClientOptions,
): Promise<Identity> {
  const client = new webApi.WebClient(botToken, options);
  const said = await client.auth.test().catch((error: unknown) => {
    throw isDeadToken(error) ? badBotToken(error) : error;
  });
  const granted = said.response_metadata?.scopes ?? [];
  const lacking = SCOPES.map(({ name }) => name).filter((name) => !granted.includes(name));
  const missing = lacking.filter(
    (name) => !OPTIONAL_SCOPES.includes(name) && (unfurl || !UNFURL.includes(name)),
  );
  if (missing.length > 0) throw missingScopes(missing);
  return {
    botToken,
    botId: said.bot_id ?? "",
    botUserId: said.user_id ?? "",
    teamId: said.team_id ?? "",
    teamName: said.team ?? "",
    lacks: lacking.filter((name) => OPTIONAL_SCOPES.includes(name)),
  };
}
